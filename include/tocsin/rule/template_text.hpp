// Text with places for values, read once and expanded often: mails, canned replies, titles of incidents (R-A05).
//
//   Dear {{name}}, your {{device|laptop}} is ready.
//
// {{name}}        the value of this variable; blanks beside the name do not count
// {{name|text}}   the value, or this text where none is given
// \{{             two braces, as they are; \\{{name}} is one backslash and the value; any other backslash is itself
//
// Expansion is pure and does not go on inside values: braces that a value holds mean nothing. What a value may do to the
// text around it is for the escape to say.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/limits.hpp>

namespace tocsin::inline v1 {

namespace limits {

inline constexpr std::size_t template_bytes_max = 4 * text_length_max;  // the template itself
inline constexpr std::size_t template_variables_max = 256;              // places for values in one template
inline constexpr std::size_t expansion_bytes_max = 256u << 10;          // what it comes to

}  // namespace limits

// What becomes of the letters of a value.
enum class text_escape : std::uint8_t {
  none,  // as they are
  line,  // one line: each run of line ends and other control characters is one blank
  html,  // & < > " ' as character references
  json,  // as inside the quotes of a JSON text
};

struct template_piece {
  std::string literal;                   // comes first
  std::string variable;                  // then the value of this; empty at the end
  std::optional<std::string> otherwise;  // where it has none
};

// Made by compile_template.
struct template_text {
  std::vector<template_piece> pieces;
};

struct template_variable {
  std::string_view name;
  bool needed = false;  // somewhere nothing stands in for it

  friend bool operator==(const template_variable&, const template_variable&) = default;
};

struct template_expansion {
  std::string text;                  // without the values that are missing
  std::vector<std::string> missing;  // every variable that is needed and has no value, in order of the text
};

// Nothing: the variable has no value. The text must live until the next call.
using template_values = std::function<std::optional<std::string_view>(std::string_view variable)>;

// Refuses with "template.malformed" (the detail has the byte) and "template.too_large".
template_text compile_template(std::string_view text);

// Each once, in order of the text.
std::vector<template_variable> variables_of(const template_text& text);

// Refuses only an expansion beyond its limit: "template.too_large".
template_expansion expand(const template_text& text, const template_values& values,
                          text_escape escape = text_escape::none);

}  // namespace tocsin::inline v1
