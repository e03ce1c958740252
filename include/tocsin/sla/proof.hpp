// The intervals behind a clock's verdict: each that counted and each that did not, and why (S1). Together they are the
// time from the record's opening to the instant asked about, without gap or overlap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/sla/clock.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t proof_intervals_max = 100'000;  // of one proof
}

enum class proof_cause : std::uint8_t {
  unset,
  counted,
  outside_hours,  // of the calendar
  hold,           // for a reason that pauses this clock
  condition,      // the policy's own condition pauses it
  resolved,       // and free, as the policy has it
  maintenance,    // agreed, and left out by the policy
  not_started,
  elsewhere,      // another team or person had the record
  earlier_cycle,  // belongs to a cycle that is over
  ended           // the clock had ended
};
std::span<const std::string_view> choices(proof_cause);

struct proof_interval {
  instant from = no_instant;
  instant until = no_instant;  // not included
  proof_cause cause = proof_cause::unset;
  hold_reason_ref hold;                // of a hold
  std::uint32_t calendar_version = 0;  // that told open from closed

  static std::span<const field_row> fields();
  friend bool operator==(const proof_interval&, const proof_interval&) = default;
};

// How a clock that has ended by itself, or by the end of its record, did.
enum class clock_outcome : std::uint8_t { unset, in_time, late };
std::span<const std::string_view> choices(clock_outcome);

struct threshold_verdict {
  std::int64_t threshold = 0;  // its place in the policy, from 0
  instant at = no_instant;
  std::string name;  // of one without: what it is, as "75 %"

  static std::span<const field_row> fields();
};

// A reading as documents show it, with the versions that it was computed with (T7).
struct clock_verdict {
  sla_policy_ref policy;
  std::uint32_t policy_version = 0;
  clock_metric metric = clock_metric::unset;
  clock_state_kind state = clock_state_kind::unset;
  std::uint32_t cycle = 0;
  instant started = no_instant;
  instant ended = no_instant;
  clock_end cause = clock_end::unset;
  hold_reason_ref hold;
  optional_duration target;  // of duration targets, and so are elapsed and remaining
  optional_duration elapsed;
  optional_duration remaining;
  instant deadline = no_instant;
  bool never_due = false;  // it runs, but its target cannot be reached
  bool breached = false;
  instant breached_at = no_instant;
  instant lifted_at = no_instant;
  bool excused = false;
  std::vector<threshold_verdict> thresholds;
  std::string calendar;
  std::uint32_t calendar_version = 0;
  std::string zone_data_version;
  team_ref team;                                 // whose time it measures, of assignment
  person_ref assignee;                           // the same
  std::uint32_t task = 0;                        // number of the task
  contract_ref contract;                         // that brings the policy
  clock_outcome outcome = clock_outcome::unset;  // of a clock that was met or stopped

  static std::span<const field_row> fields();
};

clock_verdict verdict_of(const sla_clock& c, const clock_reading& reading);

struct clock_proof {
  clock_verdict verdict;
  std::vector<proof_interval> intervals;

  static std::span<const field_row> fields();
};

// Of the current cycle. An error "proof.too_long" above limits::proof_intervals_max.
clock_proof prove(const sla_clock& c, const clock_history& history, instant as_of);

}  // namespace tocsin::inline v1
