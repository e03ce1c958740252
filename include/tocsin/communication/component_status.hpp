// The status of a component of a status page, as it follows from the states of what the component stands for (M2).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <tocsin/service/impact_analysis.hpp>

namespace tocsin::inline v1 {

// As Statuspage names them. Each is worse than the one before, but for maintenance, which is apart.
enum class component_status : std::uint8_t {
  unset,
  operational,
  degraded_performance,
  partial_outage,
  major_outage,
  under_maintenance
};
std::span<const std::string_view> choices(component_status);

// One of the services and configuration items that a component stands for.
struct item_condition {
  impact_state state = impact_state::ok;
  bool maintenance = false;  // agreed maintenance goes on, and what happens to it is expected
};

struct component_condition {
  component_status status = component_status::operational;
  bool at_risk = false;  // it works, but redundancy is spent

  friend bool operator==(const component_condition&, const component_condition&) = default;
};

// The rule; the first line that holds counts. What happens to an item in maintenance is left out of all but the fourth.
//
//   all items have failed              major_outage
//   some items have failed             partial_outage
//   an item is degraded                degraded_performance
//   an item is in maintenance          under_maintenance
//   else                               operational, at risk if an item is
component_condition condition_of(std::span<const item_condition> items);

// Is the first one worse? Maintenance is better than everything but operational.
bool is_worse(component_status a, component_status b);
component_status worse_of(component_status a, component_status b);

// What people read: "Partial outage".
std::string_view label_of(component_status status);

}  // namespace tocsin::inline v1
