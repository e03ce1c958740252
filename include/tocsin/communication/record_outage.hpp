// What a record says of items of the service graph, for the analysis of what else is affected (I1).
#pragma once

#include <string_view>

#include <tocsin/model/incident.hpp>
#include <tocsin/service/impact_analysis.hpp>

namespace tocsin::inline v1 {

// Adds the items that it names; where it names none, its service, by key, has failed. An item that the graph has not is
// left out.
void add_outage(const incident& record, std::string_view service, const service_graph& graph, outage& to);

}  // namespace tocsin::inline v1
