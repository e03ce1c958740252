// What would happen: a policy, an incident that opens at an instant, and assumed reactions, run to an end without a desk.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/escalation/run.hpp>
#include <tocsin/model/choice.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t reactions_max = 10'000;
inline constexpr std::size_t host_absences_max = 1'000;
inline constexpr std::size_t simulated_events_max = 10'000;
}  // namespace limits

// What a policy's conditions and targets may ask about an incident that is only assumed.
struct simulated_incident {
  std::string title;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::priority priority = priority::unset;
  tocsin::severity severity = severity::unset;
  tocsin::channel channel = channel::unset;
  std::string category;
  std::string service;
  std::string team;
  std::string caller;
  std::string assignee;
  instant opened_at = no_instant;

  static std::span<const field_row> fields();
};

// The paths of conditions in such a simulation: the incident's fields, and "run." with those of escalation_facts.
const condition_schema& simulation_schema();

struct simulated_reaction {
  run_action action;
  instant at;
};

// The host does nothing from `from` on, and takes the run up again at `until`.
struct host_absence {
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
};

// A version of the policy, in force from an instant on until the next is.
struct dated_graph {
  instant from = no_instant;
  const escalation_graph* graph = nullptr;
};

struct simulation {
  std::span<const dated_graph> versions;  // in order
  instant opened_at;
  instant until;                                  // the last instant that is looked at
  std::span<const simulated_reaction> reactions;  // those of one instant in this order
  std::span<const host_absence> host_away;
  std::size_t most = limits::simulated_events_max;
};

// What the run said, or a reaction that it refused.
struct simulated_event {
  run_output output;
  std::optional<error> refusal;
  run_action action;  // that was refused
};

struct simulation_result {
  std::vector<simulated_event> events;
  escalation_run run;
  bool more = false;  // it went on, but there were too many events
};

// Errors: "simulation.host_is_away" for a reaction while it is, "simulation.no_policy" if no version is in force when
// the incident opens, "simulation.before_opening", and those of runs.
simulation_result simulate(const simulation& what, const oncall_source& duty);

}  // namespace tocsin::inline v1
