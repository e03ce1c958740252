#include <tocsin/service/maintenance_cover.hpp>

#include <doctest/doctest.h>

#include <tocsin/service/affected_item.hpp>

#include "random_graphs.hpp"

using namespace tocsin;
using random_graphs::keys;

namespace {

incident_maintenance window_of(const service_graph& graph, keys items) {
  incident_maintenance window;
  window.maintenance_covers = covered_by(graph, items);
  window.maintenance_items = std::move(items);
  return window;
}

incident affecting(std::vector<affected_item> items) {
  incident record;
  record.own<record_affected_items>().affected_items = std::move(items);
  return record;
}

}  // namespace

TEST_CASE("maintenance covers what fails or is degraded with its items, and not what has redundancy left (I1, S13)") {
  configuration_item rack, a, b, shop, payment;
  rack.key = "rack";
  a.key = "a";
  a.part_of = {"rack"};
  b.key = "b";
  shop.key = "shop";
  shop.groups = {{.members = {"a", "b"}, .need = {1}}};
  payment.key = "payment";
  payment.groups = {{.members = {"a"}, .effect = dependency_effect::degraded}};
  const service_graph graph = random_graphs::graph_of({rack, a, b, shop, payment});

  const incident_maintenance window = window_of(graph, {"rack"});
  CHECK(window.maintenance_covers == keys{"a", "payment", "rack"});
  CHECK(window_of(graph, {"a", "b"}).maintenance_covers == keys{"a", "b", "payment", "shop"});

  CHECK(is_about(window, affecting({{"a", affected_how::failed}}), ""));
  CHECK(is_about(window, affecting({{"a", affected_how::failed}, {"b", affected_how::not_affected}}), ""));
  CHECK_FALSE(is_about(window, affecting({{"a", affected_how::failed}, {"shop", affected_how::degraded}}), ""));
  CHECK_FALSE(is_about(window, affecting({{"b", affected_how::failed}}), "payment"));
  CHECK_FALSE(is_about(window, affecting({{"a", affected_how::not_affected}}), "payment"));
  CHECK(is_about(window, incident(), "payment"));
  CHECK_FALSE(is_about(window, incident(), "shop"));
  CHECK_FALSE(is_about(window, incident(), ""));
  CHECK(is_about(incident_maintenance(), incident(), ""));
}

TEST_CASE(
    "all that maintenance covers is expected while its items are down, and all that is down then is covered (I1)") {
  random_graphs::maker made{std::mt19937_64(16)};
  std::size_t covered = 0;
  for (int round = 0; round < 500; ++round) {
    CAPTURE(round);
    const keys all = made.names(2 + made.below(14));
    std::vector<configuration_item> items;
    for (const std::string& key : all) items.push_back(made.item(key, all));
    const keys down = made.some(all, 3);
    const naive::answer expected = naive::impact(items, {.failed = down, .maintenance = down});
    keys should;
    for (const auto& [key, one] : expected) {
      CHECK(one.expected);
      if (one.state >= impact_state::degraded) should.push_back(key);
    }
    const keys found = covered_by(random_graphs::graph_of(items), down);
    REQUIRE(found == should);
    covered += found.size();
  }
  CHECK(covered > 500);
}
