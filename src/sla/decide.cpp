// Agreements on time, where people have a say (S13).
#include <tocsin/sla/commands.hpp>
#include <tocsin/sla/events.hpp>

#include "desk/deciding.hpp"

namespace tocsin::inline v1 {

void deciding::operator()(const excuse_breach& c) {
  const incident& r = record_of(c.incident);
  bool has_clock = false;
  bool breached = false;
  if (r.clocks) {
    for (const incident_clock& clock : r.clocks->clocks) {
      if (!(clock.state.policy == c.policy)) continue;
      has_clock = true;
      breached = breached || is_set(clock.state.breached_at);
    }
  }
  const std::string policy = quoted(word_kind::sla_policy, c.policy.index);
  if (!has_clock) {
    against_.add("clock.none", "it has no clock of the policy " + policy);
  } else {
    against_.unless(breached, "clock.not_breached", "its clock of the policy " + policy + " is not breached");
  }
  emit(c.incident, sla_breach_excused{c.policy, c.reason, c.approver ? c.approver : given_.actor});
}

}  // namespace tocsin::inline v1
