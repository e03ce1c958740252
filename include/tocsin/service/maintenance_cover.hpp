// What maintenance of items accounts for: them, and what fails or is degraded with them (I1, S13).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/model/incident.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/service/service_graph.hpp>

namespace tocsin::inline v1 {

// The keys of all that is failed or degraded while the items are down, themselves included; in the order of keys. What has
// redundancy left is not among them: that it fails is not expected. Keys that the graph has not are left out.
std::vector<std::string> covered_by(const service_graph& graph, std::span<const std::string> items);

// Is the window about what the record is about: about its service, or about all that it says has failed or is degraded (its
// service, by key, where it names nothing)? A window that names neither services nor items is about everything.
bool is_about(const incident_maintenance& window, const incident& record, std::string_view service);

}  // namespace tocsin::inline v1
