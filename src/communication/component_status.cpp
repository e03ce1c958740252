#include <tocsin/communication/component_status.hpp>

namespace tocsin::inline v1 {
namespace {

// Larger is worse.
int rank_of(component_status status) {
  if (status == component_status::under_maintenance) return 2;
  const int place = static_cast<int>(status);
  return place <= static_cast<int>(component_status::operational) ? place : place + 1;
}

}  // namespace

std::span<const std::string_view> choices(component_status) {
  static constexpr std::string_view all[] = {"operational", "degraded_performance", "partial_outage", "major_outage",
                                             "under_maintenance"};
  return all;
}

component_condition condition_of(std::span<const item_condition> items) {
  std::size_t failed = 0;
  bool is_degraded = false;
  bool at_risk = false;
  bool maintenance = false;
  for (const item_condition& one : items) {
    maintenance = maintenance || one.maintenance;
    if (one.maintenance) continue;
    failed += one.state == impact_state::failed ? 1 : 0;
    is_degraded = is_degraded || one.state == impact_state::degraded;
    at_risk = at_risk || one.state == impact_state::at_risk;
  }
  if (failed != 0) {
    return {failed == items.size() ? component_status::major_outage : component_status::partial_outage, false};
  }
  if (is_degraded) return {component_status::degraded_performance, false};
  if (maintenance) return {component_status::under_maintenance, false};
  return {component_status::operational, at_risk};
}

bool is_worse(component_status a, component_status b) { return rank_of(a) > rank_of(b); }

component_status worse_of(component_status a, component_status b) { return is_worse(a, b) ? a : b; }

std::string_view label_of(component_status status) {
  switch (status) {
    case component_status::unset:
      return "No data";
    case component_status::operational:
      return "Operational";
    case component_status::degraded_performance:
      return "Degraded performance";
    case component_status::partial_outage:
      return "Partial outage";
    case component_status::major_outage:
      return "Major outage";
    case component_status::under_maintenance:
      return "Under maintenance";
  }
  return {};
}

}  // namespace tocsin::inline v1
