// What each fact does to a clock, whatever its target: the one place where that is decided.
#pragma once

#include <cstdint>

#include <tocsin/sla/clock.hpp>

namespace tocsin::inline v1::detail {

enum class clock_phase : std::uint8_t { waiting, active, met, stopped, cancelled };

constexpr bool has_ended(clock_phase phase) { return phase >= clock_phase::met; }

struct clock_flow {
  hold_reason_ref hold;  // of the record
  std::uint16_t cycle = 0;
  clock_phase phase = clock_phase::waiting;
  clock_end cause = clock_end::unset;
  bool resolved = false;
  bool over = false;       // the record is closed or cancelled
  bool answered = false;   // a response was given
  bool own_stop = false;   // the clock's own stop came, in this cycle
  bool mine = false;       // the holder has the record
  bool condition = false;  // paused by the policy's own condition
  bool withdrawn = false;  // for good
  bool excused = false;
};

// What a fact came to. `resumed`: ended before, running again, and the time between is free; `counted`: the same, but
// the time between counts; `renewed`: a new cycle begins.
enum class flow_step : std::uint8_t { same, begun, ended, resumed, counted, renewed };

struct flow_basis {
  const clock_rules& rules;
  std::uint32_t holder = 0;
};

flow_step open(clock_flow& flow, const flow_basis& basis);
flow_step apply(clock_flow& flow, const clock_fact& fact, const flow_basis& basis);

// In a new cycle from now on.
void renew(clock_flow& flow);

inline bool is_paused(const clock_flow& flow, const clock_rules& rules) {
  return flow.condition || (flow.hold && pauses_on(rules, flow.hold));
}

clock_state_kind state_of(const clock_flow& flow, const clock_rules& rules);

}  // namespace tocsin::inline v1::detail
