// The status of a component follows from the states of what it stands for (M2).
#include <doctest/doctest.h>

#include <tocsin/communication/component_status.hpp>

#include <algorithm>
#include <vector>

using namespace tocsin;

namespace {

constexpr item_condition ok{};
constexpr item_condition failed{impact_state::failed};
constexpr item_condition degraded{impact_state::degraded};
constexpr item_condition at_risk{impact_state::at_risk};
constexpr item_condition maintained{impact_state::ok, true};
constexpr item_condition failed_in_maintenance{impact_state::failed, true};

component_status status(const std::vector<item_condition>& items) { return condition_of(items).status; }

using enum component_status;

}  // namespace

TEST_CASE("all failed is a major outage, some failed a partial one (M2)") {
  CHECK(status({failed}) == major_outage);
  CHECK(status({failed, failed}) == major_outage);
  CHECK(status({failed, ok}) == partial_outage);
  CHECK(status({failed, degraded}) == partial_outage);
}

TEST_CASE("one degraded item is degraded performance; one at risk works, and says so (M2)") {
  CHECK(status({degraded, ok, at_risk}) == degraded_performance);
  CHECK(condition_of(std::vector{at_risk, ok}) == component_condition{operational, true});
  CHECK(condition_of(std::vector{ok}) == component_condition{operational, false});
  CHECK(condition_of({}) == component_condition{operational, false});
}

TEST_CASE("what is expected in maintenance is maintenance; what fails beside it is an outage (M2)") {
  CHECK(status({maintained}) == under_maintenance);
  CHECK(status({failed_in_maintenance, ok}) == under_maintenance);
  CHECK(status({failed_in_maintenance, failed}) == partial_outage);
  CHECK(status({maintained, degraded}) == degraded_performance);
}

TEST_CASE("the order of statuses, from the best to the worst (M2)") {
  const std::vector<component_status> order = {unset,          operational, under_maintenance, degraded_performance,
                                               partial_outage, major_outage};
  for (std::size_t a = 0; a < order.size(); ++a) {
    for (std::size_t b = 0; b < order.size(); ++b) {
      CHECK(is_worse(order[a], order[b]) == (a > b));
      CHECK(worse_of(order[a], order[b]) == order[std::max(a, b)]);
    }
  }
}
