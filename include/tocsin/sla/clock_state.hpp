// A clock that runs along with its record: what the fold says, kept up to date fact by fact, with the next instant at
// which it has something to say. It never says anything else than the fold does; a property test holds it to that.
#pragma once

#include <cstdint>
#include <optional>

#include <tocsin/sla/clock.hpp>

namespace tocsin::inline v1 {

// A small value; copied with its record.
struct clock_state {
  instant started = no_instant;      // of the cycle
  instant since = no_instant;        // the last change; once ended, the end
  duration counted;                  // counted time of the cycle up to `since`
  std::int64_t target = 0;           // by its kind: microseconds, or an instant
  instant reached_at = never;        // when elapsed reaches the target, or did; of instants: the instant
  instant next_due = never;          // when it has something to say, if nothing else happens
  instant breached_at = no_instant;  // of the breach that was said and stands
  sla_policy_ref policy;
  std::uint32_t policy_version = 0;
  business_calendar_ref calendar;
  std::uint32_t calendar_version = 0;
  std::uint32_t holder = 0;  // of assignment
  hold_reason_ref hold;      // of the record
  std::uint16_t said = 0;    // thresholds, as bits
  std::uint16_t cycle = 0;
  target_kind kind = target_kind::unset;
  clock_state_kind state = clock_state_kind::unset;
  clock_end cause = clock_end::unset;
  bool resolved : 1 = false;
  bool over : 1 = false;
  bool answered : 1 = false;
  bool own_stop : 1 = false;
  bool mine : 1 = false;
  bool condition : 1 = false;
  bool withdrawn : 1 = false;
  bool excused : 1 = false;

  friend bool operator==(const clock_state&, const clock_state&) = default;
};

static_assert(sizeof(clock_state) <= 96, "three of them stand in every incident");

// Puts a clock on a record: `c` has its first terms. Thresholds and breaches that are past already are due at once.
clock_state begin_clock(const sla_clock& c, const clock_history& history);

// Takes in a fact that was added to the history. What was due strictly before it has been taken (D2).
void apply(clock_state& state, const clock_fact& fact, const clock_terms& terms, const clock_history& history);

// Takes up the latest of the clock's terms, or takes the history as a whole into account again (S6).
void retarget(clock_state& state, const sla_clock& c, const clock_history& history);

// The next thing to say that is due at `now` or was before, taken out of the state; none if there is none.
std::optional<clock_notice> take_notice(clock_state& state, const clock_terms& terms, const clock_history& history,
                                        instant now);

// What S3 and S4 say of it, without a fold.
duration elapsed_at(const clock_state& state, const clock_terms& terms, const clock_history& history, instant now);
bool is_breached(const clock_state& state, const clock_terms& terms, const clock_history& history, instant now);
instant deadline_of(const clock_state& state);

}  // namespace tocsin::inline v1
