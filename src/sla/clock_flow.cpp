#include "clock_flow.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

bool pauses_on(const clock_rules& rules, hold_reason_ref reason) {
  if (rules.pauses == pause_rule::none) return false;
  return rules.pauses != pause_rule::listed ||
         std::ranges::find(rules.pause_reasons, reason) != rules.pause_reasons.end();
}

namespace detail {
namespace {

flow_step begin(clock_flow& flow) {
  flow.phase = clock_phase::active;
  flow.cause = clock_end::unset;
  ++flow.cycle;
  return flow_step::begun;
}

flow_step end(clock_flow& flow, clock_phase as, clock_end cause = clock_end::unset) {
  flow.phase = as;
  flow.cause = cause;
  flow.condition = false;
  return flow_step::ended;
}

// Its own stop: met, in time or late.
flow_step meet(clock_flow& flow) {
  flow.own_stop = true;
  return flow.phase == clock_phase::active ? end(flow, clock_phase::met) : flow_step::same;
}

flow_step start_again(clock_flow& flow, reopen_treatment treatment) {
  if (treatment == reopen_treatment::new_cycle) {
    renew(flow);
    return flow_step::renewed;
  }
  flow.phase = clock_phase::active;
  flow.cause = clock_end::unset;
  flow.own_stop = false;
  return treatment == reopen_treatment::count_all ? flow_step::counted : flow_step::resumed;
}

flow_step respond(clock_flow& flow, const clock_rules& rules) {
  flow.answered = true;
  if (rules.metric == clock_metric::response) return meet(flow);
  const bool starts =
      rules.metric == clock_metric::update && flow.phase == clock_phase::waiting && !flow.resolved && !flow.over;
  return starts ? begin(flow) : flow_step::same;
}

// An update ends one cycle and begins the next.
flow_step update(clock_flow& flow, const clock_rules& rules, visibility audience) {
  const bool heard = audience == rules.audience || audience == visibility::everyone;
  if (rules.metric != clock_metric::update || !heard || flow.phase != clock_phase::active) return flow_step::same;
  renew(flow);
  return flow_step::renewed;
}

flow_step resolve(clock_flow& flow, const clock_rules& rules, bool closed) {
  flow.resolved = true;
  flow.over = flow.over || closed;
  flow.hold = {};
  if (flow.phase != clock_phase::active) return flow_step::same;
  switch (rules.metric) {
    case clock_metric::resolution:
    case clock_metric::assignment:
      return meet(flow);
    case clock_metric::custom:
      return closed ? end(flow, clock_phase::stopped) : flow_step::same;
    case clock_metric::task:
      return flow_step::same;  // a task may be open beyond; closing drops it (L10)
    default:
      return end(flow, clock_phase::stopped);
  }
}

// Is what ended the clock undone by a reopening? An answer that was given stays (S2); conditions speak for themselves.
bool is_undone(const clock_flow& flow, const clock_rules& rules) {
  switch (rules.metric) {
    case clock_metric::resolution:
    case clock_metric::assignment:
      return true;
    case clock_metric::custom:
      return flow.phase == clock_phase::stopped;
    case clock_metric::task:
      return false;  // what became of it stays
    default:
      return !flow.own_stop || rules.on_reopen == reopen_treatment::new_cycle;
  }
}

flow_step reopen(clock_flow& flow, const clock_rules& rules) {
  flow.resolved = flow.over = false;
  flow.hold = {};
  if (flow.withdrawn) return flow_step::same;
  if (flow.cycle == 0) flow.phase = clock_phase::waiting;  // it was cancelled before it had begun
  if (flow.phase == clock_phase::waiting) {
    const bool starts = rules.metric == clock_metric::update ? flow.answered || rules.starts == update_start::opening
                                                             : rules.metric == clock_metric::assignment && flow.mine;
    return starts ? begin(flow) : flow_step::same;
  }
  if (!has_ended(flow.phase) || (rules.metric == clock_metric::assignment && !flow.mine)) return flow_step::same;
  return is_undone(flow, rules) ? start_again(flow, rules.on_reopen) : flow_step::same;
}

flow_step cancel(clock_flow& flow, clock_end cause) {
  flow.over = true;
  flow.hold = {};
  return has_ended(flow.phase) ? flow_step::same : end(flow, clock_phase::cancelled, cause);
}

flow_step assign(clock_flow& flow, const clock_fact& fact, const flow_basis& basis) {
  if (basis.rules.metric != clock_metric::assignment) return flow_step::same;
  const bool had = flow.mine;
  flow.mine = (basis.rules.holder == clock_holder::assignee ? fact.person.index : fact.team.index) == basis.holder;
  if (had == flow.mine || flow.withdrawn || flow.resolved || flow.over) return flow_step::same;
  if (!flow.mine) return meet(flow);
  if (flow.phase == clock_phase::waiting) return begin(flow);
  if (!has_ended(flow.phase)) return flow_step::same;
  const bool anew = basis.rules.comes_back == return_treatment::anew;
  return start_again(flow, anew ? reopen_treatment::new_cycle : reopen_treatment::go_on);
}

// Cancel goes before stop, stop before pause, pause before start.
flow_step judge(clock_flow& flow, condition_truths now, const clock_rules& rules) {
  if (rules.metric != clock_metric::custom || flow.withdrawn || flow.over) return flow_step::same;
  if (flow.phase == clock_phase::active) {
    if (now.cancel) return end(flow, clock_phase::cancelled, clock_end::no_longer_matching);
    if (now.stop) return meet(flow);
    flow.condition = now.pause;
    return flow_step::same;
  }
  if (now.cancel || now.stop || !now.start) return flow_step::same;
  flow.condition = now.pause;
  return flow.phase == clock_phase::waiting ? begin(flow) : start_again(flow, rules.on_reopen);
}

flow_step follow_task(clock_flow& flow, const clock_fact& fact, const flow_basis& basis) {
  if (basis.rules.metric != clock_metric::task || fact.task != basis.holder || flow.withdrawn) return flow_step::same;
  if (fact.kind == clock_fact_kind::task_added) {
    return flow.phase == clock_phase::waiting ? begin(flow) : flow_step::same;
  }
  if (flow.phase != clock_phase::active) return flow_step::same;
  return fact.kind == clock_fact_kind::task_completed ? meet(flow)
                                                      : end(flow, clock_phase::cancelled, clock_end::task_dropped);
}

flow_step withdraw(clock_flow& flow, clock_end cause) {
  flow.withdrawn = true;
  return has_ended(flow.phase) ? flow_step::same : end(flow, clock_phase::cancelled, cause);
}

}  // namespace

void renew(clock_flow& flow) {
  flow.phase = clock_phase::active;
  flow.cause = clock_end::unset;
  flow.own_stop = false;
  flow.excused = false;
  ++flow.cycle;
}

flow_step open(clock_flow& flow, const flow_basis& basis) {
  switch (basis.rules.metric) {
    case clock_metric::response:
    case clock_metric::resolution:
    case clock_metric::acknowledgement:
      return begin(flow);
    case clock_metric::update:
      return basis.rules.starts == update_start::opening ? begin(flow) : flow_step::same;
    default:
      return flow_step::same;
  }
}

flow_step apply(clock_flow& flow, const clock_fact& fact, const flow_basis& basis) {
  const clock_rules& rules = basis.rules;
  const bool of_this_policy = fact.policy == rules.policy;
  switch (fact.kind) {
    case clock_fact_kind::unset:
      return flow_step::same;
    case clock_fact_kind::responded:
    case clock_fact_kind::work_begun:
      return respond(flow, rules);
    case clock_fact_kind::acknowledged:
      return rules.metric == clock_metric::acknowledgement ? meet(flow) : flow_step::same;
    case clock_fact_kind::updated:
      return update(flow, rules, fact.audience);
    case clock_fact_kind::held:
      flow.hold = fact.reason;
      return flow_step::same;
    case clock_fact_kind::resumed:
      flow.hold = {};
      return flow_step::same;
    case clock_fact_kind::resolved:
    case clock_fact_kind::closed:
      return resolve(flow, rules, fact.kind == clock_fact_kind::closed);
    case clock_fact_kind::reopened:
      return reopen(flow, rules);
    case clock_fact_kind::cancelled:
      return cancel(flow, fact.cause);
    case clock_fact_kind::assigned:
      return assign(flow, fact, basis);
    case clock_fact_kind::conditions:
      return of_this_policy ? judge(flow, truths_of(fact.truths), rules) : flow_step::same;
    case clock_fact_kind::withdrawn:
      return of_this_policy ? withdraw(flow, fact.cause) : flow_step::same;
    case clock_fact_kind::excused:
      if (of_this_policy) flow.excused = true;
      return flow_step::same;
    case clock_fact_kind::task_added:
    case clock_fact_kind::task_completed:
    case clock_fact_kind::task_dropped:
      return follow_task(flow, fact, basis);
  }
  return flow_step::same;
}

clock_state_kind state_of(const clock_flow& flow, const clock_rules& rules) {
  switch (flow.phase) {
    case clock_phase::waiting:
      return clock_state_kind::unset;
    case clock_phase::active:
      return is_paused(flow, rules) ? clock_state_kind::paused : clock_state_kind::running;
    case clock_phase::met:
      return clock_state_kind::met;
    case clock_phase::stopped:
      return clock_state_kind::stopped;
    case clock_phase::cancelled:
      return clock_state_kind::cancelled;
  }
  return clock_state_kind::unset;
}

}  // namespace detail
}  // namespace tocsin::inline v1
