// Escalations go on: runs in the order of the keys of their policies and of their causes (D6), then what has gone on for too long.
#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>

#include "desk/escalation_trigger.hpp"
#include "desk/run_driver.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

void timers(const incident_escalations& all, const incident& record, timer_visitor visit) {
  if (is_final(record.state_kind)) return;
  for (const record_run& kept : all.escalations) {
    if (is_set(kept.run.due)) visit(timer_kind::escalation, kept.run.due);
    for (const paged_person& p : kept.paged) {
      if (is_set(p.next_at)) visit(timer_kind::escalation, p.next_at);
      if (is_set(p.held_until)) visit(timer_kind::page_bundle, p.held_until);
    }
  }
  for (const escalation_watch& watch : all.escalation_watches) {
    if (is_set(watch.due)) visit(timer_kind::escalation, watch.due);
  }
}

void escalate_further(deciding& d, const incident& record, const timer&) {
  run_driver keeper(record, d.given, d.events);
  const std::vector<record_run>& runs = keeper.runs();
  std::vector<std::size_t> order(runs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto name = [&](std::size_t i) {
    return std::pair(d.state.words.word(word_kind::escalation_policy, runs[i].policy.index),
                     std::string_view(runs[i].cause));
  };
  std::ranges::sort(order, {}, name);
  for (const std::size_t place : order) {
    if (keeper.is_full()) return;
    keeper.advance(place);
  }
  if (!keeper.is_full()) fire_watches(keeper, record, d.given, d.events);
}

void release_bundle(deciding& d, const incident& record, const timer&) {
  run_driver(record, d.given, d.events).release();
}

}  // namespace tocsin::inline v1
