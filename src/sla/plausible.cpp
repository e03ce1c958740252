// The command about SLA clocks as somebody might give it.
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/sla/commands.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {

void plausible_excuse(const incident& record, plausible_commands& to) {
  to.none = "none of its clocks is breached";
  for (const incident_clock& clock : record.part_or_empty<incident_clocks>().clocks) {
    if (is_set(clock.state.breached_at)) to.commands.push_back(excuse_breach{{record.id}, clock.state.policy, "x", {}});
  }
}

}  // namespace tocsin::inline v1
