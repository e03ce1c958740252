// An escalation policy: whom to page, how long to wait, and what then; a directed graph as data (E1).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t escalation_nodes_max = 2'000;
inline constexpr std::size_t escalation_steps_max = 500;    // of the shorthand
inline constexpr std::size_t escalation_targets_max = 100;  // of one step
inline constexpr std::int64_t escalation_repeats_max = 1'000;
inline constexpr std::size_t escalation_triggers_max = 50;
inline constexpr std::int64_t escalation_delay_max_us = 366 * day.us;
inline constexpr std::int64_t storm_window_max_us = hour.us;  // so long a page may be held, at most
inline constexpr std::int64_t storm_pages_max = 10'000;       // of one window
}  // namespace limits

// Whom a step means. A key names the person, team, schedule or role; the service whose owner, or the person whose
// manager is meant: without one, the incident's service and its assignee.
enum class escalation_target_kind : std::uint8_t { unset, person, team, schedule, role, service_owner, manager_of };
std::span<const std::string_view> choices(escalation_target_kind);

struct escalation_target {
  escalation_target_kind kind = escalation_target_kind::unset;
  std::string key;

  static std::span<const field_row> fields();
  friend bool operator==(const escalation_target&, const escalation_target&) = default;
};

// Who must acknowledge: anybody; everybody whom the step notified; so many of them (E1).
enum class acknowledgement : std::uint8_t { unset, any, all, some };
std::span<const std::string_view> choices(acknowledgement);

enum class node_kind : std::uint8_t {
  unset,
  notify,
  wait,
  branch,
  assign,
  hand_over,
  raise,
  declare_major,
  run,
  repeat,
  stop
};
std::span<const std::string_view> choices(node_kind);

// A node of the graph. Each kind takes some of the members:
//
// notify         targets, urgency, acknowledgement, needed; its delay runs after it
// raise          the same without targets: the managers of those whom the step before found, else of the assignee
// wait           delay: real time, or open time of the calendar; none with a calendar: until it is open
// branch         condition, calendar: all that is given must hold, the calendar by being open; then `next`, else
//                `otherwise`
// assign         team, level: functional escalation; hand_over: the same, by whom it was with until then
// declare_major  proposes or declares a major incident
// run            automation: what the host is to run
// repeat         back to `to`, at most `times` (-1: for ever), then `next`
// stop           the end of the path: without acknowledgement the run is exhausted
struct escalation_node {
  std::string key;
  node_kind kind = node_kind::unset;
  std::string next;
  std::vector<escalation_target> targets;
  tocsin::urgency urgency = urgency::unset;                          // unset: high
  tocsin::acknowledgement acknowledgement = acknowledgement::unset;  // unset: any
  std::int64_t needed = 0;                                           // of `some`: how many
  duration delay;
  std::string calendar;
  embedded_json condition;
  std::string otherwise;
  std::string team;
  std::int64_t level = 0;  // support level; 0: none is named
  std::string automation;
  std::string to;
  std::int64_t times = 0;
  std::string reason;  // of an assignment, a hand-over or a raise: why

  static std::span<const field_row> fields();
};

// A step of the shorthand: notifies at once, then its delay runs (E2).
struct escalation_step {
  std::vector<escalation_target> targets;
  duration delay;
  tocsin::urgency urgency = urgency::unset;
  tocsin::acknowledgement acknowledgement = acknowledgement::unset;
  std::int64_t needed = 0;

  static std::span<const field_row> fields();
};

// What becomes of a step that finds nobody: the run goes on at once, or waits its delay (E4).
enum class nobody_rule : std::uint8_t { unset, go_on, wait };
std::span<const std::string_view> choices(nobody_rule);

// What becomes of steps that the host was too late for: only the one that is due is notified, or all are (D8).
enum class late_rule : std::uint8_t { unset, skip, replay };
std::span<const std::string_view> choices(late_rule);

// Which version a run goes by: the one it started with, or the latest (E5).
enum class followed_version : std::uint8_t { unset, started, live };
std::span<const std::string_view> choices(followed_version);

// What starts a run by itself on a desk (E7). With a condition, it must hold of the record then.
//
// logged, assigned, prioritised   as soon as that is so; the same priority, team and person only once
// threshold                       an agreement on time reaches the one of that name, or any
// unassigned_for                  nobody has been assigned for `after`, in open time of the calendar if there is one
// not_updated_for                 nobody has touched it for `after`; machines' events do not count
// unresolved_for                  nobody has resolved it for `after` since it was opened, or reopened; acknowledged or not
// by_hand                         never by itself: that somebody may start one, if the condition holds
struct escalation_trigger {
  escalation_cause on = escalation_cause::unset;
  embedded_json condition;
  duration after;
  std::string calendar;
  std::string threshold;

  static std::span<const field_row> fields();
};

// How many pages somebody gets in one window before the rest of them is held, and sent as one at its end (E5). A window
// begins with the first page after the one before. The first of a window, the first about each service in it, and the
// first about each record as urgent as `spared` are never held. On a desk a policy that says nothing of it is published
// with these figures: 5 minutes, 20 pages, 10 about one service, critical.
struct storm_limits {
  duration window;                 // 0: as above
  std::int64_t person_pages = 0;   // to one person; -1: any number
  std::int64_t service_pages = 0;  // to one person about one service, or about none; -1: any number
  priority spared = priority::unset;

  static std::span<const field_row> fields();
  friend bool operator==(const storm_limits&, const storm_limits&) = default;
};

// With what it does not say filled in.
storm_limits settled(storm_limits storms);

constexpr bool is_timed(escalation_cause on) {
  return on == escalation_cause::unassigned_for || on == escalation_cause::not_updated_for ||
         on == escalation_cause::unresolved_for;
}

struct escalation_policy {
  std::string key;
  std::string name;
  std::vector<escalation_step> steps;  // the shorthand; or
  std::vector<escalation_node> nodes;  // the graph
  std::string start;                   // key of a node; none: the first
  std::int64_t repeat = 0;             // of the shorthand: passes after the first; -1: for ever
  nobody_rule nobody = nobody_rule::go_on;
  late_rule late = late_rule::skip;
  followed_version follows = followed_version::started;
  duration acknowledgement_timeout;  // 0: an acknowledgement stands for ever
  duration catch_up = 5 * minute;    // a host later than this is late (D8)
  std::vector<escalation_trigger> triggers;
  storm_limits storms;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// The policy as a graph: steps become `step_1`, `step_2` ..., `repeat` and `stop`. One that is a graph stays as it is.
escalation_policy expanded(const escalation_policy& policy);

// Which members are there that its kind does not take, which are missing, and names that are unknown or used twice: a
// line each, with the path. What the graph does is for lint.hpp.
std::vector<std::string> malformations(const escalation_policy& policy);

}  // namespace tocsin::inline v1
