// How the command about affected items is decided, and what other commands that name items share with it.
#pragma once

#include <string>
#include <vector>

#include <tocsin/service/affected_item.hpp>

namespace tocsin::inline v1 {

class deciding;
struct set_affected_items;

void decide(const set_affected_items& c, deciding& d);

// That is the key of an item of the service graph; throws where it is none. `path` is where it stands in the command.
void check_item(const deciding& d, const std::string& path, const std::string& key);
// As a record keeps them. Throws where one is no item, or is named twice; `list` is their member of the command.
std::vector<affected_item> checked_items(const deciding& d, const std::string& list, std::vector<affected_item> items);

}  // namespace tocsin::inline v1
