// The events of SLA clocks. Their fields stand in src/sla/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/clock.hpp>
#include <tocsin/sla/sla_policy.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What a clock was given: one of `target`, `due` and `business_days`.
struct granted_terms {
  sla_policy_ref policy;
  std::uint32_t policy_version = 0;
  business_calendar_ref calendar;  // none: 24x7
  std::uint32_t calendar_version = 0;
  optional_duration target;
  instant due = no_instant;
  optional_integer business_days;
  change_treatment treatment = change_treatment::unset;
  contract_ref contract;  // that brings the policy; none: it holds without one

  static std::span<const field_row> fields();
};

// What clocks may need of the record's history is kept from now on.
struct clock_history_begun {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct clock_attached {
  std::uint32_t clock = 0;  // its number on the record, from 1
  granted_terms terms;
  team_ref team;  // whose time it measures, of an assignment clock
  person_ref assignee;
  bool since_opening = false;  // of an imported history: what is past is not said (D11)
  std::uint32_t task = 0;      // number of the task, of a task clock

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// What changed in mid-flight (S6). `date_field`: the date that the target is read from; `target_condition`: what else the
// targets' conditions read.
enum class clock_change : std::uint8_t {
  unset,
  priority,
  contract,
  service,
  calendar,
  policy_version,
  date_field,
  target_condition
};
std::span<const std::string_view> choices(clock_change);

struct clock_retargeted {
  std::uint32_t clock = 0;
  granted_terms terms;
  clock_change cause = clock_change::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A clock runs, pauses, ends, or begins a cycle.
struct clock_changed {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  clock_state_kind state = clock_state_kind::unset;
  std::uint32_t cycle = 0;
  instant deadline = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The clocks of a policy are cancelled for good.
struct clock_withdrawn {
  sla_policy_ref policy;
  clock_end cause = clock_end::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A policy's own conditions came out otherwise than before.
struct clock_judged {
  sla_policy_ref policy;
  bool start = false;
  bool pause = false;
  bool stop = false;
  bool cancel = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_threshold_reached {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  std::uint32_t cycle = 0;
  std::uint32_t threshold = 0;  // its place in the policy, from 0
  std::string name;
  instant reached_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_breached {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  std::uint32_t cycle = 0;
  instant breached_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_breach_lifted {
  std::uint32_t clock = 0;
  sla_policy_ref policy;
  std::uint32_t cycle = 0;
  instant lifted_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct sla_breach_excused {
  sla_policy_ref policy;
  std::string reason;
  person_ref approver;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A policy covers the record, but none of its sources has a calendar: there is no clock (S2).
struct clock_without_calendar {
  sla_policy_ref policy;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Do what the policy says on the way: tell people, start an escalation.
struct sla_notice {
  static constexpr bool effect = true;
  sla_policy_ref policy;
  clock_notice_kind notice = clock_notice_kind::unset;
  std::string threshold;
  instant reached_at = no_instant;
  instant deadline = no_instant;
  std::vector<std::string> notify;
  std::string escalate;
  team_ref team;
  person_ref assignee;
  std::uint32_t task = 0;  // number of the task, of a task clock

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Maintenance of its service that is agreed from then on, in place of what was; what is past by then stays (S13).
struct maintenance_agreed {
  instant from = no_instant;
  std::vector<time_span> maintenance;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
