// What would happen on this desk: a fork of it plays an incident that opens at an instant, with assumed reactions. Its own
// definitions, thresholds and triggers are in play; nothing of the desk changes.
#pragma once

#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/escalation/document.hpp>
#include <tocsin/escalation/simulate.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t simulated_instants_max = 1'000'000;  // at which the fork does something by itself
}  // namespace limits

// As `tocsin simulate` has it, where a policy need not be named: what its triggers start, starts.
struct simulate_query {
  escalation_policy_ref policy;  // started by hand as the incident opens, if nothing else starts it
  instant opened_at = no_instant;
  instant until = no_instant;  // seven days on where none is given
  simulated_incident incident;
  std::vector<reaction_document> reactions;
  std::vector<host_absence> host_away;

  static std::span<const field_row> fields();
};

// As that actor would log it. Errors: "simulate.in_past" for an opening before the desk's clock, "simulate.no_such_priority"
// where no impact and urgency give that priority, and what the desk has against such an incident.
void write_simulation(json_writer& to, const desk& d, const simulate_query& query, person_ref actor);

}  // namespace tocsin::inline v1
