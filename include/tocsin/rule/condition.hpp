// A condition: a question about a record, an event or custom fields, in JsonLogic's syntax. Its paths and types are
// checked once, when it is compiled; answering it then neither allocates nor throws.
//
//   {"and": [{"==": [{"var": "state"}, "on_hold"]}, {">": [{"age": {"var": "held_since"}}, "P2D"]}]}
//
// A comparison with a missing value is false, `!=` included: {"!=": [{"var": "team"}, "desk"]} does not hold where there
// is no team. docs/conditions.md beside this file has all operators, and what they do with missing values.
//
// Constants take the type of what they stand beside: "2026-11-22T08:00:00Z" is an instant beside an instant, "PT4H" a
// duration beside a duration, "high" a choice beside a choice, where it must be one of the choices. Numbers are
// integers: `/` divides them towards zero. Texts, choices and words have no order: "10" < "9" is a question that nobody
// means.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

class business_calendar;

namespace limits {

inline constexpr std::size_t condition_bytes_max = 64u << 10;  // its document
inline constexpr std::size_t condition_depth_max = 64;         // arrays and objects inside one another
// Operators, paths and constants. For one answer each step is taken once at most, and looking for a text in another, or
// for a value in a list, takes time linear in what is looked at: that bounds the work.
inline constexpr std::size_t condition_steps_max = 1'000;
// Of the texts that one answer puts together with `cat`; what would be longer is missing.
inline constexpr std::size_t condition_built_max = 4u << 10;

}  // namespace limits

// ---- what a condition may speak of

// A path and what stands there. The way is for tables of fields alone: the object, and the fields from it downwards.
struct condition_schema;

struct condition_path {
  std::string path;
  const type_row* type = nullptr;
  std::size_t object = 0;
  std::vector<const field_row*> way = {};
  std::shared_ptr<const condition_schema> items = {};  // of a list of objects: what `some`, `all` and `none` may speak of
  bool own_choices = false;  // a text whose values are declared elsewhere, for the publisher to look up
  bool timed = false;        // its value may change with `now` alone
};

// The paths that conditions may name; the number of a path is its place.
struct condition_schema {
  std::vector<condition_path> paths;
  std::optional<zone_data> zones = {};  // in which local hours are asked for; none: those that the library carries

  // The fields of a table that conditions may name: not retired ones; those of objects inside by dotted paths
  // ("device.model"). `prefix` comes before each ("incident."); `object` says which object of table_objects it is.
  void add(std::span<const field_row> fields, std::string_view prefix = {}, std::size_t object = 0);
  // A path whose value the host's own condition_data answers: a custom field, say.
  condition_path& add(std::string_view path, const type_row& type);
};

// What stands at a path now. Choices and words go by their names.
struct condition_value {
  field_kind kind = field_kind::boolean;
  bool given = false;          // false: missing
  bool lower = false;          // text: A to Z count as a to z
  std::int64_t number = 0;     // boolean, integer, instant, duration, record
  std::string_view text = {};  // text, choice, word
};

// Where the values come from. A value of another kind than the schema says counts as missing.
struct condition_data {
  const void* context = nullptr;
  condition_value (*value)(const void* context, std::size_t path, instant now) noexcept = nullptr;  // no list
  std::size_t (*count)(const void* context, std::size_t path) noexcept = nullptr;                   // lists
  condition_value (*item)(const void* context, std::size_t path, std::size_t index) noexcept = nullptr;
  // Without these, what asks for them is missing.
  const void* (*object)(const void* context, std::size_t path, std::size_t index) noexcept = nullptr;  // of lists of them
  const lexicon* words = nullptr;                                                                      // of these
  const business_calendar* (*calendar)(const void* context, std::string_view key) noexcept = nullptr;
  const void* before = nullptr;  // the context of the same record as it was before what has just happened
};

