#include <tocsin/service/impact_analysis.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <tocsin/base/error.hpp>

#include "naive_impact.hpp"
#include "random_graphs.hpp"

using namespace tocsin;
using random_graphs::graph_of;
using random_graphs::keys;

namespace {

constexpr auto weak = dependency_effect::degraded;

configuration_item item(std::string key, std::vector<dependency_group> groups = {}) {
  configuration_item result;
  result.key = std::move(key);
  result.groups = std::move(groups);
  return result;
}

configuration_item needs(std::string key, keys plain) {
  configuration_item result;
  result.key = std::move(key);
  result.depends_on = std::move(plain);
  return result;
}

dependency_group group(keys members, std::int64_t need = 0, dependency_effect effect = dependency_effect::unset) {
  dependency_group result{.members = std::move(members), .effect = effect};
  if (need > 0) result.need.value = need;
  return result;
}

std::vector<item_number> numbers(const service_graph& graph, const keys& of) {
  std::vector<item_number> result;
  for (const std::string& key : of) result.push_back(graph.find(key));
  return result;
}

naive::answer answer_of(const service_graph& graph, impact_analysis& impact, const naive::said& said) {
  const outage what{numbers(graph, said.failed), numbers(graph, said.degraded), numbers(graph, said.excluded),
                    numbers(graph, said.maintenance)};
  impact.compute(what);
  impact_analysis states(graph);
  states.compute_states(what);
  naive::answer result;
  for (const item_number one : impact.affected_by_key()) {
    keys reason;
    for (const item_number link : impact.reason(one)) reason.emplace_back(graph.key(link));
    result[std::string(graph.key(one))] = {impact.state(one), impact.expected(one), reason};
    CHECK(states.state(one) == impact.state(one));
    CHECK(states.expected(one) == impact.expected(one));
  }
  CHECK(result.size() == impact.affected().size());
  CHECK(states.affected().size() == impact.affected().size());
  return result;
}

// The answer of the fast one, which the slow one gives, too.
naive::answer impact_of(const std::vector<configuration_item>& items, const naive::said& said) {
  const service_graph graph = graph_of(items);
  impact_analysis impact(graph);
  naive::answer result = answer_of(graph, impact, said);
  CHECK(result == naive::impact(items, said));
  return result;
}

impact_state state_in(naive::answer answer, const std::string& key) { return answer[key].state; }

}  // namespace

TEST_CASE("a group whose need is not met gives its effect: failed, if not said, or degraded (I1)") {
  const std::vector<configuration_item> items = {item("a"), item("b"), item("all", {group({"a", "b"})}),
                                                 item("weak", {group({"a", "b"}, 2, weak)}), needs("plain", {"a"})};
  const auto answer = impact_of(items, {.failed = {"a"}});
  CHECK(state_in(answer, "all") == impact_state::failed);
  CHECK(state_in(answer, "weak") == impact_state::degraded);
  CHECK(state_in(answer, "plain") == impact_state::failed);
  CHECK(state_in(answer, "b") == impact_state::ok);
}

TEST_CASE("degraded members that are needed degrade, whatever the group's effect (I1)") {
  const std::vector<configuration_item> items = {item("a"), item("b"), item("c"),
                                                 item("x", {group({"a", "b", "c"}, 2)}), needs("plain", {"a"})};
  CHECK(state_in(impact_of(items, {.degraded = {"a", "b"}}), "x") == impact_state::degraded);
  CHECK(state_in(impact_of(items, {.failed = {"a"}, .degraded = {"b"}}), "x") == impact_state::degraded);
  CHECK(state_in(impact_of(items, {.failed = {"a", "b"}}), "x") == impact_state::failed);
  CHECK(state_in(impact_of(items, {.degraded = {"a"}}), "plain") == impact_state::degraded);
}

TEST_CASE("a need that is met with redundancy spent is at risk, which is not passed on (I1)") {
  const std::vector<configuration_item> items = {item("a"), item("b"), item("pair", {group({"a", "b"}, 1)}),
                                                 needs("above", {"pair"})};
  for (const naive::said& said : {naive::said{.failed = {"a"}}, naive::said{.degraded = {"a"}}}) {
    const auto answer = impact_of(items, said);
    CHECK(state_in(answer, "pair") == impact_state::at_risk);
    CHECK(state_in(answer, "above") == impact_state::ok);
  }
  CHECK(state_in(impact_of(items, {.failed = {"a", "b"}}), "above") == impact_state::failed);
}

TEST_CASE("an item has the highest of what it began with and what its groups give (I1)") {
  const std::vector<configuration_item> items = {item("a"), item("b"),
                                                 item("x", {group({"a"}, 1, weak), group({"b"})})};
  CHECK(state_in(impact_of(items, {.failed = {"a"}}), "x") == impact_state::degraded);
  CHECK(state_in(impact_of(items, {.failed = {"a", "b"}}), "x") == impact_state::failed);
  CHECK(state_in(impact_of(items, {.failed = {"a", "x"}}), "x") == impact_state::failed);
  CHECK(state_in(impact_of(items, {.failed = {"x"}, .degraded = {"x"}}), "x") == impact_state::failed);
}

