#include <tocsin/desk/fold.hpp>

#include "fold_life.hpp"

#include "fold_monitoring.hpp"

#include "fold_clocks.hpp"

#include "fold_escalation.hpp"

#include "fold_known_error.hpp"

#include <algorithm>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: what it names must be there.
const workflow_graph& known_workflow(const definition_table& known, workflow_ref workflow, std::uint32_t version) {
  if (const workflow_graph* found = known.workflows.at(workflow.index, version)) return *found;
  throw error(status::corrupt, "journal.unknown_workflow",
              "an event names version " + std::to_string(version) + " of workflow number " +
                  std::to_string(workflow.index) + ", which was never published");
}

// The first event of a record says what it is.
void demand_begun(const incident& record, const event_body& body) {
  if (record.text || body.holds<incident_logged>() || body.holds<record_imported>()) return;
  throw error(status::corrupt, "journal.record_not_begun",
              "an event is about record " + std::to_string(record.id) + ", which no event before it has begun");
}

incident_text& own_text(incident& record, std::shared_ptr<incident_text>& copy) {
  copy = record.text ? std::make_shared<incident_text>(*record.text) : std::make_shared<incident_text>();
  record.text = copy;
  return *copy;
}

void end_hold(incident& record, instant at) {
  if (!is_set(record.held_since)) return;
  record.held_time = record.held_time + (at - record.held_since);
  record.held_since = no_instant;
  record.hold_reason = {};
  record.held_from = {};
  end_wait(record);
}

void begin_hold(incident& record, hold_reason_ref reason, state_ref state, instant at) {
  const state_ref from = record.state_kind == state_kind::on_hold ? record.held_from : record.state;
  end_hold(record, at);  // another reason closes one interval and opens another (L3)
  record.held_from = from;
  record.hold_reason = reason;
  record.held_since = at;
  record.state = state;
  record.state_kind = state_kind::on_hold;
  ++record.hold_count;
}

void leave_resolution(incident& record) {
  record.resolved_at = no_instant;
  record.resolved_by = {};
  record.resolution_code = {};
  record.permanent = false;
  record.confirmed = false;
  record.auto_close_at = no_instant;
  record.closed_at = no_instant;
  ++record.reopen_count;
  forget_resolution(record);
  if (!record.text || record.text->resolution_notes.empty()) return;
  std::shared_ptr<incident_text> text;
  own_text(record, text).resolution_notes.clear();  // the journal has them
}

void resolve(incident& record, state_ref state, instant at, person_ref by) {
  end_hold(record, at);
  record.state = state;
  record.state_kind = state_kind::resolved;
  record.resolved_at = at;
  record.resolved_by = by;
}

void end(incident& record, state_ref state, state_kind kind, instant at) {
  end_hold(record, at);
  record.state = state;
  record.state_kind = kind;
  record.auto_close_at = no_instant;
  (kind == state_kind::closed ? record.closed_at : record.cancelled_at) = at;
}

void begin(incident& record, instant at) {
  if (!is_set(record.work_begun_at)) record.work_begun_at = at;
  if (!is_set(record.first_response_at)) record.first_response_at = at;
}

void give_to_team(incident& record, team_ref team) {
  if (team && record.team && !(team == record.team)) ++record.reassignment_count;
  record.team = team;
}

// In the order of the fields' numbers.
void set_custom(std::vector<custom_value>& all, const std::vector<custom_value>& changes) {
  for (const custom_value& change : changes) {
    const auto place =
        std::ranges::lower_bound(all, change.field.index, {}, [](const custom_value& v) { return v.field.index; });
    const bool known = place != all.end() && place->field == change.field;
    if (change.kind == custom_kind::unset) {
      if (known) all.erase(place);
    } else if (known) {
      *place = change;
    } else {
      all.insert(place, change);
    }
  }
}

template <class Logged>
void put_origin(incident& record, const Logged& e, const event_context& c) {
  std::shared_ptr<incident_text> text;
  own_text(record, text);
  text->title = e.title;
  text->description = e.description;
  text->contact = e.contact;
  text->location = e.location;
  text->external_key = e.external_key;
  record.caller = e.caller;
  record.reporter = e.reporter;
  record.channel = e.channel;
  record.occurred_at = e.occurred_at;
  record.detected_at = e.detected_at;
  record.reported_at = e.reported_at;
  record.recorded_at = c.recorded_at;
  record.workflow = e.workflow;
  record.workflow_version = e.workflow_version;
  record.priority_matrix_version = e.priority_matrix_version;
}

class folder {
 public:
  folder(incident& record, const event_context& context, const definition_table& known)
      : r(record), c(context), known_(known), at(std::max(context.stated_at, record.updated_at)) {}

