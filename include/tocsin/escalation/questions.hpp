// Questions about escalations: how the runs of a record stand, what comes next, why nobody was paged, how late a host was
// (R-C21); what a policy would do in the weeks to come, and what would happen to an incident.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tocsin/desk/query_type.hpp>
#include <tocsin/escalation/document.hpp>
#include <tocsin/escalation/simulate.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t simulated_instants_max = 1'000'000;  // at which a fork does something by itself
}  // namespace limits

// The runs of one record: how they stand, what is to come, and all that they said.
struct escalations_query {
  record_ref incident;
  std::uint32_t run = 0;  // 0: all

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// How long after they were due steps were fired, by policy: of all that the journal has between two instants.
struct escalation_latency_query {
  instant from = no_instant;
  instant until = no_instant;  // not included

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What an escalation policy would do, proved over the desk's own schedules and contacts, or refuted by a path and an
// instant (E8, R-C16).
struct check_escalation_query {
  escalation_policy_ref policy;  // as it is published; or
  embedded_json proposed;        // an escalation policy, as it would be
  std::int64_t weeks = 0;        // four where none is given
  instant from = no_instant;     // the desk's clock where none is given
  service_ref service;           // of the incident, for steps that page its owner
  person_ref assignee;           // of the incident, for steps that page the manager

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What would happen on this desk: a fork of it plays an incident that opens at an instant, with assumed reactions. Its own
// definitions, thresholds and triggers are in play; nothing of the desk changes. As `tocsin simulate` has it, where a policy
// need not be named: what its triggers start, starts. Whoever asks logs the incident. Errors: "simulate.in_past" for an
// opening before the desk's clock, "simulate.no_such_priority" where no impact and urgency give that priority, and what the
// desk has against such an incident.
struct simulate_query {
  escalation_policy_ref policy;  // started by hand as the incident opens, if nothing else starts it
  instant opened_at = no_instant;
  instant until = no_instant;  // seven days on where none is given
  simulated_incident incident;
  std::vector<reaction_document> reactions;
  std::vector<host_absence> host_away;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
