// How far items reach that a record names (I1).
#pragma once

#include <vector>

#include <tocsin/service/affected_item.hpp>
#include <tocsin/service/impact_analysis.hpp>

namespace tocsin::inline v1 {

struct desk_state;
struct incident;

// What the record's affected items bring down, or its service where it names none; without reasons.
impact_analysis impact_of(const desk_state& state, const incident& record, const service_graph& graph);

affected_reach reach_of(const desk_state& state, const std::vector<affected_item>& items);

}  // namespace tocsin::inline v1
