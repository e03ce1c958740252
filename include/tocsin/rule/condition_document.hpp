// Conditions without a desk, in JSON documents: lines that declare what conditions may speak of, and lines that ask whether
// one holds, and why. docs/conditions.md has the forms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t condition_fields_max = 1'000;   // that one session knows
inline constexpr std::size_t condition_choices_max = 1'000;  // of one field
}  // namespace limits

enum class condition_field_kind : std::uint8_t { unset, text, boolean, integer, instant, duration, choice, texts };
std::span<const std::string_view> choices(condition_field_kind);

// A path that conditions may name, and what stands there.
struct condition_field {
  std::string path;
  condition_field_kind kind = condition_field_kind::unset;
  std::vector<std::string> choices;  // of a choice

  static std::span<const field_row> fields();
};

struct condition_question {
  embedded_json condition;
  embedded_json data;       // an object: a value by its path, or objects inside one another by its parts
  instant at = no_instant;  // for conditions that ask what time it is

  static std::span<const field_row> fields();
};

// What the lines said so far.
class condition_session {
 public:
  // {"defined":"field","key":...} for a declaration, {"holds":...,"why":{...}} for a question, or {"error":{...}} with what
  // was wrong; then the line changed nothing.
  std::string answer(std::string_view line);
  // As above, but what is wrong is thrown.
  std::string execute(std::string_view line);

 private:
  std::string define(std::string_view line);
  std::string ask(std::string_view line);
  const condition_schema& schema();

  std::vector<condition_field> fields_;
  std::optional<condition_schema> schema_;  // of these, in their order; made when it is asked for
};

// What a line may define, and what it may ask, for schemas: the tags "define" and "operation".
std::span<const tagged_type> condition_definition_types();
std::span<const tagged_type> condition_question_types();

// Lines in, lines out: one answer for each of `lines`, to what `book` and the lines before it define. Blank lines have
// no answer. `book` is lines too; a line of it that cannot be is an error, with its number in the detail.
std::string answer_condition_lines(std::string_view book, std::string_view lines);

}  // namespace tocsin::inline v1
