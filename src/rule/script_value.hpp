// JavaScript's values and their conversions (ECMA-262, section 7), as far as JsonLogic meets them. Texts are UTF-16, as
// there: lengths, places and order are those of its code units.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::inline v1 {

struct json_tree;

enum class script_type : std::uint8_t { undefined, null, boolean, number, text, array, object };

struct script_object;

// Arrays and objects are equal if they are the same, as in JavaScript. What is pointed to belongs to a script_memory.
struct script_value {
  using array_type = std::vector<script_value>;

  script_type type = script_type::undefined;
  double number = 0;  // number; boolean as 0 and 1
  const std::u16string* text = nullptr;
  const array_type* array = nullptr;
  const script_object* object = nullptr;
};

struct script_object {
  std::vector<std::pair<std::u16string, script_value>> members;
};

inline constexpr script_value script_undefined{};
inline constexpr script_value script_null{.type = script_type::null};

constexpr script_value script_boolean(bool truth) {
  return {.type = script_type::boolean, .number = truth ? 1.0 : 0.0};
}
constexpr script_value script_number(double number) { return {.type = script_type::number, .number = number}; }
constexpr bool is_array(const script_value& value) { return value.type == script_type::array; }

// Where the values of one evaluation live, and what it may cost.
class script_memory {
 public:
  explicit script_memory(std::size_t work_max) : work_left_(work_max) {}

  void spend(std::size_t work);  // throws "json_logic.too_much_work"

  script_value text(std::u16string value);
  script_value array(script_value::array_type items);
  script_value object(script_object value);

 private:
  std::size_t work_left_;
  std::deque<std::u16string> texts_;
  std::deque<script_value::array_type> arrays_;
  std::deque<script_object> objects_;
};

script_value load(const json_tree& tree, script_memory& memory);
std::string to_json(const script_value& value, script_memory& memory);  // what JSON has no word for is null

// ---- conversions

std::u16string to_text(const script_value& value, script_memory& memory);
double to_number(const script_value& value, script_memory& memory);
double to_number(std::u16string_view text);
double to_whole(double number);                // ToIntegerOrInfinity
double parse_float(std::u16string_view text);  // the number that a text begins with
std::string number_text(double number);        // shortest, in JavaScript's notation
bool is_truthy(const script_value& value);     // as JsonLogic has it
script_value to_primitive(const script_value& value, script_memory& memory);

// Texts of a list, joined; what is null or undefined is nothing.
std::u16string joined(const script_value::array_type& items, std::u16string_view between, script_memory& memory);

// ---- comparisons

bool equal_strictly(const script_value& a, const script_value& b);
bool equal_loosely(const script_value& a, const script_value& b, script_memory& memory);

enum class script_order : std::uint8_t { less, equal, greater, none };
script_order order_of(const script_value& a, const script_value& b, script_memory& memory);

// value[name]
script_value property(const script_value& value, std::u16string_view name, script_memory& memory);

std::u16string utf16(std::string_view utf8);

}  // namespace tocsin::inline v1
