// What the timers of an incident do: silence closes it (L5), waits are looked after and end (L3), it moves by itself (L2).
#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>
#include <tocsin/incident/events.hpp>

#include "desk/follow.hpp"
#include "desk/move_check.hpp"
#include "desk/react.hpp"
#include "desk/wait.hpp"
#include "incident/decide.hpp"

namespace tocsin::inline v1 {
namespace {

// If the resolution is refused, it does not happen; the hold ends nevertheless, so that somebody looks at the record.
void end_wait_by(hold_end how, move_cause cause, const std::string& notes, deciding& d, const incident& record) {
  const workflow_graph& workflow = d.workflow_of(record);
  follower follow(record, d.given, d.events);
  if (how == hold_end::resolve) {
    const std::string& code = workflow.hold_reason(record.hold_reason)->resolution_code;
    if (follow.resolve({d.state.words.find(word_kind::resolution_code, code)}, notes, false, cause)) return;
  }
  follow.resume(cause);
}

}  // namespace

void timers(const incident_details& details, const incident&, timer_visitor visit) {
  if (is_set(details.next_move_at)) visit(timer_kind::move, details.next_move_at);
  if (is_set(details.follow_up_at)) visit(timer_kind::follow_up, details.follow_up_at);
  if (is_set(details.remind_at)) visit(timer_kind::hold_reminder, details.remind_at);
  if (is_set(details.hold_ends_at)) visit(timer_kind::hold_end, details.hold_ends_at);
}

void close_by_silence(deciding& d, const incident& record, const timer&) {
  if (record.state_kind != state_kind::resolved) return;
  const workflow_graph& workflow = d.workflow_of(record);
  if (!unmet_demands(record, workflow, state_kind::closed).empty()) return d.emit({record.id}, closing_deferred{});
  close_silently(d, record);
}

void look_after_wait(deciding& d, const incident& record, const timer&) {
  d.emit({record.id}, follow_up_due{});
  if (record.team || record.assignee) {
    d.notify(record, work_notice{work_notice_cause::follow_up_due, 0, record.team, record.assignee});
  }
}

void remind(deciding& d, const incident& record, const timer&) {
  const workflow_hold_reason& reason = *d.workflow_of(record).hold_reason(record.hold_reason);
  const std::uint32_t count = details_of(record).reminder_count;
  if (count >= reason.reminders_max) {
    const std::string notes = "No answer to " + std::to_string(count) + (count == 1 ? " reminder" : " reminders");
    return end_wait_by(reason.after_reminders, move_cause::reminders, notes, d, record);
  }
  d.emit({record.id}, hold_reminder{count + 1, next_reminder(reason, count + 1, d.given.at)});
  if (record.caller) d.notify(record, requester_notice{notice_cause::reminder, no_instant});
}

void end_longest_wait(deciding& d, const incident& record, const timer&) {
  const workflow_hold_reason& reason = *d.workflow_of(record).hold_reason(record.hold_reason);
  end_wait_by(reason.after_longest, move_cause::longest_stay, "It waited for as long as such waits may last", d,
              record);
}

void move_by_itself(deciding& d, const incident& record, const timer&) { react_by_workflow(record, d.given, d.events); }

}  // namespace tocsin::inline v1
