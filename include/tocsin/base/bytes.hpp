// Bytes of the journal: variable-length integers (LEB128, zigzag for signed ones), length-prefixed texts.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

using byte_view = std::span<const std::uint8_t>;

class byte_writer {
 public:
  void byte(std::uint8_t value) {
    *room(1) = value;
    ++size_;
  }
  void number(std::uint64_t value) {
    std::uint8_t* const start = room(number_size_max);
    std::uint8_t* to = start;
    for (; value >= 0x80; value >>= 7) *to++ = static_cast<std::uint8_t>(value | 0x80);
    *to++ = static_cast<std::uint8_t>(value);
    size_ += static_cast<std::size_t>(to - start);
  }
  void signed_number(std::int64_t value) {
    number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void bytes(byte_view value) {  // no length
    if (value.empty()) return;
    std::memcpy(room(value.size()), value.data(), value.size());
    size_ += value.size();
  }
  void text(std::string_view value) {  // with length
    number(value.size());
    bytes({reinterpret_cast<const std::uint8_t*>(value.data()), value.size()});
  }

  byte_view view() const { return byte_view(data_).first(size_); }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

 private:
  static constexpr std::size_t number_size_max = 10;

  // So many bytes after what is written already.
  std::uint8_t* room(std::size_t count) {
    if (data_.size() - size_ < count) data_.resize(2 * data_.size() + count);
    return data_.data() + size_;
  }

  std::vector<std::uint8_t> data_;  // its first `size_` bytes are written
  std::size_t size_ = 0;
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
