// What a drill found: how long the response took, what it lacked, and a score to hold against the last one (M4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/drill/drill_scenario.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t drill_incidents_max = 200;      // that come up in one drill
inline constexpr std::size_t drill_people_max = 1'000;       // that a result lists: those with the most pages
inline constexpr std::size_t drill_gaps_max = 1'000;         // that a result lists: the first ones
inline constexpr std::size_t drill_timeline_max = 1'000;     // that a result lists: the first ones
inline constexpr std::size_t drill_times_max = 200;          // of one incident: the first ones
inline constexpr std::size_t drill_differences_max = 1'000;  // that a comparison lists: the first ones
}  // namespace limits

// When an incident reached something. Of a role, that somebody had it first: "role:communication".
struct drill_time {
  std::string milestone;  // first_page, acknowledged, resolved, role:<role>
  instant at = no_instant;
  duration took;  // since the incident came up

  static std::span<const field_row> fields();
};

struct drill_incident {
  std::string label;           // of the step; "#2": the second incident, which no step labels
  std::string number;          // that it had on the fork
  instant since = no_instant;  // when it came up; of one that was there before, when a step first named it
  std::vector<drill_time> times;
  std::int64_t steps_reached = 0;  // of its escalations: the highest step that notified somebody
  std::int64_t pages = 0;
  std::int64_t updates_missed = 0;      // so often an update was due and was not there
  bool major = false;                   // accepted as a major incident
  std::vector<std::string> open_roles;  // that nobody had in the end, of a major one

  static std::span<const field_row> fields();
};

struct drill_person {
  std::string person;
  std::int64_t pages = 0;
  std::int64_t acknowledged = 0;
  std::int64_t declined = 0;

  static std::span<const field_row> fields();
};

// What the response lacked.
enum class drill_gap_kind : std::uint8_t {
  unset,
  nobody_on_call,     // a step of an escalation found nobody
  never_paged,        // it was escalated, and nobody was paged
  only_unreachable,   // all its pages went to people whom nothing gets to
  exhausted,          // an escalation came to its end, and nobody had acknowledged
  not_acknowledged,   // somebody was paged, and nobody acknowledged until the end
  answered_too_late,  // an answer came when the next step had been taken
  role_unfilled,      // in the end nobody had that role of a major incident
  update_overdue,     // an update was due and was not there
  too_many_pages,     // one person got more than they should
  step_refused        // the desk refused what the scenario does
};
std::span<const std::string_view> choices(drill_gap_kind);

struct drill_gap {
  drill_gap_kind kind = drill_gap_kind::unset;
  std::string incident;     // label; none: of the drill as a whole
  std::string subject;      // node, person, role, audience, command
  instant at = no_instant;  // first
  std::int64_t count = 1;
  std::string detail;

  static std::span<const field_row> fields();
};

struct drill_goal_result {
  drill_measure measure = drill_measure::unset;
  std::string role;
  std::string incident;
  duration within;
  bool met = false;
  std::int64_t points = 0;          // 0 to 100
  std::vector<std::string> missed;  // labels of the incidents that missed it

  static std::span<const field_row> fields();
};

// Something of the timeline: an effect that would have been sent, or what was done.
struct drill_moment {
  instant at = no_instant;
  std::string what;      // name of an event, or of a command that a step gave or a person answered with
  std::string incident;  // label
  std::string person;
  bool effect = false;  // it would have been sent
  std::string refused;  // reason

  static std::span<const field_row> fields();
};

struct drill_result {
  std::string scenario;
  std::int64_t seed = 0;
  instant starts_at = no_instant;
  instant ends_at = no_instant;
  std::int64_t score = 0;  // 0 to 100
  std::int64_t pages = 0;
  std::int64_t effects = 0;  // captured, of the incidents of the drill
  std::vector<drill_incident> incidents;
  std::vector<drill_person> people;
  std::vector<drill_goal_result> goals;
  std::vector<drill_gap> gaps;
  std::int64_t gaps_not_listed = 0;
  std::vector<drill_moment> timeline;
  std::int64_t timeline_not_listed = 0;
  embedded_json compared;  // with an earlier result: a list, see `compare`

  static std::span<const field_row> fields();
};

// What a gap takes from the score.
std::int64_t weight_of(drill_gap_kind kind);

// How far the goal was met, from what was measured of the incidents; each of them that is meant counts the same.
drill_goal_result judge(const drill_goal& goal, std::span<const drill_incident> incidents);

// The mean of the goals' points, 100 where there are none, rounded down, less the weight of each gap; not below 0.
std::int64_t score_of(std::span<const drill_goal_result> goals, std::span<const drill_gap> gaps);

// Null: it was never reached.
const drill_time* find_time(const drill_incident& incident, std::string_view milestone);

// What is another than it was, and what is the same, as a JSON list: {"figure", "incident", "before", "now",
// "difference", "verdict"}; durations as such, what was not reached or not there left out.
std::string compare(const drill_result& before, const drill_result& now);

}  // namespace tocsin::inline v1
