// JSON lines that define and lines that ask, answered one by one by a function of the library that knows nothing from
// one call to the next: what was defined is kept here, and said again.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <arguments.hpp>
#include <session.hpp>

namespace shell {

// Lines that define, and lines to be answered; one answer a line.
using answerer = std::function<std::string(std::string_view book, std::string_view lines)>;

// Reads the lines of the file that the words name, else of standard input, and writes the answers. An exit status.
int answer_lines(session& with, arguments& words, const answerer& ask);

}  // namespace shell
