// A threshold or a deadline of a clock has come.
#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>

#include "desk/react.hpp"

namespace tocsin::inline v1 {

void timers(const incident_clocks& all, const incident& record, timer_visitor visit) {
  if (is_final(record.state_kind)) return;
  for (const incident_clock& c : all.clocks) {
    if (is_set(c.state.next_due)) visit(timer_kind::sla, c.state.next_due);
  }
}

void look_at_clocks(deciding& d, const incident& record, const timer&) { react_by_sla(record, d.given, d.events); }

}  // namespace tocsin::inline v1
