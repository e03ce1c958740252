#include <tocsin/base/utf8.hpp>

#include <cstdint>
#include <cstring>

namespace tocsin::inline v1 {
namespace {

using byte = unsigned char;

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

bool is_continuation(byte b) { return (b & 0xC0) == 0x80; }

// The length of the sequence that begins at `p`, 0 if it is not valid (RFC 3629, table of well-formed sequences).
std::size_t sequence_length(const byte* p, std::size_t left) {
  const byte lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(p[i])) return 0;
  }
  if (lead == 0xE0 && p[1] < 0xA0) return 0;  // overlong
  if (lead == 0xED && p[1] > 0x9F) return 0;  // surrogates
  if (lead == 0xF0 && p[1] < 0x90) return 0;  // overlong
  if (lead == 0xF4 && p[1] > 0x8F) return 0;  // beyond U+10FFFF
  return length;
}

bool eight_are_ascii(const byte* p) {
  std::uint64_t word;
  std::memcpy(&word, p, sizeof word);
  return (word & 0x8080808080808080u) == 0;
}

}  // namespace

std::size_t count_code_points(std::string_view text) noexcept {
  const auto* p = reinterpret_cast<const byte*>(text.data());
  std::size_t left = text.size();
  std::size_t count = 0;
  while (left != 0) {
    if (left >= 8 && eight_are_ascii(p)) {
      p += 8, left -= 8, count += 8;
      continue;
    }
    const std::size_t length = sequence_length(p, left);
    if (length == 0) return invalid_utf8;
    p += length, left -= length, ++count;
  }
  return count;
}

std::size_t code_point_size(std::string_view text) noexcept {
  return text.empty() ? 0 : sequence_length(reinterpret_cast<const byte*>(text.data()), text.size());
}

std::string made_valid_utf8(std::string_view text) {
  if (count_code_points(text) != invalid_utf8) return std::string(text);
  std::string result;
  while (!text.empty()) {
    const std::size_t size = code_point_size(text);
    result += size == 0 ? replacement_character : text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return result;
}

std::string_view first_code_points(std::string_view valid_text, std::size_t most) noexcept {
  for (std::size_t i = 0; i < valid_text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(valid_text[i]) & 0xC0) != 0x80;
    if (begins && most-- == 0) return valid_text.substr(0, i);
  }
  return valid_text;
}

bool is_one_line(std::string_view valid_text) noexcept {
  for (std::size_t i = 0; i < valid_text.size(); ++i) {
    const auto c = static_cast<byte>(valid_text[i]);
    if (c < 0x20 || c == 0x7F) return false;
    if (c == 0xC2 && static_cast<byte>(valid_text[i + 1]) < 0xA0) return false;  // C1
    if (c == 0xE2 && static_cast<byte>(valid_text[i + 1]) == 0x80) {             // U+2028, U+2029
      const auto last = static_cast<byte>(valid_text[i + 2]);
      if (last == 0xA8 || last == 0xA9) return false;
    }
  }
  return true;
}

}  // namespace tocsin::inline v1