  void operator()(const incident_logged& e) {
    known_workflow(known_, e.workflow, e.workflow_version);
    put_origin(r, e, c);
    r.number = e.number;
    r.opened_at = is_set(e.reported_at) ? e.reported_at : c.recorded_at;  // (S2)
    r.updated_at = c.recorded_at;  // nothing that happens to it counts from before
    r.category = e.category;
    r.service = e.service;
    r.impact = e.impact;
    r.urgency = e.urgency;
    r.severity = e.severity;
    r.priority = e.priority;
    r.state = e.state;
    r.state_kind = e.state_kind;
    r.retrospective = e.retrospective;
    r.follows = e.follows;
    r.type = e.type;
    r.incident_class = e.incident_class;
    if (!e.custom.empty()) own(r.details).custom = e.custom;
    if (e.record_template) own(r.details).record_template = e.record_template;
  }

  void operator()(const incident_class_derived& e) { r.incident_class = e.incident_class; }

  void operator()(const incident_classified& e) {
    r.category = e.category;
    r.service = e.service;
  }

  void operator()(const incident_prioritised& e) {
    r.impact = e.impact;
    r.urgency = e.urgency;
    r.severity = e.severity;
    r.priority = e.priority;
    r.priority_overridden = e.overridden;
    r.priority_matrix_version = e.priority_matrix_version;
  }

  void operator()(const incident_assigned& e) {
    give_to_team(r, e.team);
    r.assignee = e.assignee;
    r.state = e.state;
    r.state_kind = e.state_kind;
  }

  void operator()(const incident_acknowledged&) {
    r.acknowledged_at = at;
    r.acknowledged_by = c.actor;
  }

  void operator()(const work_begun& e) {
    begin(r, at);
    r.state = e.state;
    r.state_kind = e.state_kind;
  }

  void operator()(const note_added&) { ++r.note_count; }

  void operator()(const update_added& e) {
    ++r.update_count;
    if (r.clocks) note(r, clock_fact::updated(at, e.visibility), known_);
    if (e.answers_requester && !is_set(r.first_response_at)) r.first_response_at = at;
  }

  // Whoever asked has broken the silence (L5).
  void operator()(const reply_added& e) {
    ++r.reply_count;
    r.auto_close_at = no_instant;
    if (details_of(r).silence_over) own(r.details).silence_over = false;
    if (is_set(e.remind_at)) fold_life(r, hold_reminder{0, e.remind_at}, {at, c.actor});
  }

  void operator()(const incident_held& e) {
    begin_hold(r, e.reason, e.state, at);
    begin_wait(r, e);
  }

  void operator()(const incident_resumed& e) {
    end_hold(r, at);
    r.state = e.state;
    r.state_kind = e.state_kind;
  }

  void operator()(const incident_resolved& e) {
    resolve(r, e.state, at, c.actor);
    r.resolution_code = e.code;
    r.permanent = e.permanent;
    r.auto_close_at = e.auto_close_at;
    if (e.cause == move_cause::parent) mark_child(r, &record_link::resolved, true);
    std::shared_ptr<incident_text> text;
    own_text(r, text).resolution_notes = e.notes;
  }

  void operator()(const resolution_confirmed&) { r.confirmed = true; }
  void operator()(const resolution_refused&) { r.confirmed = false; }
  void operator()(const incident_closed& e) { end(r, e.state, state_kind::closed, at); }
  void operator()(const incident_cancelled& e) { end(r, e.state, state_kind::cancelled, at); }

  void operator()(const incident_reopened& e) {
    leave_resolution(r);
    r.state = e.state;
    r.state_kind = e.state_kind;
  }

  void operator()(const incident_amended& e) {
    std::shared_ptr<incident_text> text;
    if (!e.title.empty() || !e.description.empty() || !e.resolution_notes.empty()) own_text(r, text);
    if (!e.title.empty()) text->title = e.title;
    if (!e.description.empty()) text->description = e.description;
    if (!e.resolution_notes.empty()) text->resolution_notes = e.resolution_notes;
    if (e.category) r.category = e.category;
    if (e.service) r.service = e.service;
    if (e.severity != severity::unset) r.severity = e.severity;
    if (e.resolution_code) r.resolution_code = e.resolution_code;
    if (is_set(e.occurred_at)) r.occurred_at = e.occurred_at;
    if (is_set(e.detected_at)) r.detected_at = e.detected_at;
  }

