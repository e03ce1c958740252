// A checksum over one stored row: the first 8 bytes of SHA-256.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include <tocsin/base/bytes.hpp>
#include <tocsin/base/hash.hpp>

namespace tocsin::inline v1::sqlite {

// Keeps its memory between rows. One thread at a time.
class checksum {
 public:
  byte_writer& begin() {
    bytes_.clear();
    return bytes_;
  }

  std::int64_t end() {
    const digest whole = hasher_.of(bytes_.view());
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value = value << 8 | whole[i];
    return static_cast<std::int64_t>(value);
  }

  // Of a row of a small table.
  std::int64_t of(std::string_view table, std::initializer_list<std::int64_t> numbers, std::string_view text = {}) {
    byte_writer& to = begin();
    to.text(table);
    for (const std::int64_t number : numbers) to.signed_number(number);
    to.text(text);
    return end();
  }

  sha256& hasher() { return hasher_; }

 private:
  byte_writer bytes_;
  sha256 hasher_;
};

// A value that is not set is left out, so that a column that is added later changes no checksum.
inline void add_text_member(byte_writer& to, std::size_t column, std::string_view value) {
  if (value.empty()) return;
  to.number(column + 1);
  to.text(value);
}

}  // namespace tocsin::inline v1::sqlite
