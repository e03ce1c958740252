// How far items reach that a record names (I1).
#pragma once

#include <vector>

#include <tocsin/service/affected_item.hpp>

namespace tocsin::inline v1 {

struct desk_state;

affected_reach reach_of(const desk_state& state, const std::vector<affected_item>& items);

}  // namespace tocsin::inline v1
