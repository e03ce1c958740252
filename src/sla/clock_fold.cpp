#include "clock_fold.hpp"

#include <algorithm>

namespace tocsin::inline v1::detail {

// ---- laying out

clock_fold::clock_fold(const sla_clock& c, const clock_history& history, instant as_of, latest_terms latest)
    : clock_(c), history_(history), as_of_(as_of), latest_(latest) {
  if (c.terms.empty() || as_of < history.opened) return;
  cursor_ = changed_ = history.opened;
  if (open(flow_, basis()) == flow_step::begun) begin_cycle(cursor_);
  std::uint32_t count = 0;
  for (const clock_fact& fact : history.facts) {
    if (fact.at > as_of) break;
    take_up(fact.at, count);
    take(fact);
    ++count;
  }
  take_up(as_of, UINT32_MAX);
  lay_to(as_of);
}

void clock_fold::lay_to(instant to) {
  if (to <= cursor_) return;
  spans_.push_back({.from = cursor_, .to = to, .flow = flow_, .terms = terms_, .counted_at = no_instant});
  cursor_ = to;
}

// Terms of that very instant too, if no more facts had been recorded before them.
void clock_fold::take_up(instant until, std::uint32_t facts) {
  for (; next_terms_ < clock_.terms.size(); ++next_terms_) {
    const clock_terms& next = clock_.terms[next_terms_];
    if (next.from > until || (next.from == until && next.after > facts)) return;
    lay_to(next.from);
    changed_ = cursor_;
    if (attached_ && has_ended(flow_.phase)) {
      deferred_ = next_terms_;  // an ended clock keeps its target and verdict (S6)
    } else {
      adopt(next_terms_, cursor_);
    }
  }
}

void clock_fold::adopt(std::uint32_t terms, instant at) {
  const change_treatment treatment = clock_.terms[terms].treatment;
  const bool anew = treatment == change_treatment::restart || treatment == change_treatment::cancel_and_new;
  if (attached_ && epoch_ < at) close_epoch(epoch_end::changed);
  if (attached_ && anew && flow_.phase == clock_phase::active) break_off(at);
  terms_ = terms;
  epoch_ = at;
  if (treatment == change_treatment::recount) {
    for (flow_span& span : spans_) {
      if (in_cycle(span)) span.terms = terms;
    }
  }
  if (!attached_ && anew) attach_anew();
  attached_ = true;
  if (flow_.phase == clock_phase::waiting) return;
  due_ = due_instant(this->terms(), started_);
  check_lifted(at);
  if (has_ended(flow_.phase)) return close_epoch(epoch_end::found_ended);
  if (latest_ == latest_terms::speak || terms + 1 < clock_.terms.size()) finish();
}

// The first terms say that nothing before them counts.
void clock_fold::attach_anew() {
  if (has_ended(flow_.phase)) return;
  for (flow_span& span : spans_) span.flow.cycle = 0;
  flow_.cycle = 0;
  if (flow_.phase != clock_phase::active) return;
  renew(flow_);
  begin_cycle(cursor_);
}

void clock_fold::take(const clock_fact& fact) {
  const bool of_one_clock = fact.kind == clock_fact_kind::withdrawn || fact.kind == clock_fact_kind::excused;
  if (of_one_clock && !attached_) return;  // an earlier clock of the policy
  lay_to(fact.at);
  changed_ = fact.at;
  clock_flow next = flow_;
  switch (apply(next, fact, basis())) {
    case flow_step::same:
      flow_ = next;
      return;
    case flow_step::begun:
      flow_ = next;
      return begin_cycle(fact.at);
    case flow_step::ended:
      flow_ = next;
      ended_ = fact.at;
      return close_epoch(epoch_end::ended);
    case flow_step::resumed:
      flow_ = next;
      return go_on(fact.at, false);
    case flow_step::counted:
      flow_ = next;
      return go_on(fact.at, true);
    case flow_step::renewed:
      return renew_at(fact.at, next);
  }
}

void clock_fold::go_on(instant at, bool counted) {
  if (counted) {
    for (flow_span& span : spans_) {
      if (in_cycle(span) && span.from >= ended_) span.counted_at = at;
    }
  }
  ended_ = no_instant;
  epoch_ = at;
  if (deferred_) return adopt(*std::exchange(deferred_, {}), at);
  finish();
}

void clock_fold::renew_at(instant at, const clock_flow& next) {
  const bool again = has_ended(flow_.phase);
  if (!again) {
    flow_.phase = clock_phase::met;
    ended_ = at;
    close_epoch(epoch_end::ended);
  }
  if (attached_) cycles_.push_back(reading());
  flow_ = next;
  if (deferred_) terms_ = *std::exchange(deferred_, {});
  begin_cycle(at);
  if (again) finish();
}

void clock_fold::begin_cycle(instant at) {
  started_ = epoch_ = at;
  ended_ = breached_at_ = lifted_at_ = no_instant;
  said_.clear();
  due_ = due_instant(terms(), at);
}

void clock_fold::break_off(instant at) {
  const clock_flow before = flow_;
  flow_.phase = clock_phase::cancelled;
  flow_.cause = clock_end::replaced;
  ended_ = at;
  cycles_.push_back(reading());
  flow_ = before;
  renew(flow_);
  begin_cycle(at);
}

// ---- what is said

void clock_fold::finish() {
  if (!has_ended(flow_.phase)) close_epoch(epoch_end::looked_at);
}

// A command at the very instant of a point comes before it (D2); what a change makes reached is said with the change; and
// a verdict is by elapsed alone.
void clock_fold::close_epoch(epoch_end why) {
  if (!attached_ || flow_.phase == clock_phase::waiting || !is_set(started_)) return;
  for (const clock_point& point : points_of(terms(), started_, due_)) {
    if (why == epoch_end::found_ended && !point.is_breach) continue;
    const instant at = reach(point);
    const bool at_end = why == epoch_end::looked_at || (why != epoch_end::changed && point.is_breach);
    if (at < cursor_ || (at == cursor_ && at_end)) say(point, std::max(at, epoch_));
  }
}

void clock_fold::say(const clock_point& point, instant at) {
  if (point.is_breach) {
    if (is_set(breached_at_)) return;
    breached_at_ = at;
    notices_.push_back({.kind = clock_notice_kind::breach, .threshold = 0, .cycle = flow_.cycle, .at = at});
  } else if (!was_said(point.threshold)) {
    said_.push_back({terms().rules->version, terms().target, {.threshold = point.threshold, .at = at}});
    notices_.push_back(
        {.kind = clock_notice_kind::threshold, .threshold = point.threshold, .cycle = flow_.cycle, .at = at});
  }
}

bool clock_fold::was_said(std::uint32_t threshold) const {
  return std::ranges::any_of(said_, [&](const said& s) {
    return s.passed.threshold == threshold && s.version == terms().rules->version && s.target == terms().target;
  });
}

void clock_fold::check_lifted(instant at) {
  if (!is_set(breached_at_) || breached()) return;
  breached_at_ = no_instant;
  lifted_at_ = at;
  notices_.push_back({.kind = clock_notice_kind::breach_lifted, .threshold = 0, .cycle = flow_.cycle, .at = at});
}

// ---- measuring

bool clock_fold::counts(const flow_span& span) const {
  if (!in_cycle(span)) return false;
  return is_set(span.counted_at) || (span.flow.phase == clock_phase::active && !is_paused(span.flow, *terms().rules));
}

counted_time clock_fold::counting(const flow_span& span) const {
  return {.calendar = *terms_of(span).calendar, .excluded = counted_by(terms(), history_).excluded};
}

duration clock_fold::elapsed() const {
  duration result;
  for (const flow_span& span : spans_) {
    if (counts(span)) result = result + counting(span).between(span.from, span.to);
  }
  return result;
}

// When that much had been counted, or never.
instant clock_fold::reached(std::int64_t amount) const {
  if (amount <= 0) return started_;
  for (const flow_span& span : spans_) {
    if (!counts(span)) continue;
    const std::int64_t here = counting(span).between(span.from, span.to).us;
    if (here >= amount) return is_set(span.counted_at) ? span.counted_at : counting(span).after(span.from, {amount});
    amount -= here;
  }
  return never;
}

// An instant that passes while the clock is ended is reached when it runs again.
instant clock_fold::reached_instant(const clock_point& point) const {
  if (point.at <= started_.us) return started_;
  const instant last_in_time{point.is_breach ? point.at - 1 : point.at};
  bool passed = false;
  for (const flow_span& span : spans_) {
    if (!in_cycle(span) || last_in_time >= span.to) continue;
    const bool active = span.flow.phase == clock_phase::active;
    if (active) return passed ? span.from : instant{point.at};
    passed = true;
  }
  const bool now = flow_.phase == clock_phase::active && (passed || point.at == cursor_.us);
  return now ? cursor_ : never;
}

instant clock_fold::reach(const clock_point& point) const {
  return is_instant(terms().target) ? reached_instant(point) : reached(point.at);
}

instant clock_fold::deadline() const {
  if (is_instant(terms().target)) return due_;
  const instant at = reached(terms().target.value);
  if (at != never) return at;
  if (state_of(flow_, *terms().rules) != clock_state_kind::running) return no_instant;
  return counted_by(terms(), history_).after(cursor_, duration{terms().target.value} - elapsed());
}

bool clock_fold::breached() const {
  if (is_instant(terms().target)) return (is_set(ended_) ? ended_ : cursor_) > due_;
  return elapsed().us > terms().target.value;
}

clock_reading clock_fold::reading() const {
  clock_reading r;
  if (!attached_) return r;
  r.state = state_of(flow_, *terms().rules);
  r.cycle = flow_.cycle;
  r.terms = terms_;
  r.cause = flow_.cause;
  r.target = terms().target;
  r.excused = flow_.excused;
  if (!is_set(started_)) return r;
  r.started = started_;
  r.ended = ended_;
  if (r.state == clock_state_kind::paused && !flow_.condition) r.hold = flow_.hold;
  if (!is_instant(r.target)) {
    r.elapsed = elapsed();
    r.remaining = duration{r.target.value} - r.elapsed;
  }
  const bool has_deadline =
      r.state == clock_state_kind::running || (r.state == clock_state_kind::paused && is_instant(r.target));
  if (has_deadline) r.deadline = deadline();
  r.breached = breached();
  r.breached_at = breached_at_;
  r.lifted_at = lifted_at_;
  for (const said& s : said_) {
    if (s.version == terms().rules->version && s.target == r.target) r.thresholds.push_back(s.passed);
  }
  if (!is_set(ended_)) return r;
  for (const clock_point& point : points_of(terms(), started_, due_)) {
    // Reached at the very instant of the stop: passed, but not reported.
    if (!point.is_breach && !was_said(point.threshold) && reach(point) <= ended_) {
      r.thresholds.push_back({.threshold = point.threshold, .at = ended_});
    }
  }
  return r;
}

}  // namespace tocsin::inline v1::detail
