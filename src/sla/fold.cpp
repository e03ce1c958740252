#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/record_clocks.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/sla/events.hpp>
#include <tocsin/task/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

kept_terms kept(const granted_terms& terms, instant from, std::size_t facts) {
  const clock_target target = target_of(terms);
  return {.from = from,
          .after = static_cast<std::uint32_t>(facts),
          .treatment = terms.treatment,
          .target_kind = target.kind,
          .target = target.value,
          .policy_version = terms.policy_version,
          .calendar = terms.calendar,
          .calendar_version = terms.calendar_version,
          .contract = terms.contract};
}

instant latest(const clock_history& history, instant at) {
  return std::max(at, history.facts.empty() ? history.opened : history.facts.back().at);
}

// The journal is damaged where a clock is not there.
incident_clock& clock_at(incident_clocks& all, std::uint32_t number) {
  if (number == 0 || number > all.clocks.size()) {
    throw error(status::corrupt, "clock.unknown", "the record has no clock " + std::to_string(number));
  }
  return all.clocks[number - 1];
}

void note_state(incident& r, const clock_marks& before, instant at, const definition_table& known) {
  const bool was_open = is_open(before.state_kind) || before.state_kind == state_kind::unset;
  if (is_open(r.state_kind) && !was_open) note(r, clock_fact::reopened(at), known);
  if (r.state_kind == before.state_kind) return;
  if (r.state_kind == state_kind::resolved) note(r, clock_fact::resolved(at), known);
  if (r.state_kind == state_kind::closed) note(r, clock_fact::closed(at), known);
  if (r.state_kind != state_kind::cancelled) return;
  const bool is_duplicate = find_link(links_of(r), link_kind::duplicate_of) != nullptr;  // (L8)
  note(r, clock_fact::cancelled(at, is_duplicate ? clock_end::duplicate : clock_end::record_cancelled), known);
}

void note_hold(incident& r, const clock_marks& before, instant at, const definition_table& known) {
  const bool held = r.state_kind == state_kind::on_hold;
  const bool was_held = before.state_kind == state_kind::on_hold;
  if (held && (!was_held || !(r.hold_reason == before.hold_reason) || r.held_since != before.held_since)) {
    note(r, clock_fact::held(at, r.hold_reason), known);
  } else if (was_held && !held && is_open(r.state_kind)) {
    note(r, clock_fact::resumed(at), known);
  }
}

void tell(incident& r, std::uint32_t number, const clock_notice& said, const definition_table& known) {
  incident_clocks& all = r.own<incident_clocks>();
  incident_clock& clock = clock_at(all, number);
  say(clock.state, said, latest_terms(clock, known), all.clock_history);
}

}  // namespace

clock_marks marks_of(const incident& r) {
  return {r.state_kind, r.hold_reason, r.held_since, r.acknowledged_at, r.first_response_at, r.team, r.assignee};
}

void note(incident& r, const clock_fact& fact, const definition_table& known) {
  incident_clocks& all = r.own<incident_clocks>();
  all.clock_history.add(fact);
  const clock_fact& added = all.clock_history.facts.back();
  for (incident_clock& clock : all.clocks) {
    if (!clock.state.withdrawn) apply(clock.state, added, latest_terms(clock, known), all.clock_history);
  }
}

void note_changes(incident& r, const clock_marks& before, instant at, const definition_table& known) {
  if (!r.part<incident_clocks>()) return;
  if (r.state_kind != before.state_kind && before.state_kind != state_kind::on_hold) note_state(r, before, at, known);
  if (!(r.team == before.team) || !(r.assignee == before.assignee)) {
    note(r, clock_fact::assigned(at, r.team, r.assignee), known);
  }
  if (r.acknowledged_at != before.acknowledged_at && is_set(r.acknowledged_at)) {
    note(r, clock_fact::acknowledged(at), known);
  }
  if (r.first_response_at != before.first_response_at && is_set(r.first_response_at)) {
    note(r, clock_fact::responded(at), known);
  }
  note_hold(r, before, at, known);
  if (r.state_kind != before.state_kind && before.state_kind == state_kind::on_hold) note_state(r, before, at, known);
}

void begin_clock_history(incident& r, instant at) {
  if (r.part<incident_clocks>()) return;
  clock_history& history = r.own<incident_clocks>().clock_history;
  history.opened = r.opened_at;
  std::vector<clock_fact> facts;
  if (r.team || r.assignee) facts.push_back(clock_fact::assigned(r.opened_at, r.team, r.assignee));
  if (is_set(r.acknowledged_at)) facts.push_back(clock_fact::acknowledged(r.acknowledged_at));
  if (is_set(r.first_response_at)) facts.push_back(clock_fact::responded(r.first_response_at));
  if (is_set(r.held_since)) facts.push_back(clock_fact::held(r.held_since, r.hold_reason));
  if (is_set(r.resolved_at)) facts.push_back(clock_fact::resolved(r.resolved_at));
  if (is_set(r.closed_at)) facts.push_back(clock_fact::closed(r.closed_at));
  if (is_set(r.cancelled_at)) facts.push_back(clock_fact::cancelled(r.cancelled_at));
  for (const task& t : tasks_of(r)) {
    if (is_open(t.state)) facts.push_back(clock_fact::task_added(at, t.number));  // they count from now on
  }
  std::ranges::stable_sort(facts, {}, &clock_fact::at);
  for (const clock_fact& fact : facts) history.add(fact);
}

