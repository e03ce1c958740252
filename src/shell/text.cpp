#include <text.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace shell {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

struct code_point {
  char32_t value = 0;
  std::size_t size = 0;  // bytes; with value 0xFFFD and size 1: not UTF-8
};

struct range {
  char32_t first, last;
};

// Combining marks, joiners and variation selectors.
constexpr std::array zero_width{range{0x300, 0x36F},   range{0x483, 0x489},    range{0x591, 0x5BD},
                                range{0x610, 0x61A},   range{0x64B, 0x65F},    range{0x200B, 0x200F},
                                range{0x20D0, 0x20F0}, range{0xFE00, 0xFE0F},  range{0xFE20, 0xFE2F},
                                range{0xFEFF, 0xFEFF}, range{0xE0100, 0xE01EF}};

constexpr std::array double_width{range{0x1100, 0x115F},   range{0x2E80, 0x303E},   range{0x3041, 0xA4CF},
                                  range{0xAC00, 0xD7A3},   range{0xF900, 0xFAFF},   range{0xFE30, 0xFE6F},
                                  range{0xFF00, 0xFF60},   range{0xFFE0, 0xFFE6},   range{0x1F300, 0x1F64F},
                                  range{0x1F680, 0x1F6FF}, range{0x1F900, 0x1FAFF}, range{0x20000, 0x3FFFD}};

template <std::size_t N>
bool is_in(const std::array<range, N>& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [&](range r) { return r.first <= value && value <= r.last; });
}

std::size_t columns_of(char32_t value) {
  if (value < 0x300) return 1;
  if (is_in(zero_width, value)) return 0;
  return is_in(double_width, value) ? 2 : 1;
}

code_point next(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead >= 0xF8 || text.size() < size) return {0xFFFD, 1};
  char32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0u) != 0x80) return {0xFFFD, 1};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  return {value, size};
}

// Overrides of the direction of writing can make a text read as another.
bool is_control(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0) || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069);
}

// As much of the text as fits, in bytes; at least one code point.
std::size_t bytes_that_fit(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const code_point point = next(text.substr(bytes));
    used += columns_of(point.value);
    if (used > width && bytes > 0) break;
    bytes += point.size;
  }
  return bytes;
}

void wrap_line(std::string_view line, std::size_t width, std::vector<std::string>& lines) {
  while (columns(line) > width) {
    std::size_t end = bytes_that_fit(line, width);
    const std::size_t space = line.rfind(' ', end);
    if (space != std::string_view::npos && space > 0) end = space;
    lines.emplace_back(line.substr(0, end));
    line.remove_prefix(end);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  }
  if (!line.empty() || lines.empty()) lines.emplace_back(line);
}

}  // namespace

std::string printable(std::string_view text, bool lines) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const code_point point = next(text);
    if (point.value == '\n' && lines) {
      result += '\n';
    } else if (point.value == '\n' || point.value == '\t') {
      result += ' ';
    } else if (point.value == '\r') {
      // of a CRLF: the line feed says it
    } else if (is_control(point.value) || (point.value == 0xFFFD && point.size == 1)) {
      result += replacement;
    } else {
      result += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return result;
}

std::size_t columns(std::string_view text) {
  std::size_t result = 0;
  while (!text.empty()) {
    const code_point point = next(text);
    result += columns_of(point.value);
    text.remove_prefix(point.size);
  }
  return result;
}

std::string pad_right(std::string_view text, std::size_t to) {
  const std::size_t used = columns(text);
  return std::string(text) + std::string(used < to ? to - used : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t to) {
  const std::size_t used = columns(text);
  return std::string(used < to ? to - used : 0, ' ') + std::string(text);
}

std::string cut(std::string_view text, std::size_t to) {
  if (columns(text) <= to) return std::string(text);
  if (to <= 1) return std::string(ellipsis);
  std::string_view kept = text.substr(0, bytes_that_fit(text, to - 1));
  while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
  return std::string(kept) + std::string(ellipsis);
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (const std::string& line : split(text, '\n')) {
    std::vector<std::string> wrapped;
    wrap_line(line, std::max<std::size_t>(width, 1), wrapped);
    lines.insert(lines.end(), wrapped.begin(), wrapped.end());
  }
  return lines;
}

std::string spoken(std::string_view name) {
  std::string result(name);
  std::replace(result.begin(), result.end(), '_', ' ');
  return result;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.emplace_back(text);
  return parts;
}

std::string_view trim(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace shell
