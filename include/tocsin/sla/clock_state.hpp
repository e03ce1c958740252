// A clock that runs along with its record: what the fold says, kept up to date fact by fact, with the next instant at
// which it has something to say. It never says anything else than the fold does; a property test holds it to that.
#pragma once

#include <cstdint>
#include <optional>

#include <tocsin/sla/clock.hpp>

namespace tocsin::inline v1 {

// Puts a clock on a record: `c` has its first terms. Thresholds and breaches that are past already are due at once.
clock_state begin_clock(const sla_clock& c, const clock_history& history);

// Takes in a fact that was added to the history. What was due strictly before it has been taken (D2).
void apply(clock_state& state, const clock_fact& fact, const clock_terms& terms, const clock_history& history);

// Takes up the latest of the clock's terms, or takes the history as a whole into account again (S6).
void retarget(clock_state& state, const sla_clock& c, const clock_history& history);

// Other maintenance is agreed for what lies ahead: the deadline, and what it has to say next, come at other instants.
void measure_anew(clock_state& state, const clock_terms& terms, const clock_history& history);

// The next thing to say that is due at `now` or was before; none if there is none.
std::optional<clock_notice> next_notice(const clock_state& state, const clock_terms& terms,
                                        const clock_history& history, instant now);
// It has been said: what comes next is something else.
void say(clock_state& state, const clock_notice& notice, const clock_terms& terms, const clock_history& history);
// Both in one.
std::optional<clock_notice> take_notice(clock_state& state, const clock_terms& terms, const clock_history& history,
                                        instant now);

// What S3 and S4 say of it, without a fold.
duration elapsed_at(const clock_state& state, const clock_terms& terms, const clock_history& history, instant now);
bool is_breached(const clock_state& state, const clock_terms& terms, const clock_history& history, instant now);
instant deadline_of(const clock_state& state);

}  // namespace tocsin::inline v1
