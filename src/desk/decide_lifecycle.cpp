// The way of a record from open to over: waiting, resolving, closing, taking up again, cancelling (L1-L5).
#include "decider.hpp"

namespace tocsin::inline v1 {

void decider::operator()(const hold_incident& c) {
  const incident& r = record_of(c.incident);
  const workflow_graph& workflow = workflow_of(r);
  const state_ref to = move(r, verb::hold, &c).to;
  if (!workflow.has(c.reason)) {
    against_.add("workflow.unknown_hold_reason",
                 "hold reason " + quoted(word_kind::hold_reason, c.reason.index) + " is none of its workflow");
  }
  against_.unless(r.state_kind != state_kind::on_hold || !(r.hold_reason == c.reason), "hold.unchanged",
                  "it waits for that reason already");
  emit(c.incident, incident_held{c.reason, c.note, to});
}

void decider::operator()(const resume_incident& c) {
  const incident& r = record_of(c.incident);
  const state_ref target = move(r, verb::resume, &c).to;
  const state_ref to = target == r.state && r.held_from ? r.held_from : target;
  emit(c.incident, incident_resumed{to, kind_of(r, to), c.note});
}

void decider::operator()(const resolve_incident& c) {
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

void decider::operator()(const confirm_resolution& c) {
  const incident& r = record_of(c.incident);
  const state_ref to = move(r, verb::confirm, &c).to;
  emit(c.incident, resolution_confirmed{c.comment});
  emit(c.incident, incident_closed{close_cause::confirmed, {}, to});
  notify(r, requester_notice{notice_cause::closed, no_instant});
}

void decider::operator()(const refuse_resolution& c) {
  const incident& r = record_of(c.incident);
  const reopen_incident reopen{c.incident, c.reason};
  const state_ref to = reopening(r, reopen);
  refused_ = "refuse_resolution";
  made_.body = nullptr;  // the guards have seen it; it does not live as long as this
  emit(c.incident, resolution_refused{c.reason});
  emit(c.incident, incident_reopened{c.reason, to, kind_of(r, to)});
  if (r.team || r.assignee) notify(r, assignment_notice{r.team, r.assignee});
}

void decider::operator()(const close_incident& c) {
  const incident& r = record_of(c.incident);
  const state_ref to = move(r, verb::close, &c).to;
  emit(c.incident, incident_closed{close_cause::by_hand, c.note, to});
  notify(r, requester_notice{notice_cause::closed, no_instant});
}

void decider::operator()(const reopen_incident& c) {
  const incident& r = record_of(c.incident);
  if (r.state_kind == state_kind::closed) return follow(r);
  const state_ref to = reopening(r, c);
  emit(c.incident, incident_reopened{c.reason, to, kind_of(r, to)});
  if (r.team || r.assignee) notify(r, assignment_notice{r.team, r.assignee});
  notify(r, requester_notice{notice_cause::reopened, no_instant});
}

void decider::operator()(const cancel_incident& c) {
  const incident& r = record_of(c.incident);
  const state_ref to = move(r, verb::cancel, &c).to;
  emit(c.incident, incident_cancelled{c.reason, to});
  notify(r, requester_notice{notice_cause::cancelled, no_instant});
}

void decider::operator()(const move_incident& c) {
  const incident& r = record_of(c.incident);
  const workflow_move& m = move(r, verb::move, &c, c.state);
  emit(c.incident, incident_moved{m.to, m.to_kind, move_trigger::manual, c.note});
}

// A reopening goes to Assigned or New if nobody had begun (L1).
state_ref decider::reopening(const incident& r, const reopen_incident& c) {
  const workflow_graph& workflow = workflow_of(r);
  const state_ref to = move(r, verb::reopen, &c).to;
  const duration window = workflow.definition().reopen_window;
  against_.unless(!to || window.us == 0 || given_.at < r.resolved_at + window, "workflow.reopen_window_over",
                  "it was resolved longer ago than the reopening window of its workflow; log a new one");
  if (is_set(r.work_begun_at)) return to;
  const state_ref before = workflow.first(r.team || r.assignee ? state_kind::assigned : state_kind::fresh);
  return before ? before : to;
}

}  // namespace tocsin::inline v1
