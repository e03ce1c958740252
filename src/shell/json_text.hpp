// JSON as the shell meets it: documents in the order in which they were written, and lines that go to the desk as they
// are, looked at but never rewritten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <tocsin.hpp>

namespace shell {

using json = nlohmann::ordered_json;

// An answer of the library; that it is JSON is the library's promise.
json parse_answer(const std::string& text);

// What the members of an object at its top say about it.
struct outline {
  enum class form { broken, other, object, array };
  form is = form::broken;
  std::vector<std::string> names;         // of an object's members, in order
  std::optional<std::string> advance_to;  // the text of its "advance"
  std::string command;                    // the text of its "command"; empty: it has none

  bool has(std::string_view name) const;
};

outline outline_of(std::string_view document);

// The elements of a JSON array as text. The array must be JSON.
std::vector<std::string_view> elements(std::string_view array);

// The members at the top of an object, in order: names, and values as text. The object must be JSON.
std::vector<std::pair<std::string, std::string_view>> members(std::string_view object);

// The object's text with one more member at its end: `member` is `"name":value`. The object must be JSON.
std::string with_member(std::string_view object, std::string_view member);

// {"error":{...}}, as a batch gives it.
std::string error_line(const tocsin::client::failure& failure);

// Members as people read them. Absent is empty.
std::string text_of(const json& value);
std::string text_at(const json& object, const char* name);
std::optional<std::int64_t> number_at(const json& object, const char* name);
std::optional<std::int64_t> instant_at(const json& object, const char* name);
const json& list_at(const json& object, const char* name);  // an empty list where there is none

// Is this the name of a member that holds an instant?
bool names_instant(std::string_view name);

}  // namespace shell
