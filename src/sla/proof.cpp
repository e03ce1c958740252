#include <tocsin/base/error.hpp>
#include <tocsin/sla/proof.hpp>

#include "clock_fold.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

using detail::clock_fold;
using detail::clock_phase;
using detail::flow_span;

// Cuts spans where their cause changes, and joins what touches and has one cause.
class interval_list {
 public:
  explicit interval_list(const clock_fold& fold) : fold_(fold) {}

  void add_span(const flow_span& span) {
    calendar_version_ = fold_.terms_of(span).calendar_version;
    const proof_cause cause = cause_of(span);
    const hold_reason_ref hold = cause == proof_cause::hold ? span.flow.hold : hold_reason_ref{};
    const bool cut = cause == proof_cause::counted || cause == proof_cause::hold || cause == proof_cause::condition;
    if (!cut) return add({.from = span.from, .until = span.to, .cause = cause});
    const business_calendar& calendar = *fold_.terms_of(span).calendar;
    instant at = span.from;
    if (cause == proof_cause::counted) {
      for (const time_span& excluded : fold_.counting(span).excluded) {
        const instant begin = std::clamp(excluded.from, at, span.to);
        const instant end = std::clamp(excluded.until, at, span.to);
        add_open(calendar, at, begin, cause, hold);
        add_open(calendar, begin, end, proof_cause::maintenance, hold);
        at = end;
      }
    }
    add_open(calendar, at, span.to, cause, hold);
  }

  std::vector<proof_interval> take() { return std::move(intervals_); }

 private:
  proof_cause cause_of(const flow_span& span) const {
    const clock_phase phase = span.flow.phase;
    if (phase == clock_phase::waiting || span.flow.cycle == 0) return proof_cause::not_started;
    if (span.flow.cycle != fold_.flow().cycle) return proof_cause::earlier_cycle;
    if (fold_.counts(span)) return proof_cause::counted;
    if (phase == clock_phase::active) return span.flow.condition ? proof_cause::condition : proof_cause::hold;
    if (span.flow.resolved) return proof_cause::resolved;
    const bool comes_and_goes = fold_.terms().rules->metric == clock_metric::assignment;
    return comes_and_goes && !span.flow.mine ? proof_cause::elsewhere : proof_cause::ended;
  }

  // Of a time that has a cause while the calendar is open.
  void add_open(const business_calendar& calendar, instant from, instant to, proof_cause cause, hold_reason_ref hold) {
    if (from >= to) return;
    instant at = from;
    for (const open_interval& open : calendar.explain(from, to, limits::proof_intervals_max)) {
      add({.from = at, .until = open.start, .cause = proof_cause::outside_hours});
      add({.from = open.start, .until = open.end, .cause = cause, .hold = hold});
      at = open.end;
    }
    add({.from = at, .until = to, .cause = proof_cause::outside_hours});
  }

  void add(proof_interval next) {
    if (next.from >= next.until) return;
    next.calendar_version = calendar_version_;
    if (!intervals_.empty()) {
      proof_interval& last = intervals_.back();
      if (last.cause == next.cause && last.hold == next.hold && last.calendar_version == next.calendar_version) {
        last.until = next.until;
        return;
      }
    }
    if (intervals_.size() == limits::proof_intervals_max) {
      throw error(status::resource_exhausted, "proof.too_long",
                  "a proof has at most " + std::to_string(limits::proof_intervals_max) + " intervals");
    }
    intervals_.push_back(next);
  }

  const clock_fold& fold_;
  std::uint32_t calendar_version_ = 0;
  std::vector<proof_interval> intervals_;
};

}  // namespace

std::span<const std::string_view> choices(proof_cause) {
  static constexpr std::string_view all[] = {"counted",     "outside_hours", "hold",      "condition",     "resolved",
                                             "maintenance", "not_started",   "elsewhere", "earlier_cycle", "ended"};
  return all;
}

std::span<const std::string_view> choices(clock_outcome) {
  static constexpr std::string_view all[] = {"in_time", "late"};
  return all;
}

std::span<const field_row> proof_interval::fields() {
  static constexpr field_row rows[] = {
      row<&proof_interval::from>("from", "Beginning", always),
      row<&proof_interval::until>("until", "End, not included", always),
      row<&proof_interval::cause>("cause", "Whether it counted, or why not", always),
      row<&proof_interval::hold>("hold", "Reason of the hold"),
      row<&proof_interval::calendar_version>("calendar_version", "Version of the calendar that told open from closed"),
  };
  return rows;
}

std::span<const field_row> threshold_verdict::fields() {
  static constexpr field_row rows[] = {
      row<&threshold_verdict::name>("name", "Its name; of one without, what it is"),
      row<&threshold_verdict::threshold>("threshold", "Its place in the policy, from 0", always),
      row<&threshold_verdict::at>("at", "When it was passed", always),
  };
  return rows;
}

