#include "decide_reach.hpp"

#include <tocsin/desk/state.hpp>
#include <tocsin/service/record_outage.hpp>

#include "answer_item_facts.hpp"

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

using key_set = std::set<std::string_view>;  // of definitions, which stay

template <class T, class Make>
void keep(const key_set& all, std::vector<T>& to, Make make) {
  for (const std::string_view key : all) {
    if (to.size() == limits::affected_reach_max) return;
    to.push_back(make(key));
  }
}

// Graver ones are smaller; what is not said is none.
criticality graver(criticality a, criticality b) {
  if (a == criticality::unset || b == criticality::unset) return std::max(a, b);
  return std::min(a, b);
}

}  // namespace

impact_analysis impact_of(const desk_state& state, const incident& record, const service_graph& graph) {
  outage said;
  add_outage(record, state.words.word(word_kind::service, record.service.index), graph, said);
  impact_analysis of(graph);
  of.compute_states(said);
  return of;
}

affected_reach reach_of(const desk_state& state, const std::vector<affected_item>& items) {
  affected_reach reach;
  const service_graph* const graph = state.definitions.service_graph.get();
  if (!graph || items.empty()) return reach;
  outage said;
  add_outage(items, *graph, said);
  impact_analysis of(*graph);
  of.compute_states(said);
  key_set hit;
  key_set services;
  key_set customers;
  key_set classes;
  for (const item_number item : of.affected()) {
    if (of.state(item) < impact_state::degraded) continue;
    const std::string_view key = graph->key(item);
    const item_facts facts = facts_of(state, key);
    hit.insert(key);
    if (facts.is_service) services.insert(key);
    if (!facts.item_class.empty()) classes.insert(facts.item_class);
    customers.insert(facts.customers.begin(), facts.customers.end());
    reach.criticality = graver(reach.criticality, facts.criticality);
  }
  reach.item_count = static_cast<std::int64_t>(hit.size());
  reach.service_count = static_cast<std::int64_t>(services.size());
  reach.customer_count = static_cast<std::int64_t>(customers.size());
  const auto text = [](std::string_view key) { return std::string(key); };
  keep(hit, reach.items, text);
  keep(classes, reach.classes, text);
  keep(services, reach.services,
       [&](std::string_view key) { return service_ref{state.words.find(word_kind::service, key)}; });
  keep(customers, reach.customers,
       [&](std::string_view key) { return customer_ref{state.words.find(word_kind::customer, key)}; });
  return reach;
}

}  // namespace tocsin::inline v1
