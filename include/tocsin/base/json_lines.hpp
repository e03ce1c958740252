// Sessions in JSON Lines: each line defines something or asks about what the lines before it defined, and has one answer.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <tocsin/base/json.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t answered_lines_max = 1'000'000;  // of one document, where nothing else is said
}  // namespace limits

// What a line's first member "define" or "operation" says; an empty name if it has neither.
struct line_kind {
  bool defines = false;
  std::string name;
};

line_kind kind_of_line(std::string_view line);

// Reads a line into what `choose` answers for its type, and holds that against what its fields demand. The type.
std::size_t read_line(std::string_view line, const tagged_form& form, const tagged_choice& choose);

// Carries out a line and answers an object; what is wrong with it is thrown.
using line_executor = std::function<std::string(std::string_view line)>;

// The executor's answer, or {"error":{...}}.
std::string answer_line(std::string_view line, const line_executor& execute);

// {"defined":"service","key":"shop"}; without a key if it is empty.
std::string defined_answer(std::string_view type, std::string_view key);

// One answer for each of `lines`, with a line end behind it. Blank lines have none. `book`: lines that go before, unanswered;
// one of them that is wrong is an error, with its number in the detail. `reason`: of the error of more than `most` lines.
std::string answer_lines(std::string_view book, std::string_view lines, std::size_t most, const char* reason,
                         const line_executor& execute);

}  // namespace tocsin::inline v1
