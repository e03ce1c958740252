// The way of a record from open to over: waiting, resolving, closing, taking up again, cancelling (L1-L5).
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include "decide.hpp"
#include "desk/follow.hpp"
#include "desk/move_check.hpp"
#include "desk/timing.hpp"
#include "desk/wait.hpp"
#include "workflow/decide_move.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool awaits_nothing_but_verification(deciding& d, const incident& r) {
  return std::ranges::all_of(
      unmet_demands(r, d.workflow_of(r), state_kind::closed),
      [](std::string_view reason) { return reason == "resolution.not_verified"; }, &unmet_guard::reason);
}

state_ref reopening(deciding& d, const incident& r, const reopen_incident& c, bool in_window) {
  const workflow_graph& workflow = d.workflow_of(r);
  const state_ref to = make_move(d, r, verb::reopen, &c, {}, c.override_reason).to;
  const duration window = workflow.definition().reopen_window;
  const bool is_late = in_window && window.us != 0 && d.given.at >= r.resolved_at + window;
  d.against.unless(!to || !is_late, "workflow.reopen_window_over",
                   "it was resolved longer ago than the reopening window of its workflow; log a new one");
  return reopened_state(workflow, r, to);
}

// It reopens however long ago it was resolved: nobody had said that it was.
void verification_failed(deciding& d, const incident& r, const verify_resolution& c) {
  const reopen_incident reopen{c.incident, "verification_failed"};
  const state_ref to = reopening(d, r, reopen, false);
  d.refused = "verify_resolution";
  d.made.body = nullptr;  // the guards have seen it; it does not live as long as this
  d.emit(c.incident, resolution_verified{false, c.note});
  d.emit(c.incident, incident_reopened{reopen.reason, to, d.kind_of(r, to), reopen_cause::verification_failed});
  if (r.team || r.assignee) d.notify(r, assignment_notice{r.team, r.assignee});
  tell_requester(d, r, {notice_cause::reopened, no_instant});
}

}  // namespace

void decide(const hold_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const workflow_graph& workflow = d.workflow_of(r);
  const state_ref to = make_move(d, r, verb::hold, &c, {}, c.override_reason).to;
  if (!workflow.has(c.reason)) {
    d.against.add("workflow.unknown_hold_reason",
                  "hold reason " + d.quoted(word_kind::hold_reason, c.reason.index) + " is none of its workflow");
  }
  d.against.unless(!is_set(c.follow_up_at) || c.follow_up_at > d.given.recorded_at, "hold.follow_up_passed",
                   "follow_up_at has passed already");
  const bool waits_already = r.state_kind == state_kind::on_hold && r.hold_reason == c.reason;
  if (waits_already && is_set(c.follow_up_at) && c.follow_up_at != details_of(r).follow_up_at) {
    return d.emit(c.incident, follow_up_set{c.follow_up_at});
  }
  d.against.unless(!waits_already, "hold.unchanged", "it waits for that reason already");
  incident_held e{c.reason, c.note, to, c.follow_up_at};
  if (const workflow_hold_reason* reason = workflow.hold_reason(c.reason)) set_wait(e, *reason, d.effective(r));
  d.emit(c.incident, std::move(e));
}

void decide(const resume_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const state_ref target = make_move(d, r, verb::resume, &c, {}, c.override_reason).to;
  const state_ref to = target == r.state && r.held_from ? r.held_from : target;
  d.emit(c.incident, incident_resumed{to, d.kind_of(r, to), c.note});
}

void decide(const resolve_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const workflow_graph& workflow = d.workflow_of(r);
  const state_ref to = make_move(d, r, verb::resolve, &c, {}, c.override_reason).to;
  if (!workflow.has(c.code)) {
    d.against.add("workflow.unknown_resolution_code",
                  "resolution code " + d.quoted(word_kind::resolution_code, c.code.index) + " is none of its workflow");
  }
  const instant due = silence_ends(d.state, workflow, d.effective(r));
  d.emit(c.incident, incident_resolved{c.code, c.notes, c.permanent, to, due});
  tell_requester(d, r, {notice_cause::resolved, due});
}

void decide(const confirm_resolution& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const state_ref to = make_move(d, r, verb::confirm, &c).to;
  d.emit(c.incident, resolution_confirmed{c.comment});
  d.emit(c.incident, incident_closed{close_cause::confirmed, {}, to});
  tell_requester(d, r, {notice_cause::closed, no_instant});
}

void decide(const refuse_resolution& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const reopen_incident reopen{c.incident, c.reason};
  const state_ref to = reopening(d, r, reopen, true);
  d.refused = "refuse_resolution";
  d.made.body = nullptr;  // the guards have seen it; it does not live as long as this
  d.emit(c.incident, resolution_refused{c.reason});
  d.emit(c.incident, incident_reopened{c.reason, to, d.kind_of(r, to), reopen_cause::refused});
  if (r.team || r.assignee) d.notify(r, assignment_notice{r.team, r.assignee});
}

void decide(const close_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const state_ref to = make_move(d, r, verb::close, &c, {}, c.override_reason).to;
  d.emit(c.incident, incident_closed{close_cause::by_hand, c.note, to});
  tell_requester(d, r, {notice_cause::closed, no_instant});
}

void decide(const reopen_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  if (r.state_kind == state_kind::closed) return log_follow_up(d, r);
  const state_ref to = reopening(d, r, c, true);
  const bool by_requester = r.caller && d.given.actor == r.caller;
  d.emit(c.incident, incident_reopened{c.reason, to, d.kind_of(r, to),
                                       by_requester ? reopen_cause::by_requester : reopen_cause::by_agent});
  if (r.team || r.assignee) d.notify(r, assignment_notice{r.team, r.assignee});
  tell_requester(d, r, {notice_cause::reopened, no_instant});
}

void decide(const cancel_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const state_ref to = make_move(d, r, verb::cancel, &c, {}, c.override_reason).to;
  d.emit(c.incident, incident_cancelled{c.reason, to});
  tell_requester(d, r, {notice_cause::cancelled, no_instant});
}

// Silence that was over before it was verified closes it now (R-P17, R-P19).
void decide(const verify_resolution& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "verify_resolution");
  d.refuse_as("verify_resolution", r);
  d.against.unless(r.state_kind == state_kind::resolved, "incident.not_resolved",
                   "its state is " + d.state_name(r) + ", so there is no resolution to verify");
  if (!d.against.empty()) return;
  if (c.passed.value == 0) return verification_failed(d, r, c);
  d.against.unless(!is_set(details_of(r).verified_at), "resolution.verified", "it was verified already");
  d.emit(c.incident, resolution_verified{true, c.note});
  if (details_of(r).silence_over && awaits_nothing_but_verification(d, r)) close_silently(d, r);
}

void close_silently(deciding& d, const incident& r) {
  const workflow_graph& workflow = d.workflow_of(r);
  const state_ref to = workflow.target(verb::close, r.state);
  d.emit({r.id}, incident_closed{close_cause::silence, {}, to ? to : workflow.first(state_kind::closed)});
  tell_requester(d, r, {notice_cause::closed, no_instant});
}

void close_after_silence(deciding& d, const incident& r) {
  if (r.state_kind != state_kind::resolved || !details_of(r).silence_over) return;
  if (unmet_demands(r, d.workflow_of(r), state_kind::closed).empty()) close_silently(d, r);
}

}  // namespace tocsin::inline v1
