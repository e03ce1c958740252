// What becomes of the incidents of a problem when something becomes of the problem: a table, in which none is left
// waiting for what will not come (P5).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <tocsin/model/choice.hpp>

namespace tocsin::inline v1 {

// What became of the problem. A workaround leaves it open; the others end it.
enum class problem_outcome : std::uint8_t { unset, workaround, fixed, risk_accepted, duplicate, cancelled };
std::span<const std::string_view> choices(problem_outcome);

constexpr bool ends_problem(problem_outcome outcome) { return outcome > problem_outcome::workaround; }

// How an incident stands to it.
enum class problem_incident : std::uint8_t {
  unset,
  awaiting,  // on hold, and it is this problem that it awaits
  open,      // anything else that is not resolved, another hold included
  over       // resolved, closed or cancelled
};
std::span<const std::string_view> choices(problem_incident);

problem_incident standing_of(state_kind state, bool awaits_problem);

// What then becomes of the incident.
enum class incident_consequence : std::uint8_t {
  unset,
  nothing,
  note,     // those who work on it are told
  resolve,  // with the problem's notes
  decide,   // whoever acts says of each whether it is resolved or goes on; until then the problem does not move
  follow,   // it awaits the problem that this one is a duplicate of
  resume    // its hold ends
};
std::span<const std::string_view> choices(incident_consequence);

// Total: there is a row for each outcome and each way to stand.
incident_consequence consequence_of(problem_outcome outcome, problem_incident incident);

}  // namespace tocsin::inline v1