std::span<const field_row> clock_verdict::fields() {
  static constexpr field_row rows[] = {
      row<&clock_verdict::policy>("policy", "Policy"),
      row<&clock_verdict::policy_version>("policy_version", "Version of the policy"),
      row<&clock_verdict::metric>("metric", "What it measures"),
      row<&clock_verdict::state>("state", "State; none: not started"),
      row<&clock_verdict::outcome>("outcome", "Whether one that was met or stopped was in time"),
      row<&clock_verdict::cycle>("cycle", "Cycle, from 1"),
      row<&clock_verdict::started>("started", "When the cycle began"),
      row<&clock_verdict::ended>("ended", "When it ended"),
      row<&clock_verdict::cause>("cause", "Why it was cancelled"),
      row<&clock_verdict::hold>("hold", "Why it is paused"),
      row<&clock_verdict::target>("target", "Open time granted"),
      row<&clock_verdict::elapsed>("elapsed", "Open time counted"),
      row<&clock_verdict::remaining>("remaining", "Target less elapsed; negative once breached"),
      row<&clock_verdict::deadline>("deadline", "When the target is reached, if nothing else happens"),
      row<&clock_verdict::never_due>("never_due", "It runs, but its target cannot be reached"),
      row<&clock_verdict::breached>("breached", "A clock was breached: more time elapsed than the target allows",
                                    always),
      row<&clock_verdict::breached_at>("breached_at", "Since when the breach stands"),
      row<&clock_verdict::lifted_at>("lifted_at", "When a breach was lifted last"),
      row<&clock_verdict::excused>("excused", "The breach is excused"),
      row<&clock_verdict::thresholds>("thresholds", "Thresholds passed"),
      row<&clock_verdict::calendar>("calendar", "Key of the calendar"),
      row<&clock_verdict::calendar_version>("calendar_version", "Version of the calendar"),
      row<&clock_verdict::zone_data_version>("zone_data_version", "Version of the time zone data"),
      row<&clock_verdict::team>("team", "Team whose time it measures"),
      row<&clock_verdict::assignee>("assignee", "Person whose time it measures"),
      row<&clock_verdict::task>("task", "Number of the task that it measures"),
      row<&clock_verdict::contract>("contract", "Contract that brings the policy"),
  };
  return rows;
}

std::span<const field_row> clock_proof::fields() {
  static constexpr field_row rows[] = {
      row<&clock_proof::verdict>("verdict", "What the clock shows", always),
      row<&clock_proof::intervals>("intervals", "The time from the opening, piece by piece", always),
  };
  return rows;
}

namespace {

void name_holder(const sla_clock& c, const clock_rules& rules, clock_verdict& v) {
  if (rules.metric == clock_metric::task) v.task = c.holder;
  if (rules.metric != clock_metric::assignment) return;
  if (rules.holder == clock_holder::assignee) {
    v.assignee = {c.holder};
  } else {
    v.team = {c.holder};
  }
}

clock_outcome outcome_of(const clock_reading& reading) {
  const bool is_judged = reading.state == clock_state_kind::met || reading.state == clock_state_kind::stopped;
  if (!is_judged) return clock_outcome::unset;
  return reading.breached ? clock_outcome::late : clock_outcome::in_time;
}

std::string threshold_name(const clock_rules& rules, std::uint32_t threshold) {
  return threshold < rules.threshold_names.size() ? rules.threshold_names[threshold] : std::string();
}

}  // namespace

clock_verdict verdict_of(const sla_clock& c, const clock_reading& reading) {
  const clock_terms& terms = c.terms.at(reading.terms);
  clock_verdict v{.policy = terms.rules->policy,
                  .policy_version = terms.rules->version,
                  .metric = terms.rules->metric,
                  .state = reading.state,
                  .cycle = reading.cycle,
                  .started = reading.started,
                  .ended = reading.ended,
                  .cause = reading.cause,
                  .hold = reading.hold,
                  .target = {},
                  .elapsed = {},
                  .remaining = {},
                  .deadline = reading.deadline == never ? no_instant : reading.deadline,
                  .never_due = reading.deadline == never,
                  .breached = reading.breached,
                  .breached_at = reading.breached_at,
                  .lifted_at = reading.lifted_at,
                  .excused = reading.excused,
                  .thresholds = {},
                  .calendar = terms.calendar->definition().key,
                  .calendar_version = terms.calendar_version,
                  .zone_data_version = std::string(terms.calendar->zone_data_version()),
                  .team = {},
                  .assignee = {},
                  .task = {},
                  .contract = terms.contract,
                  .outcome = outcome_of(reading)};
  name_holder(c, *terms.rules, v);
  if (reading.target.kind == target_kind::duration) {
    v.target = {reading.target.value};
    v.elapsed = {reading.elapsed.us};
    v.remaining = {is_set(reading.started) ? reading.remaining.us : reading.target.value};
  }
  for (const threshold_passed& passed : reading.thresholds) {
    v.thresholds.push_back({passed.threshold, passed.at, threshold_name(*terms.rules, passed.threshold)});
  }
  return v;
}

clock_proof prove(const sla_clock& c, const clock_history& history, instant as_of) {
  clock_fold fold(c, history, as_of);
  fold.finish();
  interval_list intervals(fold);
  for (const flow_span& span : fold.spans()) intervals.add_span(span);
  return {.verdict = verdict_of(c, fold.reading()), .intervals = intervals.take()};
}

}  // namespace tocsin::inline v1
