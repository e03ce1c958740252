#include <tocsin/sla/clock_state.hpp>

#include "clock_fold.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

using detail::clock_flow;
using detail::clock_phase;
using detail::clock_point;
using detail::counted_by;
using detail::flow_step;
using detail::points_of;

clock_phase phase_of(clock_state_kind state) {
  switch (state) {
    case clock_state_kind::unset:
      return clock_phase::waiting;
    case clock_state_kind::running:
    case clock_state_kind::paused:
      return clock_phase::active;
    case clock_state_kind::met:
      return clock_phase::met;
    case clock_state_kind::stopped:
      return clock_phase::stopped;
    case clock_state_kind::cancelled:
      return clock_phase::cancelled;
  }
  return clock_phase::waiting;
}

clock_flow flow_of(const clock_state& s) {
  return {.hold = s.hold,
          .cycle = s.cycle,
          .phase = phase_of(s.state),
          .cause = s.cause,
          .resolved = s.resolved,
          .over = s.over,
          .answered = s.answered,
          .own_stop = s.own_stop,
          .mine = s.mine,
          .condition = s.condition,
          .withdrawn = s.withdrawn,
          .excused = s.excused};
}

void keep_flow(clock_state& s, const clock_flow& flow, const clock_rules& rules) {
  s.hold = flow.hold;
  s.cycle = flow.cycle;
  s.state = detail::state_of(flow, rules);
  s.cause = flow.cause;
  s.resolved = flow.resolved;
  s.over = flow.over;
  s.answered = flow.answered;
  s.own_stop = flow.own_stop;
  s.mine = flow.mine;
  s.condition = flow.condition;
  s.withdrawn = flow.withdrawn;
  s.excused = flow.excused;
}

void keep_terms(clock_state& s, const clock_terms& terms) {
  s.policy = terms.rules->policy;
  s.policy_version = terms.rules->version;
  s.calendar_version = terms.calendar_version;
  s.kind = terms.target.kind;
  s.target = terms.target.value;
}

// Kept as none, for `never` is no instant that a record can hold.
instant kept(instant t) { return t == never ? no_instant : t; }
instant of_kept(instant t) { return is_set(t) ? t : never; }

bool runs(const clock_state& s) { return s.state == clock_state_kind::running; }
bool by_instant(const clock_state& s) { return s.kind != target_kind::duration; }
bool was_said(const clock_state& s, std::uint32_t threshold) { return (s.said >> threshold & 1u) != 0; }

// When an amount of counted time is reached, seen from `since`: never, while paused or ended.
instant reach_amount(const clock_state& s, const clock_terms& terms, const clock_history& history,
                     std::int64_t amount) {
  if (s.counted.us >= amount) return s.since;
  return runs(s) ? counted_by(terms, history).after(s.since, duration{amount} - s.counted) : never;
}

instant reach(const clock_state& s, const clock_terms& terms, const clock_history& history, const clock_point& point) {
  if (!by_instant(s)) return reach_amount(s, terms, history, point.at);
  const bool ended = has_ended(s.state);
  if (ended && point.at > s.since.us) return never;
  return std::max(instant{point.at}, s.since);
}

// An ended clock has nothing more to say than that it was breached.
bool may_say(const clock_state& s, const clock_point& point) {
  if (point.is_breach) return !is_set(s.breached_at);
  return !was_said(s, point.threshold) && !has_ended(s.state);
}

// The first point that is not said yet; points are in the order in which they are reached.
std::optional<clock_point> next_point(const clock_state& s, const clock_terms& terms) {
  if (s.state == clock_state_kind::unset || s.cycle == 0) return {};
  for (const clock_point& point : points_of(terms, s.started, of_kept(s.reached_at))) {
    if (may_say(s, point)) return point;
  }
  return {};
}

void find_next_due(clock_state& s, const clock_terms& terms, const clock_history& history) {
  const std::optional<clock_point> point = next_point(s, terms);
  s.next_due = point ? kept(reach(s, terms, history, *point)) : no_instant;
}

// The deadline, unless it is past already: then it stays where it was.
void find_deadline(clock_state& s, const clock_terms& terms, const clock_history& history) {
  if (by_instant(s) || of_kept(s.reached_at) <= s.since) return;
  s.reached_at = kept(reach_amount(s, terms, history, s.target));
}

void begin_cycle(clock_state& s, const clock_terms& terms, instant at) {
  s.started = s.since = at;
  s.counted = {};
  s.said = 0;
  s.breached_at = no_instant;
  s.reached_at = by_instant(s) ? kept(detail::due_instant(terms, at)) : s.target == 0 ? at : no_instant;
}

// Everything but what was reported.
clock_state state_of(const detail::clock_fold& fold) {
  clock_state s;
  keep_terms(s, fold.terms());
  keep_flow(s, fold.flow(), *fold.terms().rules);
  const clock_reading reading = fold.reading();
  s.holder = fold.holder();
  s.started = reading.started;
  s.since = is_set(reading.ended) ? reading.ended : fold.changed();
  if (!is_set(s.started)) return s;
  if (!by_instant(s)) s.counted = fold.elapsed();
  s.reached_at = kept(fold.deadline());
  for (std::uint32_t i = 0; i < fold.terms().rules->thresholds.size(); ++i) {
    if (fold.was_said(i)) s.said = static_cast<std::uint16_t>(s.said | 1u << i);
  }
  return s;
}

instant latest_change(const sla_clock& c, const clock_history& history) {
  const instant last = history.facts.empty() ? history.opened : history.facts.back().at;
  return std::max(last, c.terms.back().from);
}

