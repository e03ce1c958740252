#include <tocsin/service/maintenance_cover.hpp>

#include <algorithm>

#include <tocsin/service/affected_item.hpp>
#include <tocsin/service/impact_analysis.hpp>

namespace tocsin::inline v1 {
namespace {

bool is_covered(const incident_maintenance& window, std::string_view key) {
  return std::ranges::binary_search(window.maintenance_covers, key);
}

// Whether it names something, and nothing that is not covered.
bool covers_all(const incident_maintenance& window, const std::vector<affected_item>& items) {
  bool any = false;
  for (const affected_item& one : items) {
    if (one.how == affected_how::not_affected) continue;
    if (!is_covered(window, one.item)) return false;
    any = true;
  }
  return any;
}

}  // namespace

std::vector<std::string> covered_by(const service_graph& graph, std::span<const std::string> items) {
  outage said;
  for (const std::string& key : items) {
    if (const item_number item = graph.find(key); item != no_item) said.failed.push_back(item);
  }
  impact_analysis of(graph);
  of.compute_states(said);
  std::vector<std::string> covered;
  for (const item_number item : of.affected_by_key()) {
    if (of.state(item) >= impact_state::degraded) covered.emplace_back(graph.key(item));
  }
  return covered;
}

bool is_about(const incident_maintenance& window, const incident& record, std::string_view service) {
  const std::vector<service_ref>& services = window.maintenance_services;
  if (services.empty() && window.maintenance_items.empty()) return true;
  if (std::ranges::find(services, record.service) != services.end()) return true;
  const std::vector<affected_item>& items = affected_items_of(record);
  return items.empty() ? !service.empty() && is_covered(window, service) : covers_all(window, items);
}

}  // namespace tocsin::inline v1
