// The fold: a record's history laid out as spans, and the terms of a clock held against them, one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "clock_flow.hpp"
#include "clock_measure.hpp"

namespace tocsin::inline v1::detail {

// A time during which nothing changed for the clock.
struct flow_span {
  instant from;
  instant to;
  clock_flow flow;
  std::uint32_t terms = 0;          // whose calendar counts
  instant counted_at = no_instant;  // of time resolved: the reopening that made it count
};

class clock_fold {
 public:
  // What the latest terms make due at once may be left open, for a clock that is to say it yet.
  enum class latest_terms : std::uint8_t { speak, are_silent };

  clock_fold(const sla_clock& c, const clock_history& history, instant as_of, latest_terms = latest_terms::speak);

  // Everything due up to as_of has been reported.
  void finish();

  clock_reading reading() const;
  const std::vector<clock_reading>& cycles() const { return cycles_; }  // those that are over
  const std::vector<clock_notice>& notices() const { return notices_; }

  bool attached() const { return attached_; }
  const std::vector<flow_span>& spans() const { return spans_; }
  const clock_flow& flow() const { return flow_; }
  const clock_terms& terms() const { return clock_.terms[terms_]; }
  const clock_terms& terms_of(const flow_span& span) const { return clock_.terms[span.terms]; }
  const clock_history& history() const { return history_; }
  std::uint32_t holder() const { return clock_.holder; }
  instant as_of() const { return as_of_; }
  instant started() const { return started_; }
  instant changed() const { return changed_; }
  bool was_said(std::uint32_t threshold) const;

  // Of the current cycle, by the terms in force.
  bool counts(const flow_span& span) const;
  duration elapsed() const;
  instant deadline() const;  // as S4 has it, but also while paused or ended: when it was reached, or no_instant
  bool breached() const;
  counted_time counting(const flow_span& span) const;

 private:
  struct said {
    std::uint32_t version;
    clock_target target;
    threshold_passed passed;
  };

  enum class epoch_end : std::uint8_t { changed, ended, found_ended, looked_at };

  void lay_to(instant to);
  void take_up(instant until, std::uint32_t facts);
  void adopt(std::uint32_t terms, instant at);
  void attach_anew();
  void take(const clock_fact& fact);
  void go_on(instant at, bool counted);
  void renew_at(instant at, const clock_flow& next);
  void begin_cycle(instant at);
  void break_off(instant at);
  void close_epoch(epoch_end why);
  void say(const clock_point& point, instant at);
  void check_lifted(instant at);
  bool in_cycle(const flow_span& span) const { return span.flow.cycle == flow_.cycle; }

  instant reached(std::int64_t amount) const;
  instant reached_instant(const clock_point& point) const;
  instant reach(const clock_point& point) const;
  flow_basis basis() const { return {.rules = *terms().rules, .holder = clock_.holder}; }

  const sla_clock& clock_;
  const clock_history& history_;
  instant as_of_;
  latest_terms latest_;

  clock_flow flow_;
  std::uint32_t terms_ = 0;
  std::uint32_t next_terms_ = 0;
  std::optional<std::uint32_t> deferred_;  // taken up when an ended clock runs again
  bool attached_ = false;
  instant cursor_ = no_instant;   // laid out up to here
  instant changed_ = no_instant;  // the last fact or change of terms
  instant epoch_ = no_instant;    // since when these terms hold, or the clock runs again
  instant started_ = no_instant;  // of the cycle
  instant ended_ = no_instant;
  instant due_ = never;  // of instant targets
  instant breached_at_ = no_instant;
  instant lifted_at_ = no_instant;
  std::vector<flow_span> spans_;
  std::vector<said> said_;  // of this cycle
  std::vector<clock_reading> cycles_;
  std::vector<clock_notice> notices_;
};

}  // namespace tocsin::inline v1::detail
