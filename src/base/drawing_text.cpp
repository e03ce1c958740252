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

std::string for_html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default: {
        const auto code = static_cast<unsigned char>(c);
        const bool is_control = (code < 0x20 && c != '\n') || code == 0x7F;
        result += is_control ? ' ' : c;
      }
    }
  }
  return result;
}

}  // namespace tocsin::inline v1
