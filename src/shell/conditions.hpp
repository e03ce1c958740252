// Which records a question is about, as options of the command line say it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <arguments.hpp>
#include <session.hpp>

namespace shell {

// --where, --condition, --types and --as-of, as they were typed.
struct selection {
  std::vector<std::string> where;
  std::vector<std::string> conditions;
  std::optional<std::string> types;
  std::optional<std::string> as_of;
};

selection take_selection(arguments& words);

// What --where takes, for the help of every subcommand that has it.
extern const std::string_view selection_help;

// The "where", "condition", "types" and "as_of" of a question. Asks the desk what custom fields are.
void add_selection(const session& with, const selection& chosen, json& question);

// An instant, or a date: the beginning of that day in the zone of --zone, else in UTC; or now.
std::int64_t parse_moment(const session& with, const std::string& text, std::string_view what);

}  // namespace shell