  void operator()(const record_imported& e) {
    put_origin(r, e, c);
    r.imported = true;
    r.number = e.number_value;
    r.opened_at = e.opened_at;
    const workflow_graph& workflow = known_workflow(known_, e.workflow, e.workflow_version);
    const priority_matrix* matrix = known_.matrix(e.priority_matrix_version);
    if (e.keeps_clock_history) own(r.clocks).clock_history.opened = e.opened_at;
    for (const import_step& step : e.history) {
      if (step.at > c.until) continue;
      const clock_marks before = marks_of(r);
      fold_step(r, step, workflow, matrix);
      note_changes(r, before, step.at, known_);
    }
    if (c.until != never) return;
    r.auto_close_at = e.auto_close_at;
    r.note_count = e.note_count;
    r.reply_count = e.reply_count;
  }

  void operator()(const personal_erased&) {
    r.caller = {};
    r.reporter = {};
    std::shared_ptr<incident_text> text;
    own_text(r, text).description.clear();
    text->contact.clear();
    erase_personal_details(r);
  }

  void operator()(const incident_moved& e) {
    if (is_final(e.state_kind)) return end(r, e.state, e.state_kind, at);
    if (e.state_kind != state_kind::on_hold) end_hold(r, at);
    r.state = e.state;
    r.state_kind = e.state_kind;
    if (e.state_kind == state_kind::in_progress) begin(r, at);
  }

  void operator()(const record_migrated& e) {
    r.workflow_version = e.workflow_version;
    r.state = e.state;
    r.state_kind = e.state_kind;
    r.held_from = e.held_from;
    adopt_wait(r, known_workflow(known_, r.workflow, r.workflow_version));
  }

  void operator()(const move_scheduled& e) { own(r.details).next_move_at = e.at; }
  void operator()(const custom_fields_set& e) { set_custom(own(r.details).custom, e.custom); }

  void operator()(const duplicate_marked& e) {
    end(r, e.state, e.state_kind, at);
    own(r.details).links.push_back({link_kind::duplicate_of, e.original});
  }

  void operator()(const record_converted& e) {
    if (!e.held_from) end_hold(r, at);
    r.type = e.type;
    r.workflow = e.workflow;
    r.workflow_version = e.workflow_version;
    r.state = e.state;
    r.state_kind = e.state_kind;
    r.held_from = e.held_from;
    adopt_wait(r, known_workflow(known_, r.workflow, r.workflow_version));
  }

  void operator()(const occurrence_added& e) { fold_monitoring(r, e, at); }
  void operator()(const event_cleared& e) { fold_monitoring(r, e, at); }
  void operator()(const event_bundled& e) { fold_monitoring(r, e, at); }
  void operator()(const heartbeat_received& e) { fold_monitoring(r, e, at); }
  void operator()(const heartbeat_missed& e) { fold_monitoring(r, e); }
  void operator()(const maintenance_scheduled& e) { fold_monitoring(r, e); }
  void operator()(const event_held_back& e) { fold_monitoring(r, e, at, c.sequence); }
  void operator()(const maintenance_ended& e) { fold_monitoring(r, e); }
  void operator()(const maintenance_changed& e) { fold_monitoring(r, e); }
  void operator()(const maintenance_agreed& e) { fold_clock(r, e, known_); }

  void operator()(const known_error_published& e) { fold_known_error(r, e); }
  void operator()(const known_error_retired& e) {
    end(r, e.state, e.state_kind, at);
    own(r.known_error).superseded_by = e.superseded_by;
  }
  void operator()(const known_error_linked& e) { fold_known_error(r, e, at, c.actor); }
  void operator()(const known_error_used& e) { fold_known_error(r, e); }

  void operator()(const clock_history_begun&) { begin_clock_history(r, at); }
  void operator()(const clock_attached& e) { fold_clock(r, e, at, known_); }
  void operator()(const clock_retargeted& e) { fold_clock(r, e, at, known_); }
  void operator()(const clock_changed& e) { fold_clock(r, e); }
  void operator()(const clock_withdrawn& e) { note(r, clock_fact::withdrawn(at, e.policy, e.cause), known_); }
  void operator()(const sla_breach_excused& e) { note(r, clock_fact::excused(at, e.policy, e.approver), known_); }
  void operator()(const clock_without_calendar& e) { own(r.clocks).without_calendar.push_back(e.policy); }

  void operator()(const clock_judged& e) {
    const condition_truths truths{e.start, e.pause, e.stop, e.cancel};
    note(r, clock_fact::conditions(at, e.policy, truths), known_);
    for (incident_clock& clock : own(r.clocks).clocks) {
      if (clock.state.policy == e.policy) clock.truths = bits_of(truths);
    }
  }

  void operator()(const sla_threshold_reached& e) {
    fold_clock(r, e.clock, {clock_notice_kind::threshold, e.threshold, e.cycle, e.reached_at}, known_);
  }
  void operator()(const sla_breached& e) {
    fold_clock(r, e.clock, {clock_notice_kind::breach, 0, e.cycle, e.breached_at}, known_);
  }
  void operator()(const sla_breach_lifted& e) {
    fold_clock(r, e.clock, {clock_notice_kind::breach_lifted, 0, e.cycle, e.lifted_at}, known_);
  }

