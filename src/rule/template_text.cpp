#include <tocsin/rule/template_text.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/base/utf8.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";

[[noreturn]] void refuse(std::size_t byte, const refused_value& found, const std::string& allowed) {
  json_writer detail;
  detail.begin_object();
  detail.member("byte", static_cast<std::int64_t>(byte));
  if (found.is_value) {
    detail.key("found");
    detail.raw(found.shown);
  }
  detail.member("allowed", allowed);
  detail.end_object();
  throw error(status::invalid_argument, "template.malformed",
              "the template at byte " + std::to_string(byte) + ": found " + found.shown + ", allowed " + allowed,
              detail.take());
}

[[noreturn]] void refuse_size(const std::string& what, std::size_t most) {
  throw error(status::resource_exhausted, "template.too_large",
              what + " is beyond its limit, allowed at most " + std::to_string(most),
              "{\"allowed\":" + std::to_string(most) + "}");
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The backslashes before braces, taken two by two; an odd one takes the braces' meaning away.
bool take_backslashes(std::string& literal) {
  const std::size_t last = literal.find_last_not_of('\\');
  const std::size_t count = literal.size() - (last == std::string::npos ? 0 : last + 1);
  literal.resize(literal.size() - (count + 1) / 2);
  return count % 2 == 1;
}

template_piece place_of(std::string_view inside, std::size_t byte) {
  const std::size_t bar = inside.find('|');
  const std::string_view name = trimmed(inside.substr(0, bar));
  if (name.empty()) refuse(byte, "a place without a name", "{{name}} or {{name|text}}; \\{{ for two braces");
  if (name.find_first_of("{}") != std::string_view::npos) {
    refuse(byte, "a brace in the name of a variable", "a name without braces; \\{{ for two braces");
  }
  if (!is_one_line(name) || count_code_points(name) > limits::name_length_max) {
    refuse(byte, "a name that is too long or has control characters",
           "at most " + std::to_string(limits::name_length_max) + " characters on one line");
  }
  template_piece piece;
  piece.variable = name;
  if (bar != std::string_view::npos) piece.otherwise = inside.substr(bar + 1);
  return piece;
}

void append_html(std::string& to, char c) {
  switch (c) {
    case '&':
      to += "&amp;";
      return;
    case '<':
      to += "&lt;";
      return;
    case '>':
      to += "&gt;";
      return;
    case '"':
      to += "&quot;";
      return;
    case '\'':
      to += "&#39;";
      return;
    default:
      to += c;
  }
}

// How many bytes of a control character, or of a line separator, begin here.
std::size_t control_at(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
  if (byte(i) < 0x20 || byte(i) == 0x7F) return 1;
  if (byte(i) == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0) return 2;
  if (byte(i) == 0xE2 && byte(i + 1) == 0x80 && (byte(i + 2) == 0xA8 || byte(i + 2) == 0xA9)) return 3;
  return 0;
}

void append_one_line(std::string& to, std::string_view value) {
  for (std::size_t i = 0; i < value.size();) {
    std::size_t size = control_at(value, i);
    if (size == 0) {
      to += value[i++];
      continue;
    }
    for (; i < value.size() && size != 0; size = control_at(value, i)) i += size;
    to += ' ';
  }
}

void append_json(std::string& to, std::string_view value) {
  json_writer quoted;
  quoted.text(value);
  to.append(quoted.str(), 1, quoted.str().size() - 2);
}

void append(std::string& to, std::string_view value, text_escape escape) {
  switch (escape) {
    case text_escape::none:
      to += value;
      return;
    case text_escape::line:
      return append_one_line(to, value);
    case text_escape::html:
      for (const char c : value) append_html(to, c);
      return;
    case text_escape::json:
      return append_json(to, value);
  }
}

}  // namespace

template_text compile_template(std::string_view text) {
  if (text.size() > limits::template_bytes_max) refuse_size("the template, in bytes,", limits::template_bytes_max);
  template_text result;
  std::string literal;
  std::size_t at = 0;
  for (std::size_t open = text.find(opening); open != std::string_view::npos; open = text.find(opening, at)) {
    literal += text.substr(at, open - at);
    at = open + opening.size();
    if (take_backslashes(literal)) {
      literal += opening;
      continue;
    }
    const std::size_t close = text.find(closing, at);
    if (close == std::string_view::npos) refuse(open, "{{ without }}", "{{name}}; \\{{ for two braces");
    result.pieces.push_back(place_of(text.substr(at, close - at), open));
    result.pieces.back().literal = std::move(literal);
    literal.clear();
    at = close + closing.size();
    if (result.pieces.size() > limits::template_variables_max) {
      refuse_size("the number of places for values in the template", limits::template_variables_max);
    }
  }
  literal += text.substr(at);
  if (!literal.empty()) result.pieces.push_back({std::move(literal), {}, std::nullopt});
  return result;
}

std::vector<template_variable> variables_of(const template_text& text) {
  std::vector<template_variable> result;
  for (const template_piece& piece : text.pieces) {
    if (piece.variable.empty()) continue;
    auto known = std::ranges::find(result, std::string_view(piece.variable), &template_variable::name);
    if (known == result.end()) known = result.insert(known, {piece.variable});
    known->needed = known->needed || !piece.otherwise;
  }
  return result;
}

template_expansion expand(const template_text& text, const template_values& values, text_escape escape) {
  template_expansion result;
  for (const template_piece& piece : text.pieces) {
    result.text += piece.literal;
    if (piece.variable.empty()) continue;
    if (const std::optional<std::string_view> value = values(piece.variable)) {
      append(result.text, *value, escape);
    } else if (piece.otherwise) {
      result.text += *piece.otherwise;
    } else if (std::ranges::find(result.missing, piece.variable) == result.missing.end()) {
      result.missing.push_back(piece.variable);
    }
    if (result.text.size() > limits::expansion_bytes_max) {
      refuse_size("the expanded text, in bytes,", limits::expansion_bytes_max);
    }
  }
  return result;
}

}  // namespace tocsin::inline v1
