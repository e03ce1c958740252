// What the timers of an incident do: silence closes it (L5), waits are looked after and end (L3), it moves by itself (L2).
#include "fire.hpp"

#include <tocsin/incident/events.hpp>

#include "desk/follow.hpp"
#include "desk/gates.hpp"
#include "desk/react.hpp"
#include "desk/wait.hpp"

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

}  // namespace

void timers(const incident_details& d, const incident&, timer_visitor visit) {
  if (is_set(d.next_move_at)) visit(timer_kind::move, d.next_move_at);
  if (is_set(d.follow_up_at)) visit(timer_kind::follow_up, d.follow_up_at);
  if (is_set(d.remind_at)) visit(timer_kind::hold_reminder, d.remind_at);
  if (is_set(d.hold_ends_at)) visit(timer_kind::hold_end, d.hold_ends_at);
}

void close_by_silence(const timer&, const incident& record, const decision& given, std::vector<event>& events) {
  if (record.state_kind != state_kind::resolved) return;
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  if (!unmet_gates(record, workflow, state_kind::closed).empty()) return emit(record, closing_deferred{}, events);
  const state_ref to = workflow.target(verb::close, record.state);
  emit(record, incident_closed{close_cause::silence, {}, to ? to : workflow.first(state_kind::closed)}, events);
  if (record.caller) notify(record, requester_notice{notice_cause::closed, no_instant}, events);
}

void look_after_wait(const timer&, const incident& record, const decision&, std::vector<event>& events) {
  emit(record, follow_up_due{}, events);
  if (record.team || record.assignee) {
    notify(record, work_notice{work_notice_cause::follow_up_due, 0, record.team, record.assignee}, events);
  }
}

void remind(const timer&, const incident& record, const decision& given, std::vector<event>& events) {
  const workflow_hold_reason& reason = *given.state.definitions.workflow_of(record).hold_reason(record.hold_reason);
  const std::uint32_t count = details_of(record).reminder_count;
  if (count >= reason.reminders_max) {
    const std::string notes = "No answer to " + std::to_string(count) + (count == 1 ? " reminder" : " reminders");
    return end_wait_by(reason.after_reminders, move_cause::reminders, notes, record, given, events);
  }
  emit(record, hold_reminder{count + 1, next_reminder(reason, count + 1, given.at)}, events);
  if (record.caller) notify(record, requester_notice{notice_cause::reminder, no_instant}, events);
}

void end_longest_wait(const timer&, const incident& record, const decision& given, std::vector<event>& events) {
  const workflow_hold_reason& reason = *given.state.definitions.workflow_of(record).hold_reason(record.hold_reason);
  end_wait_by(reason.after_longest, move_cause::longest_stay, "It waited for as long as such waits may last", record,
              given, events);
}

void move_by_itself(const timer&, const incident& record, const decision& given, std::vector<event>& events) {
  react_by_lifecycle(record, given, events);
}

}  // namespace tocsin::inline v1