// Objects with tables of fields, as data. Missing are empty texts and lists, instants, choices, words and records that
// are not set, and all of an object that is null; integers, booleans and durations are always there. Must outlive
// the condition_data made of it.
struct table_objects {
  const condition_schema& schema;
  std::span<const void* const> objects;
  const lexicon* words = nullptr;
};

condition_data data_of(const table_objects& objects) noexcept;
condition_data data_of(const table_objects&&) = delete;
// The same, one by one, for hosts that add paths of their own.
condition_value value_at(const table_objects& objects, std::size_t path) noexcept;
condition_value value_at(const condition_path& path, const void* object, const lexicon* words) noexcept;
std::size_t count_at(const table_objects& objects, std::size_t path) noexcept;
condition_value item_at(const table_objects& objects, std::size_t path, std::size_t index) noexcept;
const void* object_at(const table_objects& objects, std::size_t path, std::size_t index) noexcept;  // of a list of them

// ---- the condition

enum class condition_operator : std::uint8_t {
  constant,
  var,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  conjunction,
  disjunction,
  negation,
  truth,
  choose,
  in_values,
  in_list,
  in_text,
  missing,
  missing_some,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  greatest,
  least,
  age,
  lower,
  starts_with,
  ends_with,
  contains_any,
  cat,
  substr,
  now,
  local_weekday,
  local_hour,
  open_in,
  business_age,
  changed,
  from,
  to,
  some,
  all,
  none
};

// One step of the program. An operator stands before its operands, each of which is a step with all below it.
struct condition_step {
  condition_operator operation = condition_operator::constant;
  field_kind kind = field_kind::boolean;  // of its value
  std::uint16_t operands = 0;
  std::uint16_t size = 1;     // steps, this one and all below it
  std::uint32_t text_at = 0;  // constant: its text; var: its path; in the condition's texts
  std::uint32_t text_size = 0;
  // constant: its value; var, changed, from, to: the number of the path; missing_some: how many; local_weekday, local_hour: which of
  // the condition's zones; some, all, none: which of its item schemas
  std::int64_t number = 0;
};

// A word that a constant names, for the publisher to look up: a key, or a choice of a path that has its own choices.
struct condition_word {
  word_kind kind = word_kind::person;
  std::string choice_of = {};  // the path that has the choices; else it is a key
  std::string word = {};
  std::string path = {};  // where, in the condition's document (RFC 6901)
};

// Made by compile_condition. One that was never compiled does not hold.
struct condition {
  std::vector<condition_step> steps;
  std::string texts;
  std::vector<condition_word> words;
  std::vector<zone> zones;
  std::vector<std::shared_ptr<const condition_schema>> items;
  bool timed = false;         // the answer may change with `now` alone
  bool asks_changes = false;  // it asks what has just changed
};

// Refusals, each with the path in the document, what was found and what is allowed: "condition.malformed",
// "condition.unknown_operator", "condition.wrong_operands", "condition.unknown_path", "condition.type_mismatch",
// "condition.unknown_choice", "condition.malformed_value", "condition.too_large", "condition.too_deep". `place` is where
// the condition stands in a document, "/rules/0/when", and goes before the path.
condition compile_condition(std::string_view json, const condition_schema& schema, std::string_view place = {});

// `data` must answer for the schema that the condition was compiled against.
bool holds(const condition& c, const condition_data& data, instant now) noexcept;

// ---- why

// What a step came to, and of what. All operands of and, or and comparisons are there, also those that the answer did
// not need; of `if` only what was asked and what was chosen.
struct explanation {
  std::string_view operation;  // as in the document; empty for a constant
  std::string path = {};       // var
  field_kind kind = field_kind::boolean;
  std::string result = {};  // as in documents; "missing"
  std::vector<explanation> operands = {};
};

explanation explain(const condition& c, const condition_data& data, instant now);

// {"operator":"<","result":false,"operands":[{"var":"held_time","value":"missing"},{"value":"PT1H"}]}
void write_explanation(json_writer& to, const explanation& why);

}  // namespace tocsin::inline v1
