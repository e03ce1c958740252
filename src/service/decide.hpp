// How the command about affected items is decided, and what other commands that name items share with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/service/affected_item.hpp>
#include <tocsin/service/events.hpp>

namespace tocsin::inline v1 {

class deciding;
struct desk_state;
struct plausible_commands;
struct set_affected_items;

void decide(const set_affected_items& c, deciding& d);
void plausible_affected_items(const incident& record, plausible_commands& to);

// Is that the key of an item of the service graph?
bool is_item(const desk_state& state, std::string_view key);

// Throws where it is none. `path` is where it stands in the command.
void check_item(const deciding& d, const std::string& path, const std::string& key);
// What a record that names them keeps. Throws where one is no item, or is named twice; `list` is their member of the command.
affected_items_set affecting(const deciding& d, const std::string& list, std::vector<affected_item> items);
// Of what a record names, what is in the graph still.
affected_items_set still_affecting(const deciding& d, const incident& record);

}  // namespace tocsin::inline v1
