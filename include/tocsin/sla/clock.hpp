// A clock on a record: a pure fold of what happened to the record, and of the terms that held meanwhile (S1). It needs
// no desk:
//
//   clock_history history{.opened = ...};
//   history.add(clock_fact::held(at, awaiting_caller));
//   clock_reading now = read_clock({.terms = {{.target = four_hours, .rules = &rules, .calendar = &calendar}}}, history, at);
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/sla_policy.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// ---- what a clock goes by

// A threshold as clocks read it: a percentage of the target, or open time from the deadline, negative before it.
struct threshold_mark {
  bool is_percent = true;
  std::int64_t value = 0;  // percent, or microseconds
  friend bool operator==(threshold_mark, threshold_mark) = default;
};

// The part of a policy that clocks read, by numbers.
struct clock_rules {
  sla_policy_ref policy;
  std::uint32_t version = 1;
  clock_metric metric = clock_metric::resolution;
  visibility audience = visibility::requester;  // of update
  clock_holder holder = clock_holder::team;     // of assignment
  pause_rule pauses = pause_rule::all;
  std::vector<hold_reason_ref> pause_reasons;  // for pause_rule::listed
  std::vector<threshold_mark> thresholds;
  reopen_treatment on_reopen = reopen_treatment::go_on;
  return_treatment comes_back = return_treatment::go_on;
  bool excludes_maintenance = false;
  update_start starts = update_start::response;   // of update
  std::vector<std::string> threshold_names = {};  // by their place; for the proof
};

// An error "sla_policy.pause_reason" for a reason that is not among the words, "sla_policy.threshold" for a threshold
// that has not exactly one of percent, before and after.
clock_rules rules_of(const sla_policy& policy, sla_policy_ref number, std::uint32_t version, const lexicon& words);

bool pauses_on(const clock_rules& rules, hold_reason_ref reason);

// What holds for a clock from an instant on. Rules and calendar must outlive the clock.
struct clock_terms {
  instant from = instant_min;  // taken up at; the first: when the clock was put on the record
  std::uint32_t after = 0;     // facts of the history recorded before them; tells what came first at one instant
  change_treatment treatment = change_treatment::recompute;
  clock_target target;
  const clock_rules* rules = nullptr;
  const business_calendar* calendar = nullptr;
  std::uint32_t calendar_version = 0;  // for the proof (T7)
  contract_ref contract;               // for the proof; none: the policy holds without one
};

// One clock of a record: its terms in the order in which they were taken up.
struct sla_clock {
  std::uint32_t holder = 0;  // of assignment: number of the team or person whose time it is; of task: of the task
  std::vector<clock_terms> terms;
};

// ---- what it shows

struct threshold_passed {
  std::uint32_t threshold = 0;  // its place in the policy
  instant at;
  friend bool operator==(const threshold_passed&, const threshold_passed&) = default;
};

struct clock_reading {
  clock_state_kind state = clock_state_kind::unset;
  std::uint32_t cycle = 0;       // from 1
  std::uint32_t terms = 0;       // which of the clock's
  instant started = no_instant;  // of the cycle
  instant ended = no_instant;
  clock_end cause = clock_end::unset;  // why cancelled
  hold_reason_ref hold;                // why paused; none: by the policy's own condition
  clock_target target;
  duration elapsed;                  // of duration targets: elapsed + remaining = target (S3)
  duration remaining;                // the same; negative once breached
  instant deadline = no_instant;     // none while paused or ended, but for instants (S4, S9); `never` if it cannot come
  bool breached = false;             // elapsed > target
  instant breached_at = no_instant;  // of the breach that stands
  instant lifted_at = no_instant;    // when a breach was lifted last (S6)
  bool excused = false;
  std::vector<threshold_passed> thresholds;  // in the order in which they were passed

  friend bool operator==(const clock_reading&, const clock_reading&) = default;
};

// As of an instant, what happened at that very instant included (S1).
clock_reading read_clock(const sla_clock& c, const clock_history& history, instant as_of);
// The same, cycle by cycle: reports choose the first, the last or all (S7). Cycles that a restart broke off are
// cancelled.
std::vector<clock_reading> read_cycles(const sla_clock& c, const clock_history& history, instant as_of);

enum class clock_notice_kind : std::uint8_t { unset, threshold, breach, breach_lifted };
std::span<const std::string_view> choices(clock_notice_kind);

// Something that a clock has to say.
struct clock_notice {
  clock_notice_kind kind = clock_notice_kind::unset;
  std::uint32_t threshold = 0;
  std::uint32_t cycle = 0;
  instant at = no_instant;
  friend bool operator==(const clock_notice&, const clock_notice&) = default;
};

// All that a clock has said up to an instant, in order. Each threshold once for each cycle, policy version and target,
// at the first instant at which it is reached; when a change reaches several, in their order (S8). Breach at the first
// microsecond at which elapsed > target (S4), `breach_lifted` when a change makes that untrue (S6).
std::vector<clock_notice> notices_of(const sla_clock& c, const clock_history& history, instant as_of);

// How much of the current cycle's elapsed time each team and assignee held; sums to the whole (S12).
struct clock_share {
  team_ref team;
  person_ref assignee;
  duration elapsed;
  friend bool operator==(const clock_share&, const clock_share&) = default;
};
std::vector<clock_share> attribute(const sla_clock& c, const clock_history& history, instant as_of);

}  // namespace tocsin::inline v1