  void operator()(const functional_escalation& e) { fold_escalation(r, e); }
  void operator()(const hierarchical_escalation& e) { fold_escalation(r, e); }
  void operator()(const major_proposed& e) { fold_escalation(r, e); }
  void operator()(const escalation_run_changed& e) { fold_escalation(r, e, known_); }
  void operator()(const escalation_watches_set& e) { fold_escalation(r, e, known_); }
  void operator()(const tells_of_escalation auto&) {}

  void operator()(const std::monostate&) {}
  void operator()(const event_ignored&) {}
  void operator()(const definitions_published&) {}
  void operator()(const zone_data_changed&) {}
  void operator()(const assignment_notice&) {}
  void operator()(const requester_notice&) {}
  void operator()(const work_notice&) {}
  void operator()(const move_withheld&) {}

  template <class Event>
  void operator()(const Event& e) {
    fold_life(r, e, {at, c.actor});
  }
  void operator()(const sla_notice&) {}
  void operator()(const records_purged&) {}
  void operator()(const duty_changed&) {}
  void operator()(const unqualified_assignment&) {}
  void operator()(const duty_notice&) {}
  void operator()(const incident_routed&) {}
  void operator()(const assignment_requested&) {}
  void operator()(const notice_reported&) {}
  void operator()(const bundle_acknowledged&) {}

 private:
  incident& r;
  const event_context& c;
  const definition_table& known_;
  const instant at;
};

void fold_step_state(incident& r, const import_step& step, state_kind kind) {
  if (is_open(kind) && !is_open(r.state_kind) && r.state_kind != state_kind::unset) {
    leave_resolution(r);
    r.cancelled_at = no_instant;
  }
  if (kind == state_kind::on_hold && step.state == r.state && step.hold_reason == r.hold_reason) return;
  if (kind == state_kind::on_hold) return begin_hold(r, step.hold_reason, step.state, step.at);
  end_hold(r, step.at);
  if (kind == state_kind::resolved) return resolve(r, step.state, step.at, step.actor);
  if (is_final(kind)) return end(r, step.state, kind, step.at);
  r.state = step.state;
  r.state_kind = kind;
  if (kind == state_kind::in_progress) begin(r, step.at);
}

}  // namespace

void fold(incident& record, const event_body& body, const event_context& context, const definition_table& known) {
  demand_begun(record, body);
  const state_ref before = record.state;
  const clock_marks marks = marks_of(record);
  body.visit(folder(record, context, known));
  // As the command states it, though a timer may have touched the record since: a breach may be lifted by it (S2).
  if (!body.holds<record_imported>()) note_changes(record, marks, context.stated_at, known);
  note_task(record, body, context.stated_at, known);
  const bool keeps_count = body.holds<record_imported>() || body.holds<record_migrated>();
  if (before == record.state || keeps_count) return;
  record.state_since = std::max(context.stated_at, record.updated_at);
  if (record.details && is_set(record.details->next_move_at)) own(record.details).next_move_at = no_instant;
}

void fold_entry(incident& record, const event_context& context) {
  ++record.version;
  record.last_entry = context.sequence;
  record.updated_at = std::max(record.updated_at, context.stated_at);
}

void fold_step(incident& r, const import_step& step, const workflow_graph& workflow, const priority_matrix* matrix) {
  if (step.category) r.category = step.category;
  if (step.service) r.service = step.service;
  if (step.severity != severity::unset) r.severity = step.severity;
  if (step.impact != impact::unset) r.impact = step.impact;
  if (step.urgency != urgency::unset) r.urgency = step.urgency;
  if (matrix) r.priority = priority_of(*matrix, r.impact, r.urgency);
  if (step.team) give_to_team(r, step.team);
  if (step.unassign_team) r.team = {};
  if (step.assignee) r.assignee = step.assignee;
  if (step.unassign_assignee) r.assignee = {};
  const state_ref before = r.state;
  if (step.state) fold_step_state(r, step, workflow.kind(step.state));
  if (!(r.state == before)) r.state_since = step.at;
  if (step.resolution_code) r.resolution_code = step.resolution_code;
  if (is_set(step.resolved_at)) r.resolved_at = step.resolved_at;
  if (!step.resolution_notes.empty()) {
    std::shared_ptr<incident_text> text;
    own_text(r, text).resolution_notes = step.resolution_notes;
  }
  if (!step.note.empty()) ++r.note_count;
  if (!step.reply.empty()) ++r.reply_count;
}

}  // namespace tocsin::inline v1
