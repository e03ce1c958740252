// Agreements on time, where people have a say (S13).
#include "decide.hpp"

#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/commands.hpp>
#include <tocsin/sla/events.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

void decide(const excuse_breach& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  bool has_clock = false;
  bool breached = false;
  if (const auto* all = r.part<incident_clocks>()) {
    for (const incident_clock& clock : all->clocks) {
      if (!(clock.state.policy == c.policy)) continue;
      has_clock = true;
      breached = breached || is_set(clock.state.breached_at);
    }
  }
  const std::string policy = d.quoted(word_kind::sla_policy, c.policy.index);
  if (!has_clock) {
    d.against.add("clock.none", "it has no clock of the policy " + policy);
  } else {
    d.against.unless(breached, "clock.not_breached", "its clock of the policy " + policy + " is not breached");
  }
  d.emit(c.incident, sla_breach_excused{c.policy, c.reason, c.approver ? c.approver : d.given.actor});
}

}  // namespace tocsin::inline v1
