#include "base/drawing_text.hpp"

namespace tocsin::inline v1 {

std::string for_dot(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

// Mermaid reads entities by their numbers.
std::string for_mermaid(std::string_view text) {
  static constexpr std::string_view special = "\"#&;<>|[]{}()`\\";
  std::string result;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos) {
      result += c;
    } else {
      result += '#' + std::to_string(static_cast<unsigned char>(c)) + ';';
    }
  }
  return result;
}

}  // namespace tocsin::inline v1
