// The timers that stand for a record: they follow from the record alone, so a reload finds them again (D6).
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

// Calls `visit(kind, due)` for each. A kind may stand several times, at the same instant, too: whoever decides what a
// timer does takes of those that are due the one whose name comes first.
template <class Visit>
void each_timer(const incident& record, Visit visit) {
  if (is_set(record.auto_close_at)) visit(timer_kind::auto_close, record.auto_close_at);
  if (record.details) {
    const incident_details& d = *record.details;
    if (is_set(d.next_move_at)) visit(timer_kind::move, d.next_move_at);
  }
  if (record.clocks && !is_final(record.state_kind)) {
    for (const incident_clock& c : record.clocks->clocks) {
      if (is_set(c.state.next_due)) visit(timer_kind::sla, c.state.next_due);
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
