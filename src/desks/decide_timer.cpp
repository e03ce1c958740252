// What a timer does when it fires (D6). It has been looked at whether it still stands; what it does may still be nothing.
#include <tocsin/desk/decide.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/task/events.hpp>

#include "desk/escalation_trigger.hpp"
#include "desk/follow.hpp"
#include "desk/gates.hpp"
#include "desk/react.hpp"
#include "desk/wait.hpp"
#include "monitoring/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

template <class Body>
void emit(const incident& record, Body body, std::vector<event>& events) {
  events.emplace_back(record_ref{record.id}, std::uint64_t{0}, std::move(body));
}

template <class Effect>
void notify(const incident& record, Effect effect, std::vector<event>& events) {
  if (!record.retrospective) emit(record, std::move(effect), events);
}

void close_by_silence(const incident& record, const decision& given, std::vector<event>& events) {
  if (record.state_kind != state_kind::resolved) return;
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  if (!unmet_gates(record, workflow, state_kind::closed).empty()) return emit(record, closing_deferred{}, events);
  const state_ref to = workflow.target(verb::close, record.state);
  emit(record, incident_closed{close_cause::silence, {}, to ? to : workflow.first(state_kind::closed)}, events);
  if (record.caller) notify(record, requester_notice{notice_cause::closed, no_instant}, events);
}

// ---- waits (L3)

void look_after_wait(const incident& record, std::vector<event>& events) {
  emit(record, follow_up_due{}, events);
  if (record.team || record.assignee) {
    notify(record, work_notice{work_notice_cause::follow_up_due, 0, record.team, record.assignee}, events);
  }
}

// If the resolution is refused, it does not happen; the hold ends nevertheless, so that somebody looks at the record.
void end_wait_by(hold_end how, move_cause cause, const std::string& notes, const incident& record,
                 const decision& given, std::vector<event>& events) {
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  follower follow(record, given, events);
  if (how == hold_end::resolve) {
    const std::string& code = workflow.hold_reason(record.hold_reason)->resolution_code;
    if (follow.resolve({given.state.words.find(word_kind::resolution_code, code)}, notes, false, cause)) return;
  }
  follow.resume(cause);
}

void remind(const incident& record, const decision& given, std::vector<event>& events) {
  const workflow_hold_reason& reason = *given.state.definitions.workflow_of(record).hold_reason(record.hold_reason);
  const std::uint32_t count = details_of(record).reminder_count;
  if (count >= reason.reminders_max) {
    const std::string notes = "No answer to " + std::to_string(count) + (count == 1 ? " reminder" : " reminders");
    return end_wait_by(reason.after_reminders, move_cause::reminders, notes, record, given, events);
  }
  emit(record, hold_reminder{count + 1, next_reminder(reason, count + 1, given.at)}, events);
  if (record.caller) notify(record, requester_notice{notice_cause::reminder, no_instant}, events);
}

void end_longest_wait(const incident& record, const decision& given, std::vector<event>& events) {
  const workflow_hold_reason& reason = *given.state.definitions.workflow_of(record).hold_reason(record.hold_reason);
  end_wait_by(reason.after_longest, move_cause::longest_stay, "It waited for as long as such waits may last", record,
              given, events);
}

// ---- tasks (L10): all that were due then, in order of number

void say_overdue(const incident& record, instant due, std::vector<event>& events) {
  for (const task& t : tasks_of(record)) {
    if (t.due_at != due || !is_open(t.state) || t.overdue) continue;
    emit(record, task_overdue{t.number}, events);
    const team_ref team = t.team || t.owner ? t.team : record.team;
    const person_ref person = t.team || t.owner ? t.owner : record.assignee;
    if (team || person) {
      notify(record, work_notice{work_notice_cause::task_overdue, t.number, team, person}, events);
    }
  }
}

// Its own moves are those of its workflow, so that a host may shape it; without one, nothing happens by itself.
void begin_maintenance(const incident& record, const decision& given, std::vector<event>& events) {
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  const state_ref to = workflow.target(verb::begin_work, record.state);
  if (to) events.push_back({{record.id}, 0, work_begun{to, workflow.kind(to)}});
}

void end_maintenance(const incident& record, const decision& given, std::vector<event>& events) {
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  const state_ref to = workflow.target(verb::close, record.state);
  const state_ref over = to ? to : workflow.first(state_kind::closed);
  if (over) events.push_back({{record.id}, 0, incident_closed{close_cause::by_workflow, {}, over}});
}

// ---- escalations: runs in the order of their policies' keys and their causes (D6), then what has gone on for too long

void go_on(const incident& record, const decision& given, std::vector<event>& events) {
  run_keeper keeper(record, given, events);
  const std::vector<record_run>& runs = keeper.runs();
  std::vector<std::size_t> order(runs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto name = [&](std::size_t i) {
    return std::pair(given.state.words.word(word_kind::escalation_policy, runs[i].policy.index),
                     std::string_view(runs[i].cause));
  };
  std::ranges::sort(order, {}, name);
  for (const std::size_t place : order) {
    if (keeper.is_full()) return;
    keeper.advance(place);
  }
  if (!keeper.is_full()) fire_watches(keeper, record, given, events);
}

}  // namespace

void decide(const timer& fired, const incident& record, const decision& given, std::vector<event>& events) {
  switch (fired.kind) {
    case timer_kind::unset:
      return;
    case timer_kind::auto_close:
      return close_by_silence(record, given, events);
    case timer_kind::move:
      return react_by_lifecycle(record, given, events);
    case timer_kind::follow_up:
      return look_after_wait(record, events);
    case timer_kind::hold_reminder:
      return remind(record, given, events);
    case timer_kind::hold_end:
      return end_longest_wait(record, given, events);
    case timer_kind::task_due:
      return say_overdue(record, fired.due, events);
    case timer_kind::heartbeat:
      return miss_heartbeat(record, given, events);
    case timer_kind::maintenance_begin:
      return begin_maintenance(record, given, events);
    case timer_kind::maintenance_end:
      return end_maintenance(record, given, events);
    case timer_kind::sla:
      return react_by_sla(record, given, events);
    case timer_kind::escalation:
      return go_on(record, given, events);
    case timer_kind::page_bundle:
      return run_keeper(record, given, events).release();
  }
}

}  // namespace tocsin::inline v1
