// What a record says of items of the service graph, for the analysis of what else is affected (I1).
#pragma once

#include <string_view>
#include <vector>

#include <tocsin/model/incident.hpp>
#include <tocsin/service/affected_item.hpp>
#include <tocsin/service/impact_analysis.hpp>

namespace tocsin::inline v1 {

// Adds what is said of the items. One that the graph has not is left out.
void add_outage(const std::vector<affected_item>& items, const service_graph& graph, outage& to);

// Adds the items that the record names; where it names none, its service, by key, has failed.
void add_outage(const incident& record, std::string_view service, const service_graph& graph, outage& to);

}  // namespace tocsin::inline v1
