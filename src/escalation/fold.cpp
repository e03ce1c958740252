#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: a run stands somewhere in its policy.
void demand_known(const record_run& kept, const definition_table& known) {
  const escalation_plan* plan = known.of<escalation_plan>().at(kept.policy.index, kept.run.policy_version);
  const auto is_place = [&](std::uint32_t node) { return node == no_node || node < plan->graph.nodes().size(); };
  if (plan && is_place(kept.run.node) && is_place(kept.run.step_node) &&
      kept.run.taken.size() <= plan->graph.repeats()) {
    return;
  }
  throw error(status::corrupt, "escalation.unknown_place",
              "a run stands outside of version " + std::to_string(kept.run.policy_version) +
                  " of escalation policy number " + std::to_string(kept.policy.index));
}

void demand_known(const escalation_watch& watch, const definition_table& known) {
  const versions<escalation_plan>& all = known.of<escalation_plan>();
  for (std::uint32_t version = all.latest(watch.policy.index); version != 0; --version) {
    if (watch.trigger < all.at(watch.policy.index, version)->policy.triggers.size()) return;
  }
  throw error(status::corrupt, "escalation.unknown_trigger",
              "a watch is for trigger " + std::to_string(watch.trigger) + " of escalation policy number " +
                  std::to_string(watch.policy.index) + ", which has none at that place");
}

}  // namespace

void fold(incident& record, const functional_escalation& e, const fold_context&) {
  record.own<incident_escalations>().functional_escalations = e.count;
}

void fold(incident& record, const hierarchical_escalation& e, const fold_context&) {
  incident_escalations& all = record.own<incident_escalations>();
  all.hierarchical_escalations = e.count;
  if (e.to) all.raised_to = e.to;
}

void fold(incident& record, const major_proposed&, const fold_context&) {
  record.own<incident_escalations>().major_proposed = true;
}

void fold(incident& record, const escalation_run_changed& e, const fold_context& c) {
  demand_known(e.now, c.known);
  std::vector<record_run>& runs = record.own<incident_escalations>().escalations;
  if (e.run == 0 || e.run > runs.size() + 1) {
    throw error(status::corrupt, "escalation.unknown_run", "the record has no run " + std::to_string(e.run));
  }
  if (e.run > runs.size()) runs.emplace_back();
  runs[e.run - 1] = e.now;
}

void fold(incident& record, const escalation_watches_set& e, const fold_context& c) {
  for (const escalation_watch& watch : e.watches) demand_known(watch, c.known);
  record.own<incident_escalations>().escalation_watches = e.watches;
}

void erase(incident_escalations& all, bool texts) {
  if (!texts) return;
  for (record_run& kept : all.escalations) kept.reason.clear();
}

}  // namespace tocsin::inline v1
