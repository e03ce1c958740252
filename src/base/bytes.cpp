#include <tocsin/base/bytes.hpp>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void cut_short() { throw error(status::corrupt, "bytes.cut_short", "the bytes end too early"); }

}  // namespace

std::uint8_t byte_reader::byte() {
  if (data_.empty()) cut_short();
  const std::uint8_t value = data_.front();
  data_ = data_.subspan(1);
  return value;
}

std::uint64_t byte_reader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t b = byte();
    if (shift == 63 && b > 1) break;
    value |= static_cast<std::uint64_t>(b & 0x7F) << shift;
    if (b < 0x80) return value;
  }
  throw error(status::corrupt, "bytes.number_too_long", "a number has more than 64 bits");
}

std::int64_t byte_reader::signed_number() {
  const std::uint64_t value = number();
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

byte_view byte_reader::bytes(std::uint64_t size) {
  if (size > data_.size()) cut_short();
  const byte_view part = data_.first(static_cast<std::size_t>(size));
  data_ = data_.subspan(static_cast<std::size_t>(size));
  return part;
}

std::string_view byte_reader::text() {
  const byte_view part = bytes(number());
  return {reinterpret_cast<const char*>(part.data()), part.size()};
}

}  // namespace tocsin::inline v1
