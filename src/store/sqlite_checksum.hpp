// A checksum over one stored row: the first 8 bytes of SHA-256.
#pragma once

#include <cstdint>

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

 private:
  byte_writer bytes_;
  sha256 hasher_;
};

}  // namespace tocsin::inline v1::sqlite
