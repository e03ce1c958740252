// JsonLogic as jsonlogic.com has it, JavaScript's coercions included, over JSON data: for hosts that want exactly that.
// What Tocsin itself asks are conditions (condition.hpp), which refuse where this guesses.
//
// The reference is json-logic-js 2.0.5, and tests hold this against it. Differences:
// - names that JavaScript's values inherit (constructor, toString, __proto__ ...) name nothing; a text and a list have
//   `length`, as there;
// - an object's members stay in the order of the document, also those that are named by whole numbers;
// - a number beyond a double (1e400) and half a surrogate pair, as "\ud83d", are malformed JSON; -0 is 0;
// - a result that JavaScript calls undefined, not a number or infinite is null, as JSON has it;
// - `log` answers its operand and writes nothing; operators of the host's own are not there.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace tocsin::inline v1 {

namespace limits {

inline constexpr std::size_t json_logic_rule_bytes_max = 1u << 20;
inline constexpr std::size_t json_logic_data_bytes_max = 16u << 20;
inline constexpr std::size_t json_logic_depth_max = 128;       // arrays, objects and operators inside one another
inline constexpr std::size_t json_logic_work_max = 4'000'000;  // operators, items and letters made or looked at

}  // namespace limits

struct json_logic_program;

// A rule, read once. May be applied by several threads at a time.
class json_logic {
 public:
  // Refused as by compile_condition: "condition.malformed", "condition.too_large", "condition.too_deep".
  explicit json_logic(std::string_view rule);

  // The result as JSON. Refused beside that: "json_logic.unknown_operator" where such a one is met,
  // "json_logic.not_applicable" where the reference throws a TypeError, "json_logic.too_much_work".
  std::string apply(std::string_view data) const;

  // Is the result a truth, as JsonLogic has it? An empty list is none, the text "0" is one.
  bool holds(std::string_view data) const;

 private:
  std::shared_ptr<const json_logic_program> program_;
};

}  // namespace tocsin::inline v1
