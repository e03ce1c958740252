// The timers that stand for a record: they follow from the record alone, so a reload finds them again (D6).
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

// Calls `visit(kind, due)` for each. A kind may stand several times, at the same instant, too: whoever decides what a
// timer does takes of those that are due the one whose name comes first.
template <class Visit>
void each_timer(const incident& record, Visit visit) {
  if (is_set(record.auto_close_at)) visit(timer_kind::auto_close, record.auto_close_at);
  const timer_visitor each{&visit,
                           [](void* to, timer_kind kind, instant due) { (*static_cast<Visit*>(to))(kind, due); }};
  record.parts.each([&](std::uint8_t number, const void* part) {
    const part_type* type = find_part_type(number);
    if (type && type->timers) type->timers(part, record, each);
  });
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
