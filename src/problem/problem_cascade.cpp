#include <tocsin/problem/problem_cascade.hpp>

#include <algorithm>
#include <iterator>

namespace tocsin::inline v1 {
namespace {

using then = incident_consequence;

struct cascade_row {
  problem_outcome outcome;
  then awaiting;
  then open;
  then over;
};

constexpr cascade_row cascades[] = {
    {problem_outcome::workaround, then::note, then::note, then::nothing},
    {problem_outcome::fixed, then::resolve, then::note, then::nothing},
    {problem_outcome::risk_accepted, then::decide, then::note, then::nothing},
    {problem_outcome::duplicate, then::follow, then::follow, then::nothing},
    {problem_outcome::cancelled, then::resume, then::note, then::nothing},
};

}  // namespace

std::span<const std::string_view> choices(problem_outcome) {
  static constexpr std::string_view all[] = {"workaround", "fixed", "risk_accepted", "duplicate", "cancelled"};
  return all;
}

std::span<const std::string_view> choices(problem_incident) {
  static constexpr std::string_view all[] = {"awaiting", "open", "over"};
  return all;
}

std::span<const std::string_view> choices(incident_consequence) {
  static constexpr std::string_view all[] = {"nothing", "note", "resolve", "decide", "follow", "resume"};
  return all;
}

problem_incident standing_of(state_kind state, bool awaits_problem) {
  if (!is_open(state)) return problem_incident::over;
  return state == state_kind::on_hold && awaits_problem ? problem_incident::awaiting : problem_incident::open;
}

incident_consequence consequence_of(problem_outcome outcome, problem_incident incident) {
  const auto row = std::ranges::find(cascades, outcome, &cascade_row::outcome);
  if (row == std::end(cascades)) return then::unset;
  switch (incident) {
    case problem_incident::awaiting:
      return row->awaiting;
    case problem_incident::open:
      return row->open;
    case problem_incident::over:
      return row->over;
    default:
      return then::unset;
  }
}

}  // namespace tocsin::inline v1
