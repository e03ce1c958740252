// JSON Lines that define and lines that ask: one answer a line, to what the lines before it defined. What is wrong with a
// line is its answer.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t answered_lines_max = 1'000'000;  // lines of one document
}  // namespace limits

// What a line's first member "define" or "operation" says.
struct line_kind {
  bool defines = false;
  std::string name;
};
line_kind kind_of_line(std::string_view line);

// Answers a line, or throws `error`; then nothing has changed.
using line_executor = std::function<std::string(std::string_view line)>;

// The answer, or {"error": ...}.
std::string answer_line(std::string_view line, const line_executor& execute);

// A line of answer for each of `lines` that is not blank. `book` is lines, too; one of them that cannot be is an error,
// with its number in the detail. `too_many` is the reason of the refusal of more than limits::answered_lines_max.
std::string answer_json_lines(std::string_view book, std::string_view lines, const char* too_many,
                              const line_executor& execute);

}  // namespace tocsin::inline v1