// The common case, in which the record has just been opened.
clock_state begin_on_new(const sla_clock& c, const clock_history& history) {
  const clock_terms& terms = c.terms.front();
  clock_state s;
  clock_flow flow;
  const flow_step step = detail::open(flow, {.rules = *terms.rules, .holder = c.holder});
  s.holder = c.holder;
  s.since = std::max(history.opened, terms.from);
  keep_terms(s, terms);
  keep_flow(s, flow, *terms.rules);
  if (step != flow_step::begun) return s;
  begin_cycle(s, terms, history.opened);
  find_deadline(s, terms, history);
  if (terms.from > history.opened) {
    if (!by_instant(s)) s.counted = counted_by(terms, history).between(history.opened, terms.from);
    s.since = terms.from;
  }
  return s;
}

}  // namespace

clock_state begin_clock(const sla_clock& c, const clock_history& history) {
  if (history.facts.empty() && c.terms.size() == 1 && c.terms.front().treatment == change_treatment::recompute) {
    clock_state fresh = begin_on_new(c, history);
    find_next_due(fresh, c.terms.front(), history);
    return fresh;
  }
  const detail::clock_fold fold(c, history, latest_change(c, history), detail::clock_fold::latest_terms::are_silent);
  clock_state s = state_of(fold);
  find_next_due(s, fold.terms(), history);
  if (is_set(s.next_due)) s.next_due = std::max(s.next_due, c.terms.back().from);
  return s;
}

void apply(clock_state& s, const clock_fact& fact, const clock_terms& terms, const clock_history& history) {
  clock_flow flow = flow_of(s);
  const bool counted = runs(s);
  const bool ended = has_ended(s.state);
  const flow_step step = detail::apply(flow, fact, {.rules = *terms.rules, .holder = s.holder});
  const bool late = step == flow_step::counted;
  if ((counted || late) && !by_instant(s)) {
    s.counted = s.counted + counted_by(terms, history).between(s.since, fact.at);
  }
  if (late && !is_set(s.reached_at) && s.counted.us >= s.target && !by_instant(s)) s.reached_at = fact.at;
  keep_flow(s, flow, *terms.rules);
  if (step == flow_step::begun || step == flow_step::renewed) {
    begin_cycle(s, terms, fact.at);
  } else if (!ended || step != flow_step::same) {
    s.since = fact.at;
  }
  find_deadline(s, terms, history);
  find_next_due(s, terms, history);
}

void retarget(clock_state& s, const sla_clock& c, const clock_history& history) {
  const detail::clock_fold fold(c, history, latest_change(c, history), detail::clock_fold::latest_terms::are_silent);
  const clock_state before = s;
  s = state_of(fold);
  s.calendar = before.calendar;
  if (s.cycle == before.cycle) {
    s.breached_at = before.breached_at;
    const bool same_terms =
        s.policy_version == before.policy_version && s.kind == before.kind && s.target == before.target;
    if (same_terms) s.said |= before.said;
  }
  find_next_due(s, fold.terms(), history);
  if (is_set(s.breached_at) && !is_breached(s, fold.terms(), history, s.since)) s.next_due = s.since;
}

void measure_anew(clock_state& s, const clock_terms& terms, const clock_history& history) {
  find_deadline(s, terms, history);
  find_next_due(s, terms, history);
}

duration elapsed_at(const clock_state& s, const clock_terms& terms, const clock_history& history, instant now) {
  if (!runs(s) || now <= s.since || by_instant(s)) return s.counted;
  return s.counted + counted_by(terms, history).between(s.since, now);
}

bool is_breached(const clock_state& s, const clock_terms& terms, const clock_history& history, instant now) {
  if (s.state == clock_state_kind::unset || !is_set(s.started)) return false;
  if (by_instant(s)) return (has_ended(s.state) ? s.since : now) > of_kept(s.reached_at);
  return elapsed_at(s, terms, history, now).us > s.target;
}

instant deadline_of(const clock_state& s) {
  const bool has_one = runs(s) || (s.state == clock_state_kind::paused && by_instant(s));
  return has_one ? of_kept(s.reached_at) : no_instant;
}

std::optional<clock_notice> next_notice(const clock_state& s, const clock_terms& terms, const clock_history& history,
                                        instant now) {
  if (is_set(s.breached_at) && !is_breached(s, terms, history, now)) {
    return clock_notice{.kind = clock_notice_kind::breach_lifted, .threshold = 0, .cycle = s.cycle, .at = s.since};
  }
  if (of_kept(s.next_due) > now) return {};
  const std::optional<clock_point> point = next_point(s, terms);
  if (!point) return {};
  return clock_notice{.kind = point->is_breach ? clock_notice_kind::breach : clock_notice_kind::threshold,
                      .threshold = point->threshold,
                      .cycle = s.cycle,
                      .at = s.next_due};
}

void say(clock_state& s, const clock_notice& notice, const clock_terms& terms, const clock_history& history) {
  switch (notice.kind) {
    case clock_notice_kind::unset:
      return;
    case clock_notice_kind::threshold:
      s.said = static_cast<std::uint16_t>(s.said | 1u << notice.threshold);
      break;
    case clock_notice_kind::breach:
      s.breached_at = notice.at;
      break;
    case clock_notice_kind::breach_lifted:
      s.breached_at = no_instant;
      break;
  }
  find_next_due(s, terms, history);
}

std::optional<clock_notice> take_notice(clock_state& s, const clock_terms& terms, const clock_history& history,
                                        instant now) {
  const std::optional<clock_notice> notice = next_notice(s, terms, history, now);
  if (notice) say(s, *notice, terms, history);
  return notice;
}

}  // namespace tocsin::inline v1
