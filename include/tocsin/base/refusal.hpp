// How a value of a document is refused: where it stands, what it is, what would be right, and which name was probably
// meant. One shape of `error::detail` for all:
//
//   {"path": "/impact", "found": "hgh", "allowed": ["high", "medium", "low"], "nearest": "high"}
//
// `found` is the value itself, left out where there is none to show (nothing was given, or no single value is wrong);
// `allowed` is an array where it is a set of names, and a text where it is prose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {

inline constexpr std::size_t names_in_message_max = 12;  // of a set; the detail has all

// As JSON; a long text is cut after 80 characters, which an ellipsis shows.
std::string quoted(std::string_view text);

// What stood there: a value, or in words what is wrong with it.
struct refused_value {
  std::string shown;      // for people; of a value, as JSON
  bool is_value = false;  // stands in the detail

  refused_value(std::string words) : shown(std::move(words)) {}
  refused_value(const char* words) : shown(words) {}

  static refused_value text(std::string_view text) { return {quoted(text), true}; }
  static refused_value integer(std::int64_t number) { return {std::to_string(number), true}; }
  static refused_value json(std::string text) { return {std::move(text), true}; }

 private:
  refused_value(std::string json, bool value) : shown(std::move(json)), is_value(value) {}
};

// What may stand there: one of a set of names, or prose.
struct allowed_values {
  std::string words;               // for people
  std::vector<std::string> names;  // none: in words alone

  allowed_values(std::string prose) : words(std::move(prose)) {}
  allowed_values(const char* prose) : words(prose) {}
  // Without words, the names where they are few.
  allowed_values(std::vector<std::string> set, std::string prose = {});
};

// "high, medium, low"
std::string joined(const std::vector<std::string>& names);

// The nearest of the names, or "".
std::string nearest_of(std::string_view name, const std::vector<std::string>& names);
// "; did you mean "high"?", or "" for none.
std::string did_you_mean(std::string_view nearest);

// "impact" of log_incident, /cells/0/impact of priority_matrix, a command: as messages name a place.
std::string place_of(std::string_view path, std::string_view of);

std::string refusal_detail(std::string_view path, const refused_value& found, const allowed_values& allowed,
                           std::string_view nearest = {});

// "/path: found this, allowed that"
error unexpected(status code, std::string reason, std::string_view path, const refused_value& found,
                 const allowed_values& allowed);
// The same for a name that is none of those known: the nearest is suggested.
error unknown_name(status code, std::string reason, std::string_view path, std::string_view name,
                   const allowed_values& allowed);
// "missing required field "reason" of restrict_incident"; what it is for is in the detail.
error missing_field(std::string_view path, std::string_view of, std::string_view meaning);

// What a JSON parser says is wrong, without the place it repeats from the input, which need not be valid UTF-8.
std::string parser_complaint(std::string_view parser_says);

}  // namespace tocsin::inline v1
