// The timers that stand for a record: they follow from the record alone, so a reload finds them again (D6).
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/model/task.hpp>

namespace tocsin::inline v1 {

// Calls `visit(kind, due)` for each. A kind may stand several times, at the same instant, too: whoever decides what a
// timer does takes of those that are due the one whose name comes first.
template <class Visit>
void each_timer(const incident& record, Visit visit) {
  if (is_set(record.auto_close_at)) visit(timer_kind::auto_close, record.auto_close_at);
  if (const auto* details = record.part<incident_details>()) {
    const incident_details& d = *details;
    if (is_set(d.next_move_at)) visit(timer_kind::move, d.next_move_at);
    if (is_set(d.follow_up_at)) visit(timer_kind::follow_up, d.follow_up_at);
    if (is_set(d.remind_at)) visit(timer_kind::hold_reminder, d.remind_at);
    if (is_set(d.hold_ends_at)) visit(timer_kind::hold_end, d.hold_ends_at);
  }
  for (const task& t : tasks_of(record)) {
    if (is_set(t.due_at) && is_open(t.state) && !t.overdue) visit(timer_kind::task_due, t.due_at);
  }
  if (record.part<incident_monitoring>() && is_set(record.part<incident_monitoring>()->expires_at) &&
      !is_final(record.state_kind)) {
    visit(timer_kind::heartbeat, record.part<incident_monitoring>()->expires_at);
  }
  if (record.part<incident_maintenance>() && !is_final(record.state_kind)) {
    const incident_maintenance& m = *record.part<incident_maintenance>();
    if (record.state_kind == state_kind::fresh) visit(timer_kind::maintenance_begin, m.maintenance_from);
    visit(timer_kind::maintenance_end, m.maintenance_to);
  }
  if (record.part<incident_clocks>() && !is_final(record.state_kind)) {
    for (const incident_clock& c : record.part<incident_clocks>()->clocks) {
      if (is_set(c.state.next_due)) visit(timer_kind::sla, c.state.next_due);
    }
  }
  if (record.part<incident_escalations>() && !is_final(record.state_kind)) {
    for (const record_run& kept : record.part<incident_escalations>()->escalations) {
      if (is_set(kept.run.due)) visit(timer_kind::escalation, kept.run.due);
      for (const paged_person& p : kept.paged) {
        if (is_set(p.next_at)) visit(timer_kind::escalation, p.next_at);
        if (is_set(p.held_until)) visit(timer_kind::page_bundle, p.held_until);
      }
    }
    for (const escalation_watch& watch : record.part<incident_escalations>()->escalation_watches) {
      if (is_set(watch.due)) visit(timer_kind::escalation, watch.due);
    }
  }
}

inline bool stands(const incident& record, timer_kind kind, instant due) {
  bool found = false;
  each_timer(record, [&](timer_kind k, instant at) { found = found || (k == kind && at == due); });
  return found;
}

// Those of `now` that `before` has not, or fewer of; `before` may be null.
template <class Visit>
void each_new_timer(const incident* before, const incident& now, Visit visit) {
  each_timer(now, [&](timer_kind kind, instant due) {
    if (!before || !stands(*before, kind, due)) visit(kind, due);
  });
}

}  // namespace tocsin::inline v1
