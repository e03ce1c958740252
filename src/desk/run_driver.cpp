#include "run_driver.hpp"

#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include <algorithm>
#include <utility>

namespace tocsin::inline v1 {
namespace {

// Beside these, a run may say what the room lets it say at one instant.
constexpr std::size_t events_full = limits::events_per_entry_max / 2;
static_assert(events_full + 3 * limits::escalation_outputs_at_once_max < limits::events_per_entry_max);

escalation_run awake(escalation_run run) {
  if (!is_set(run.due)) run.due = never;
  return run;
}

escalation_run asleep(escalation_run run) {
  if (run.due == never) run.due = no_instant;
  return run;
}

// What is tried for a person, and when: a method by its key, none where nothing is known of any.
struct planned_try {
  instant at;
  std::string method;
};

std::vector<planned_try> tries_for(const desk_state& state, const incident& record, const paged_person& reached) {
  const contact_profile* profile = contact_of(state, reached.person);
  if (!profile) return {{reached.reached_at, {}}};
  std::vector<planned_try> tries;
  const severity gravity = gravity_of(record.severity, record.priority);
  for (const contact_attempt& a : attempts(*profile, reached.urgency, gravity, reached.reached_at, state.zones)) {
    tries.push_back({a.at, profile->methods[a.method].key});
  }
  if (tries.empty()) tries.push_back({reached.reached_at, {}});  // silence is a defect (E4)
  return tries;
}

// One that was published before there were any limits has none.
bool is_limited(const storm_limits& storms) {
  return storms.window.us != 0 && (storms.person_pages >= 0 || storms.service_pages >= 0);
}

bool is_due_then(instant due, instant now) { return is_set(due) && due <= now; }

}  // namespace

bool is_missed(const incident& record, instant due, instant now, const definition_table& known) {
  const auto* const all = record.part<incident_escalations>();
  if (!all || now <= due) return false;
  const auto late_for = [&](escalation_policy_ref ref) {
    const escalation_plan* plan = known.of<escalation_plan>().current(ref.index);
    return plan && plan->policy.late != late_rule::replay && now - due > plan->policy.catch_up;
  };
  for (const record_run& kept : all->escalations) {
    const bool here =
        kept.run.due == due || std::ranges::find(kept.paged, due, &paged_person::next_at) != kept.paged.end();
    if (here && late_for(kept.policy)) return true;
  }
  return std::ranges::any_of(all->escalation_watches,
                             [&](const escalation_watch& w) { return w.due == due && late_for(w.policy); });
}

state_ref state_when_assigned(const definition_table& known, const incident& record) {
  const state_ref to = known.workflow_of(record).target(verb::assign, record.state);
  return to ? to : record.state;
}

run_driver::run_driver(const incident& record, const decision& given, std::vector<event>& events)
    : record_(record), given_(given), now_(given.recorded_at), events_(events), duty_(given.state, record) {
  const auto& before = record.part_or_empty<incident_escalations>();
  runs_ = before.escalations;
  functional_ = before.functional_escalations;
  hierarchical_ = before.hierarchical_escalations;
}

bool run_driver::is_full() const { return events_.size() >= events_full; }

bool run_driver::has(escalation_policy_ref policy, std::string_view cause) const {
  return std::ranges::any_of(runs_, [&](const record_run& r) { return r.policy == policy && r.cause == cause; });
}

// ---- versions (E5)

const escalation_plan& run_driver::plan_of(const record_run& kept) const {
  return *given_.state.definitions.of<escalation_plan>().at(kept.policy.index, kept.run.policy_version);
}

void run_driver::follow(record_run& kept) const {
  const escalation_plan& live = *given_.state.definitions.of<escalation_plan>().current(kept.policy.index);
  if (live.graph.version() == kept.run.policy_version) return;
  if (plan_of(kept).policy.follows != followed_version::live || kept.run.state == run_state::ended) return;
  escalation_run run = awake(kept.run);
  follow_version(run, plan_of(kept).graph, live.graph);
  kept.run = asleep(std::move(run));
}

// ---- from instant to instant

bool run_driver::host_is_late(const escalation_policy& policy) const {
  return policy.late != late_rule::replay && given_.lateness() > policy.catch_up;
}

void run_driver::start(escalation_policy_ref policy, escalation_cause on, std::string cause, std::string reason) {
  if (runs_.size() == limits::record_runs_max || has(policy, cause)) return;
  record_run& kept = runs_.emplace_back();
  kept.policy = policy;
  kept.started_by = on;
  kept.cause = std::move(cause);
  kept.reason = std::move(reason);
  begin(runs_.size() - 1, false);
}

void run_driver::begin_again(std::size_t place, std::string reason) {
  if (runs_[place].ended_at.size() == limits::run_restarts_max) return;
  if (!reason.empty()) runs_[place].reason = std::move(reason);
  begin(place, true);
}

void run_driver::begin(std::size_t place, bool again) {
  const record_run& kept = runs_[place];
  const escalation_plan& plan = *given_.state.definitions.of<escalation_plan>().current(kept.policy.index);
  escalation_run run = awake(kept.run);
  run_answer answer;
  if (host_is_late(plan.policy)) {
    answer = start_run_late(run, plan.graph, duty_, now_);
  } else if (again) {
    answer = act_on_run(run, plan.graph, duty_, {.kind = run_action_kind::reopen, .by = given_.actor}, now_);
  } else {
    answer = start_run(run, plan.graph, duty_, now_);
  }
  take(place, std::move(run), answer.outputs, {});
}

bool run_driver::is_due(const record_run& kept) const {
  return is_due_then(kept.run.due, now_) ||
         std::ranges::any_of(kept.paged, [&](const paged_person& p) { return is_due_then(p.next_at, now_); });
}

// What was put off comes before the step of the same instant.
void run_driver::advance(std::size_t place) {
  if (!is_due(runs_[place])) return;
  follow(runs_[place]);
  try_methods(place);
  if (is_full() || !is_due_then(runs_[place].run.due, now_)) return say_changed(place);
  const escalation_plan& plan = plan_of(runs_[place]);
  escalation_run run = awake(std::move(runs_[place].run));
  const run_answer answer = advance_run(run, plan.graph, duty_, now_);
  take(place, std::move(run), answer.outputs, {});
}

std::optional<error> run_driver::act(std::size_t place, const run_action& action, const std::string& reason) {
  follow(runs_[place]);
  escalation_run run = awake(runs_[place].run);
  run_answer answer = act_on_run(run, plan_of(runs_[place]).graph, duty_, action, std::max(now_, run.clock));
  if (answer.refusal) return answer.refusal;
  take(place, std::move(run), answer.outputs, reason);
  return {};
}

void run_driver::end(std::size_t place, const std::string& cause) {
  escalation_run run = awake(runs_[place].run);
  run.due = never;  // what a late host has still to fire is over with it (D5)
  run_answer answer = act_on_run(run, plan_of(runs_[place]).graph, duty_,
                                 {.kind = run_action_kind::resolve, .by = given_.actor}, std::max(now_, run.clock));
  for (run_output& said : answer.outputs) said.why = cause;
  take(place, std::move(run), answer.outputs, {});
}

void run_driver::recount_waits() {
  for (std::size_t place = 0; place < runs_.size(); ++place) {
    if (recount_wait(runs_[place].run, plan_of(runs_[place]).graph, now_)) say_changed(place);
  }
}

void run_driver::take(std::size_t place, escalation_run run, const std::vector<run_output>& outputs,
                      const std::string& reason) {
  runs_[place].run = asleep(std::move(run));
  for (const run_output& said : outputs) tell(place, said, reason);
  say_changed(place);
}

// Of earlier pages only those stay whose rules go on.
void run_driver::say_changed(std::size_t place) {
  record_run& kept = runs_[place];
  std::erase_if(kept.paged, [&](const paged_person& p) {
    return !is_set(p.next_at) && !is_set(p.held_until) && p.version < kept.run.version;
  });
  std::erase_if(kept.windows, [&](const page_window& w) { return w.until <= now_ && w.service_until <= now_; });
  emit(escalation_run_changed{number_of(place), kept});
}

// ---- what it says

std::string run_driver::key_of(const record_run& kept, std::uint32_t node) const {
  return node == no_node ? std::string() : plan_of(kept).graph.declared(node).key;
}

void run_driver::tell_start(std::size_t place) {
  const record_run& kept = runs_[place];
  emit(escalation_started{.run = number_of(place),
                          .policy = kept.policy,
                          .policy_version = kept.run.policy_version,
                          .on = kept.started_by,
                          .cause = kept.cause,
                          .reason = kept.reason,
                          .number = kept.run.number});
}

void run_driver::tell(std::size_t place, const run_output& said, const std::string& reason) {
  record_run& kept = runs_[place];
  const std::uint32_t run = number_of(place);
  const std::string node = key_of(kept, said.node);
  switch (said.kind) {
    case run_output_kind::unset:
      return;
    case run_output_kind::started:
    case run_output_kind::reopened:
      kept.paged.clear();
      return tell_start(place);
    case run_output_kind::notified:
      return notify(place, said);
    case run_output_kind::nobody_on_call:
      return emit(nobody_on_call{run, node, said.step, said.pass, said.scheduled_at});
    case run_output_kind::skipped:
      return emit(escalation_steps_skipped{run, said.count});
    case run_output_kind::assigned:
    case run_output_kind::handed_over:
      if (said.node != no_node) return reassign(place, said);
      kept.paged.clear();
      return emit(escalation_taken_on{.run = run, .handed_over = true, .reason = reason});
    case run_output_kind::raised:
      return emit(hierarchical_escalation{run, node, {}, said.why, ++hierarchical_});
    case run_output_kind::major_declared:
      return emit(major_proposed{run, node});
    case run_output_kind::automation_run:
      return emit(automation_requested{run, node, plan_of(kept).graph.declared(said.node).automation});
    case run_output_kind::repeated:
      return emit(escalation_repeated{run, node, said.pass});
    case run_output_kind::held:
      return emit(escalation_held{run, node});
    case run_output_kind::escalation_exhausted:
      return emit(escalation_exhausted{run});
    case run_output_kind::acknowledged_in_part:
      std::erase_if(kept.paged, [&](const paged_person& p) { return p.person == said.by; });
      return emit(page_acknowledged{run, kept.run.version, said.count});
    case run_output_kind::acknowledged:
      kept.paged.clear();
      return emit(page_acknowledged{run, kept.run.version, 0});
    case run_output_kind::acknowledgement_timed_out:
      return emit(page_unacknowledged{.run = run, .timed_out = true, .reason = {}});
    case run_output_kind::unacknowledged:
      return emit(page_unacknowledged{.run = run, .reason = reason});
    case run_output_kind::snoozed:
      kept.paged.clear();
      return emit(escalation_snoozed{run, said.until});
    case run_output_kind::snooze_ended:
      return emit(snooze_ended{run});
    case run_output_kind::escalated:
      return emit(escalation_taken_on{.run = run, .reason = reason});
    case run_output_kind::ended:
      kept.paged.clear();
      kept.ended_at.push_back(now_);
      return emit(escalation_ended{run, said.why});
  }
}

void run_driver::notify(std::size_t place, const run_output& said) {
  record_run& kept = runs_[place];
  emit(escalation_step_fired{.run = number_of(place),
                             .node = key_of(kept, said.node),
                             .step = said.step,
                             .pass = said.pass,
                             .version = said.version,
                             .people = said.people,
                             .shadows = said.shadows,
                             .urgency = said.urgency,
                             .scheduled_at = said.scheduled_at});
  for (const person_ref person : said.people) reach(kept, place, person, said, false);
  for (const person_ref person : said.shadows) reach(kept, place, person, said, true);
}

// ---- functional escalation (R-P13)

team_ref run_driver::team_of(const escalation_node& node) const {
  const desk_state& state = given_.state;
  if (!node.team.empty()) return {state.words.find(word_kind::team, node.team)};
  const team* now = state.definitions.of<team>().current(record_.team.index);
  return now ? team_ref{state.words.find(word_kind::team, now->escalates_to)} : team_ref{};
}

void run_driver::reassign(std::size_t place, const run_output& said) {
  const escalation_node& node = plan_of(runs_[place]).graph.declared(said.node);
  const team_ref to = team_of(node);
  emit(functional_escalation{.run = number_of(place),
                             .node = node.key,
                             .from = record_.team,
                             .to = to,
                             .level = node.level,
                             .handed_over = said.kind == run_output_kind::handed_over,
                             .reason = said.why,
                             .count = ++functional_});
  if (!to || to == record_.team) return;
  const state_ref state = state_when_assigned(given_.state.definitions, record_);
  const state_kind kind = given_.state.definitions.workflow_of(record_).kind(state);
  emit(incident_assigned{to, {}, state, kind, said.why});
  emit(assignment_notice{to, {}});
  duty_.assign({});
}

// ---- people whom a page reached (E5)

void run_driver::reach(record_run& kept, std::size_t place, person_ref person, const run_output& said, bool shadow) {
  paged_person reached{.person = person,
                       .version = said.version,
                       .step = said.step,
                       .urgency = said.urgency,
                       .shadow = shadow,
                       .reached_at = now_,
                       .tried_until = now_ - microsecond,
                       .next_at = now_};
  if (!is_full()) try_methods(place, reached, reached.tried_until, now_);
  kept.paged.push_back(reached);
}

// Those that are due; of what a late host missed, only what was to be tried last (D8).
void run_driver::try_methods(std::size_t place) {
  const escalation_policy& policy = plan_of(runs_[place]).policy;
  for (paged_person& reached : runs_[place].paged) {
    if (!is_due_then(reached.next_at, now_)) continue;
    if (is_full()) return;
    const bool missed = policy.late != late_rule::replay && now_ - reached.next_at > policy.catch_up;
    instant from = reached.tried_until;
    if (missed) {
      for (const planned_try& t : tries_for(given_.state, record_, reached)) {
        if (t.at <= now_) from = t.at - microsecond;
      }
    }
    try_methods(place, reached, from, now_);
  }
}

void run_driver::try_methods(std::size_t place, paged_person& reached, instant from, instant until, when how) {
  reached.next_at = no_instant;
  reached.tried_until = until;
  for (const planned_try& t : tries_for(given_.state, record_, reached)) {
    if (t.at > until) {
      reached.next_at = t.at;
      return;
    }
    if (t.at <= from) continue;
    ++reached.tries;
    send(place, reached, t.at, t.method, how);
  }
}

void run_driver::send(std::size_t place, paged_person& reached, instant at, std::string method, when how) {
  const record_run& kept = runs_[place];
  const bool with_step = at == reached.reached_at && reached.version == kept.run.version;
  const instant due = with_step ? kept.run.step_at : at;
  const storm_limits& storms = plan_of(kept).policy.storms;
  if (!is_limited(storms)) return page_now(place, reached, due, std::move(method));
  const page_verdict verdict = counts().judge(reached.person, record_.service, storms);
  if (verdict.by != storm_limit::unset && how == when::may_wait) {
    return hold(place, reached, due, std::move(method), verdict);
  }
  count(place, reached.person, record_.service, verdict);
  page_now(place, reached, due, std::move(method));
}

// What it says of the record is as it is now.
void run_driver::page_now(std::size_t place, const paged_person& reached, instant due, std::string method) {
  const record_run& kept = runs_[place];
  emit(page{.run = number_of(place),
            .run_number = kept.run.number,
            .step = reached.step,
            .version = reached.version,
            .pass = kept.run.pass,
            .person = reached.person,
            .shadow = reached.shadow,
            .method = std::move(method),
            .attempt = reached.tries,
            .urgency = reached.urgency,
            .policy = kept.policy,
            .reason = kept.reason,
            .title = record_.text ? record_.text->title : std::string(),
            .priority = record_.priority,
            .severity = record_.severity,
            .service = record_.service,
            .scheduled_at = due});
}

// Has every try to reach those whom the current page notified failed?
bool run_driver::is_unheard(const record_run& kept) const {
  std::size_t counted = 0;
  for (const paged_person& p : kept.paged) {
    if (p.version != kept.run.version || p.shadow) continue;
    if (is_set(p.next_at) || p.failures < p.tries) return false;
    ++counted;
  }
  return counted != 0 && counted == kept.run.notified.size();
}

void run_driver::miss(std::size_t place, std::uint32_t version, person_ref person) {
  record_run& kept = runs_[place];
  const auto found = std::ranges::find_if(
      kept.paged, [&](const paged_person& p) { return p.version == version && p.person == person; });
  if (found == kept.paged.end() || found->failures >= found->tries) return;
  ++found->failures;
  if (is_set(found->next_at)) try_methods(place, *found, found->tried_until, found->next_at, when::at_once);
  if (kept.run.state != run_state::triggered || kept.run.exhausted || !is_unheard(kept)) return say_changed(place);
  escalation_run run = awake(kept.run);
  run_answer answer =
      act_on_run(run, plan_of(kept).graph, duty_, {.kind = run_action_kind::escalate, .by = given_.actor}, now_);
  std::erase_if(answer.outputs, [](const run_output& said) { return said.kind == run_output_kind::escalated; });
  emit(escalation_taken_on{.run = number_of(place), .undelivered = true, .reason = {}});
  take(place, std::move(run), answer.outputs, {});
}

}  // namespace tocsin::inline v1
