// Bytes of the journal: variable-length integers (LEB128, zigzag for signed ones), length-prefixed texts.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

using byte_view = std::span<const std::uint8_t>;

class byte_writer {
 public:
  void byte(std::uint8_t value) { data_.push_back(value); }
  void number(std::uint64_t value);
  void signed_number(std::int64_t value);
  void bytes(byte_view value);  // no length
  void text(std::string_view value);  // with length

  byte_view view() const { return data_; }
  std::size_t size() const { return data_.size(); }
  void clear() { data_.clear(); }

  // Puts the length of what was written since `start` before it.
  void prefix_length(std::size_t start);

 private:
  std::vector<std::uint8_t> data_;
};

// Reading beyond the end, or a number longer than 64 bits, is `corrupt`.
class byte_reader {
 public:
  explicit byte_reader(byte_view data) : data_(data) {}

  bool at_end() const { return data_.empty(); }
  std::uint8_t byte();
  std::uint64_t number();
  std::int64_t signed_number();
  byte_view bytes(std::uint64_t size);
  std::string_view text();
  byte_reader part() { return byte_reader(bytes(number())); }  // a length-prefixed part

 private:
  byte_view data_;
};

}  // namespace tocsin::inline v1
