// What a record has several of, a line for each: tasks, links, files, time spent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <json_text.hpp>
#include <session.hpp>

namespace shell {

// Is it a list that has lines of its own?
bool is_record_list(std::string_view name);

std::vector<std::string> record_list_lines(const session& with, std::string_view name, const json& items);

}  // namespace shell