TEST_CASE("an excluded item stays ok and passes nothing on, even if it is said to have failed (I1)") {
  const std::vector<configuration_item> items = {item("a"), needs("b", {"a"}), needs("c", {"b"})};
  CHECK(impact_of(items, {.failed = {"a"}, .excluded = {"b"}}).size() == 1);
  CHECK(impact_of(items, {.failed = {"a"}, .excluded = {"a"}}).empty());
}

TEST_CASE("the least fixed point: a circle is affected only by what hits it from outside (I1)") {
  const std::vector<configuration_item> items = {needs("a", {"b"}), needs("b", {"c"}), needs("c", {"a", "outside"}),
                                                 item("outside")};
  CHECK(impact_of(items, {}).empty());
  CHECK(impact_of(items, {.failed = {"outside"}}).size() == 4);
  const auto answer = impact_of(items, {.degraded = {"a"}});
  CHECK(answer.size() == 3);
  CHECK(state_in(answer, "c") == impact_state::degraded);
}

TEST_CASE("the reason is a shortest chain, of equals the first by key from its beginning on (I1)") {
  const std::vector<configuration_item> items = {
      needs("x", {"c", "z"}),    needs("z", {"a"}), needs("c", {"b"}), item("a"), item("b"),
      needs("long", {"x", "y"}), needs("y", {"x"})};
  const auto answer = impact_of(items, {.failed = {"a", "b"}});
  CHECK(answer.at("x").reason == keys{"a", "z", "x"});
  CHECK(answer.at("long").reason == keys{"a", "z", "x", "long"});
  CHECK(answer.at("a").reason == keys{"a"});
}

TEST_CASE("what began so has itself for a reason, and no chain leads over what is only at risk (I1)") {
  const std::vector<configuration_item> items = {
      item("a"),         item("spare"),     item("pair", {group({"a", "spare"}, 1)}),
      needs("b", {"a"}), needs("c", {"b"}), needs("x", {"pair", "c"})};
  const auto answer = impact_of(items, {.failed = {"a"}, .degraded = {"c"}});
  CHECK(answer.at("c").state == impact_state::failed);
  CHECK(answer.at("c").reason == keys{"c"});
  CHECK(impact_of(items, {.failed = {"a"}}).at("x").reason == keys{"a", "b", "c", "x"});
}

TEST_CASE("what is under agreed maintenance is expected, and what is affected by such items alone (I1)") {
  const std::vector<configuration_item> items = {item("a"),
                                                 item("b"),
                                                 needs("of-a", {"a"}),
                                                 needs("of-both", {"a", "b"}),
                                                 needs("above", {"of-a"}),
                                                 needs("ring-1", {"ring-2", "a"}),
                                                 needs("ring-2", {"ring-1"})};
  const auto answer = impact_of(items, {.failed = {"a", "b"}, .maintenance = {"a"}});
  for (const char* key : {"a", "of-a", "above", "ring-1", "ring-2"}) CHECK(answer.at(key).expected);
  for (const char* key : {"b", "of-both"}) CHECK_FALSE(answer.at(key).expected);
  const auto further = impact_of(items, {.failed = {"a"}, .maintenance = {"of-a"}});
  CHECK(further.at("of-a").expected);
  CHECK(further.at("above").expected);
  CHECK_FALSE(further.at("a").expected);
  CHECK(impact_of(items, {.maintenance = {"a"}}).empty());
}

TEST_CASE("on random graphs with circles, redundancy, exclusions and maintenance the slow reference agrees (I1)") {
  random_graphs::maker made{std::mt19937_64(14)};
  std::size_t affected = 0;
  for (int round = 0; round < 1'500; ++round) {
    CAPTURE(round);
    const keys all = made.names(2 + made.below(14));
    std::vector<configuration_item> items;
    for (const std::string& key : all) items.push_back(made.item(key, all));
    const service_graph graph = graph_of(items);
    impact_analysis impact(graph);
    for (int question = 0; question < 3; ++question) {  // each forgets the one before
      const naive::said said = made.said(all);
      const naive::answer found = answer_of(graph, impact, said);
      REQUIRE(found == naive::impact(items, said));
      affected += found.size();
    }
  }
  CHECK(affected > 10'000);
}

TEST_CASE("a graph into which items were put answers as one that was compiled with them") {
  random_graphs::maker made{std::mt19937_64(15)};
  for (int round = 0; round < 500; ++round) {
    CAPTURE(round);
    const keys all = made.names(3 + made.below(12));
    const std::size_t old = 1 + made.below(all.size());
    keys known(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(old));
    std::vector<configuration_item> items;
    for (const std::string& key : known) items.push_back(made.item(key, known));
    service_graph graph = graph_of(items);
    impact_analysis impact(graph);
    for (std::size_t put = 0; put < 12; ++put) {
      const std::string& key = all[made.below(all.size())];
      if (std::ranges::find(known, key) == known.end()) known.push_back(key);
      const configuration_item one = made.item(key, known);
      const auto same = std::ranges::find(items, key, &configuration_item::key);
      if (same == items.end()) {
        items.push_back(one);
      } else {
        *same = one;
      }
      graph.put(graph_item_of(one));
      const naive::said said = made.said(known);
      REQUIRE(answer_of(graph, impact, said) == naive::impact(items, said));
    }
  }
}