void fold(incident& r, const clock_attached& e, const fold_context& c) {
  begin_clock_history(r, c.at);
  incident_clocks& all = r.own<incident_clocks>();
  const clock_history& history = all.clock_history;
  if (all.clocks.size() == limits::record_clocks_max) {
    throw error(status::resource_exhausted, "clock.too_many",
                "a record has at most " + std::to_string(limits::record_clocks_max) + " clocks");
  }
  all.clocks.reserve(all.clocks.size() + 1);  // they stay for as long as the record: no spare room
  incident_clock& clock = all.clocks.emplace_back();
  const instant from = e.since_opening ? history.opened : latest(history, c.at);
  clock.terms.push_back(kept(e.terms, from, e.since_opening ? 0 : history.facts.size()));
  clock.service = r.service;
  clock.priority = r.priority;
  clock.state.policy = e.terms.policy;
  clock.state.holder = e.task != 0 ? e.task : e.assignee ? e.assignee.index : e.team.index;
  clock.state = begin_clock(clock_of(clock, c.known), history);
  clock.state.calendar = e.terms.calendar;
  if (!e.since_opening) return;
  while (take_notice(clock.state, latest_terms(clock, c.known), history, c.at)) {
  }
}

void fold(incident& r, const clock_retargeted& e, const fold_context& c) {
  incident_clocks& all = r.own<incident_clocks>();
  incident_clock& clock = clock_at(all, e.clock);
  if (clock.terms.size() == limits::clock_terms_max) {
    throw error(status::resource_exhausted, "clock.too_many_terms",
                "a clock has at most " + std::to_string(limits::clock_terms_max) + " terms");
  }
  clock.terms.push_back(kept(e.terms, latest(all.clock_history, c.at), all.clock_history.facts.size()));
  clock.service = r.service;
  clock.priority = r.priority;
  clock.state.calendar = e.terms.calendar;
  retarget(clock.state, clock_of(clock, c.known), all.clock_history);
}

// Those that have ended keep their verdicts (S6): none of it reaches back before `from`.
void fold(incident& r, const maintenance_agreed& e, const fold_context& c) {
  incident_clocks& all = r.own<incident_clocks>();
  all.clock_history.agree_maintenance(e.from, e.maintenance);
  for (incident_clock& clock : all.clocks) {
    if (!has_ended(clock.state.state)) measure_anew(clock.state, latest_terms(clock, c.known), all.clock_history);
  }
}

void note_task(incident& r, const event_body& body, instant at, const definition_table& known) {
  if (!r.part<incident_clocks>()) return;
  if (const auto* e = body.get_if<task_added>()) note(r, clock_fact::task_added(at, e->task), known);
  if (const auto* e = body.get_if<task_completed>()) note(r, clock_fact::task_completed(at, e->task), known);
  if (const auto* e = body.get_if<task_skipped>()) note(r, clock_fact::task_dropped(at, e->task), known);
  if (const auto* e = body.get_if<tasks_ended>()) {
    for (const std::uint32_t number : e->tasks) note(r, clock_fact::task_dropped(at, number), known);
  }
}

void fold(incident& r, const clock_changed& e, const fold_context&) {
  incident_clock& clock = clock_at(r.own<incident_clocks>(), e.clock);
  clock.told = e.state;
  clock.told_cycle = static_cast<std::uint16_t>(e.cycle);
}

void fold(incident& r, const clock_history_begun&, const fold_context& c) { begin_clock_history(r, c.at); }

void fold(incident& r, const clock_withdrawn& e, const fold_context& c) {
  note(r, clock_fact::withdrawn(c.at, e.policy, e.cause), c.known);
}

void fold(incident& r, const sla_breach_excused& e, const fold_context& c) {
  note(r, clock_fact::excused(c.at, e.policy, e.approver), c.known);
}

void fold(incident& r, const clock_without_calendar& e, const fold_context&) {
  r.own<incident_clocks>().without_calendar.push_back(e.policy);
}

void fold(incident& r, const clock_judged& e, const fold_context& c) {
  const condition_truths truths{e.start, e.pause, e.stop, e.cancel};
  note(r, clock_fact::conditions(c.at, e.policy, truths), c.known);
  for (incident_clock& clock : r.own<incident_clocks>().clocks) {
    if (clock.state.policy == e.policy) clock.truths = bits_of(truths);
  }
}

void fold(incident& r, const sla_threshold_reached& e, const fold_context& c) {
  tell(r, e.clock, {clock_notice_kind::threshold, e.threshold, e.cycle, e.reached_at}, c.known);
}

void fold(incident& r, const sla_breached& e, const fold_context& c) {
  tell(r, e.clock, {clock_notice_kind::breach, 0, e.cycle, e.breached_at}, c.known);
}

void fold(incident& r, const sla_breach_lifted& e, const fold_context& c) {
  tell(r, e.clock, {clock_notice_kind::breach_lifted, 0, e.cycle, e.lifted_at}, c.known);
}

}  // namespace tocsin::inline v1
