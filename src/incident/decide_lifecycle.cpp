// The way of a record from open to over: waiting, resolving, closing, taking up again, cancelling (L1-L5).
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/lifecycle/commands.hpp>
#include <tocsin/lifecycle/events.hpp>

#include "desk/deciding.hpp"
#include "desk/timing.hpp"
#include "desk/wait.hpp"

namespace tocsin::inline v1 {

void deciding::operator()(const hold_incident& c) {
  const incident& r = record_of(c.incident);
  const workflow_graph& workflow = workflow_of(r);
  const state_ref to = move(r, verb::hold, &c).to;
  if (!workflow.has(c.reason)) {
    against_.add("workflow.unknown_hold_reason",
                 "hold reason " + quoted(word_kind::hold_reason, c.reason.index) + " is none of its workflow");
  }
  against_.unless(!is_set(c.follow_up_at) || c.follow_up_at > given_.recorded_at, "hold.follow_up_passed",
                  "follow_up_at has passed already");
  const bool waits_already = r.state_kind == state_kind::on_hold && r.hold_reason == c.reason;
  if (waits_already && is_set(c.follow_up_at) && c.follow_up_at != details_of(r).follow_up_at) {
    return emit(c.incident, follow_up_set{c.follow_up_at});
  }
  against_.unless(!waits_already, "hold.unchanged", "it waits for that reason already");
  incident_held e{c.reason, c.note, to, c.follow_up_at};
  if (const workflow_hold_reason* reason = workflow.hold_reason(c.reason)) set_wait(e, *reason, effective(r));
  emit(c.incident, std::move(e));
}

void deciding::operator()(const resume_incident& c) {
  const incident& r = record_of(c.incident);
  const state_ref target = move(r, verb::resume, &c).to;
  const state_ref to = target == r.state && r.held_from ? r.held_from : target;
  emit(c.incident, incident_resumed{to, kind_of(r, to), c.note});
}

void deciding::operator()(const resolve_incident& c) {
  const incident& r = record_of(c.incident);
  const workflow_graph& workflow = workflow_of(r);
  const state_ref to = move(r, verb::resolve, &c).to;
  if (!workflow.has(c.code)) {
    against_.add("workflow.unknown_resolution_code",
                 "resolution code " + quoted(word_kind::resolution_code, c.code.index) + " is none of its workflow");
  }
  const instant due = silence_ends(state_, workflow, effective(r));
  emit(c.incident, incident_resolved{c.code, c.notes, c.permanent, to, due});
  notify(r, requester_notice{notice_cause::resolved, due});
}

void deciding::operator()(const confirm_resolution& c) {
  const incident& r = record_of(c.incident);
  const state_ref to = move(r, verb::confirm, &c).to;
  emit(c.incident, resolution_confirmed{c.comment});
  emit(c.incident, incident_closed{close_cause::confirmed, {}, to});
  notify(r, requester_notice{notice_cause::closed, no_instant});
}

void deciding::operator()(const refuse_resolution& c) {
  const incident& r = record_of(c.incident);
  const reopen_incident reopen{c.incident, c.reason};
  const state_ref to = reopening(r, reopen, true);
  refused_ = "refuse_resolution";
  made_.body = nullptr;  // the guards have seen it; it does not live as long as this
  emit(c.incident, resolution_refused{c.reason});
  emit(c.incident, incident_reopened{c.reason, to, kind_of(r, to), reopen_cause::refused});
  if (r.team || r.assignee) notify(r, assignment_notice{r.team, r.assignee});
}

void deciding::operator()(const close_incident& c) {
  const incident& r = record_of(c.incident);
  const state_ref to = move(r, verb::close, &c).to;
  emit(c.incident, incident_closed{close_cause::by_hand, c.note, to});
  notify(r, requester_notice{notice_cause::closed, no_instant});
}

void deciding::operator()(const reopen_incident& c) {
  const incident& r = record_of(c.incident);
  if (r.state_kind == state_kind::closed) return follow(r);
  const state_ref to = reopening(r, c, true);
  const bool by_requester = r.caller && given_.actor == r.caller;
  emit(c.incident, incident_reopened{c.reason, to, kind_of(r, to),
                                     by_requester ? reopen_cause::by_requester : reopen_cause::by_agent});
  if (r.team || r.assignee) notify(r, assignment_notice{r.team, r.assignee});
  notify(r, requester_notice{notice_cause::reopened, no_instant});
}

void deciding::operator()(const cancel_incident& c) {
  const incident& r = record_of(c.incident);
  const state_ref to = move(r, verb::cancel, &c).to;
  emit(c.incident, incident_cancelled{c.reason, to});
  notify(r, requester_notice{notice_cause::cancelled, no_instant});
}

void deciding::operator()(const move_incident& c) {
  const incident& r = record_of(c.incident);
  const workflow_move& m = move(r, verb::move, &c, c.state);
  emit(c.incident, incident_moved{m.to, m.to_kind, move_trigger::manual, c.note});
}

// Silence that was over before it was verified closes it now (R-P17, R-P19).
void deciding::operator()(const verify_resolution& c) {
  const incident& r = open_or_resolved(c.incident, "verify_resolution");
  refuse_as("verify_resolution", r);
  against_.unless(r.state_kind == state_kind::resolved, "incident.not_resolved",
                  "its state is " + state_name(r) + ", so there is no resolution to verify");
  if (!against_.empty()) return;
  if (c.passed.value == 0) return verification_failed(r, c);
  against_.unless(!is_set(details_of(r).verified_at), "resolution.verified", "it was verified already");
  emit(c.incident, resolution_verified{true, c.note});
  if (!details_of(r).silence_over) return;
  const workflow_graph& workflow = workflow_of(r);
  const state_ref to = workflow.target(verb::close, r.state);
  emit(c.incident, incident_closed{close_cause::silence, {}, to ? to : workflow.first(state_kind::closed)});
  notify(r, requester_notice{notice_cause::closed, no_instant});
}

// It reopens however long ago it was resolved: nobody had said that it was.
void deciding::verification_failed(const incident& r, const verify_resolution& c) {
  const reopen_incident reopen{c.incident, "verification_failed"};
  const state_ref to = reopening(r, reopen, false);
  refused_ = "verify_resolution";
  made_.body = nullptr;  // the guards have seen it; it does not live as long as this
  emit(c.incident, resolution_verified{false, c.note});
  emit(c.incident, incident_reopened{reopen.reason, to, kind_of(r, to), reopen_cause::verification_failed});
  if (r.team || r.assignee) notify(r, assignment_notice{r.team, r.assignee});
  notify(r, requester_notice{notice_cause::reopened, no_instant});
}

state_ref deciding::reopening(const incident& r, const reopen_incident& c, bool in_window) {
  const workflow_graph& workflow = workflow_of(r);
  const state_ref to = move(r, verb::reopen, &c).to;
  const duration window = workflow.definition().reopen_window;
  const bool is_late = in_window && window.us != 0 && given_.at >= r.resolved_at + window;
  against_.unless(!to || !is_late, "workflow.reopen_window_over",
                  "it was resolved longer ago than the reopening window of its workflow; log a new one");
  return reopened_state(workflow, r, to);
}

state_ref reopened_state(const workflow_graph& workflow, const incident& record, state_ref to) {
  if (is_set(record.work_begun_at)) return to;
  const bool is_given = record.team || record.assignee;
  const state_ref before = workflow.first(is_given ? state_kind::assigned : state_kind::fresh);
  return before ? before : to;
}

}  // namespace tocsin::inline v1
