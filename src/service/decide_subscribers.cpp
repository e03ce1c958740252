#include "decide_subscribers.hpp"

#include <tocsin/desk/state.hpp>
#include <tocsin/model/definition.hpp>

#include "answer_item_facts.hpp"
#include "decide_reach.hpp"

namespace tocsin::inline v1 {

affected_keys affected_by(const desk_state& state, const incident& record) {
  affected_keys affected;
  const person* const caller = state.definitions.of<person>().current(record.caller.index);
  if (caller) affected.reported_by = caller->customer;
  const service_graph* const graph = state.definitions.service_graph.get();
  if (!graph) return affected;
  const impact_analysis of = impact_of(state, record, *graph);
  for (const item_number item : of.affected()) {
    if (of.state(item) < impact_state::degraded) continue;
    affected.add(graph->key(item), facts_of(state, graph->key(item)).customers);
  }
  return affected;
}

std::vector<const subscription*> subscriptions_to(const desk_state& state, const affected_keys& affected) {
  std::vector<const subscription*> found;
  const auto& all = state.definitions.of<subscription>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const subscription* const one = all.current(number);
    if (!one || one->retired || !affected.concern(*one)) continue;
    const person* const who = state.definitions.of<person>().current(state.words.find(word_kind::person, one->person));
    if (who && !who->retired) found.push_back(one);
  }
  return found;
}

}  // namespace tocsin::inline v1
