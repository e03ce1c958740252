#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/workflow/events.hpp>

#include "desk/wait.hpp"
#include "link/fold.hpp"
#include "sla/fold.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: what it names must be there.
const workflow_graph& known_workflow(const definition_table& known, workflow_ref workflow, std::uint32_t version) {
  if (const workflow_graph* found = known.of<workflow_graph>().at(workflow.index, version)) return *found;
  throw error(status::corrupt, "journal.unknown_workflow",
              "an event names version " + std::to_string(version) + " of workflow number " +
                  std::to_string(workflow.index) + ", which was never published");
}

void begin_wait(incident& record, const incident_held& e) {
  if (is_set(e.follow_up_at) || is_set(e.remind_at) || is_set(e.ends_at)) {
    incident_details& d = record.own<incident_details>();
    d.follow_up_at = e.follow_up_at;
    d.remind_at = e.remind_at;
    d.hold_ends_at = e.ends_at;
  }
  if (e.cause == move_cause::parent) mark_child(record, &record_link::held, true);
}

void end_wait(incident& record) {
  const incident_details& now = details_of(record);
  if (is_set(now.follow_up_at) || is_set(now.remind_at) || is_set(now.hold_ends_at) || now.reminder_count != 0) {
    incident_details& d = record.own<incident_details>();
    d.follow_up_at = d.remind_at = d.hold_ends_at = no_instant;
    d.reminder_count = 0;
  }
  mark_child(record, &record_link::held, false);
}

void adopt_wait(incident& record, const workflow_graph& workflow) {
  const incident_details& now = details_of(record);
  const workflow_hold_reason* reason = workflow.hold_reason(record.hold_reason);
  if (is_set(now.remind_at) && !(reason && reminds(*reason))) record.own<incident_details>().remind_at = no_instant;
  if (is_set(now.hold_ends_at) && !(reason && reason->longest.us > 0))
    record.own<incident_details>().hold_ends_at = no_instant;
}

void forget_resolution(incident& record) {
  const incident_details& now = details_of(record);
  if (is_set(now.verified_at) || now.silence_over) {
    incident_details& d = record.own<incident_details>();
    d.verified_at = no_instant;
    d.verified_by = {};
    d.silence_over = false;
  }
  mark_child(record, &record_link::resolved, false);
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
  record.own_text().resolution_notes.clear();  // the journal has them
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
  incident_text& text = record.own_text();
  text.title = e.title;
  text.description = e.description;
  text.contact = e.contact;
  text.location = e.location;
  text.external_key = e.external_key;
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

void fold_step_state(incident& r, const import_step& step, state_kind kind) {
  if (is_open(kind) && !is_open(r.state_kind) && r.state_kind != state_kind::unset) {
    leave_resolution(r);
    r.cancelled_at = no_instant;
  }
  if (kind == state_kind::on_hold && step.state == r.state && step.hold_reason == r.hold_reason) return;
  if (kind == state_kind::on_hold) return begin_hold(r, step.hold_reason, step.state, step.at);
  end_hold(r, step.at);
  if (kind == state_kind::resolved) return resolve_record(r, step.state, step.at, step.actor);
  if (is_final(kind)) return end_record(r, step.state, kind, step.at);
  r.state = step.state;
  r.state_kind = kind;
  if (kind == state_kind::in_progress) begin(r, step.at);
}

}  // namespace

void end_record(incident& record, state_ref state, state_kind kind, instant at) {
  end_hold(record, at);
  record.state = state;
  record.state_kind = kind;
  record.auto_close_at = no_instant;
  (kind == state_kind::closed ? record.closed_at : record.cancelled_at) = at;
}

void resolve_record(incident& record, state_ref state, instant at, person_ref by) {
  end_hold(record, at);
  record.state = state;
  record.state_kind = state_kind::resolved;
  record.resolved_at = at;
  record.resolved_by = by;
}

// ---- what it is and who has it

void fold(incident& r, const incident_logged& e, const fold_context& c) {
  known_workflow(c.known, e.workflow, e.workflow_version);
  put_origin(r, e, c.entry);
  r.number = e.number;
  r.opened_at = is_set(e.reported_at) ? e.reported_at : c.entry.recorded_at;  // (S2)
  r.updated_at = c.entry.recorded_at;  // nothing that happens to it counts from before
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
  if (!e.custom.empty()) r.own<incident_details>().custom = e.custom;
  if (e.record_template) r.own<incident_details>().record_template = e.record_template;
}

void fold(incident& r, const incident_class_derived& e, const fold_context&) { r.incident_class = e.incident_class; }

void fold(incident& r, const incident_classified& e, const fold_context&) {
  r.category = e.category;
  r.service = e.service;
}

void fold(incident& r, const incident_prioritised& e, const fold_context&) {
  r.impact = e.impact;
  r.urgency = e.urgency;
  r.severity = e.severity;
  r.priority = e.priority;
  r.priority_overridden = e.overridden;
  r.priority_matrix_version = e.priority_matrix_version;
}

void fold(incident& r, const incident_assigned& e, const fold_context&) {
  give_to_team(r, e.team);
  r.assignee = e.assignee;
  r.state = e.state;
  r.state_kind = e.state_kind;
}

void fold(incident& r, const incident_acknowledged&, const fold_context& c) {
  r.acknowledged_at = c.at;
  r.acknowledged_by = c.entry.actor;
}

void fold(incident& r, const work_begun& e, const fold_context& c) {
  begin(r, c.at);
  r.state = e.state;
  r.state_kind = e.state_kind;
}

void fold(incident& r, const note_added&, const fold_context&) { ++r.note_count; }

void fold(incident& r, const update_added& e, const fold_context& c) {
  ++r.update_count;
  if (r.part<incident_clocks>()) note(r, clock_fact::updated(c.at, e.visibility), c.known);
  if (e.answers_requester && !is_set(r.first_response_at)) r.first_response_at = c.at;
}

// Whoever asked has broken the silence (L5).
void fold(incident& r, const reply_added& e, const fold_context& c) {
  ++r.reply_count;
  r.auto_close_at = no_instant;
  if (details_of(r).silence_over) r.own<incident_details>().silence_over = false;
  if (is_set(e.remind_at)) fold(r, hold_reminder{0, e.remind_at}, c);
}

void fold(incident& r, const incident_held& e, const fold_context& c) {
  begin_hold(r, e.reason, e.state, c.at);
  begin_wait(r, e);
}

void fold(incident& r, const incident_resumed& e, const fold_context& c) {
  end_hold(r, c.at);
  r.state = e.state;
  r.state_kind = e.state_kind;
}

void fold(incident& r, const incident_resolved& e, const fold_context& c) {
  resolve_record(r, e.state, c.at, c.entry.actor);
  r.resolution_code = e.code;
  r.permanent = e.permanent;
  r.auto_close_at = e.auto_close_at;
  if (e.cause == move_cause::parent) mark_child(r, &record_link::resolved, true);
  r.own_text().resolution_notes = e.notes;
}

void fold(incident& r, const resolution_confirmed&, const fold_context&) { r.confirmed = true; }

void fold(incident& r, const resolution_refused&, const fold_context&) { r.confirmed = false; }

void fold(incident& r, const incident_closed& e, const fold_context& c) {
  end_record(r, e.state, state_kind::closed, c.at);
}

void fold(incident& r, const incident_cancelled& e, const fold_context& c) {
  end_record(r, e.state, state_kind::cancelled, c.at);
}

void fold(incident& r, const incident_reopened& e, const fold_context&) {
  leave_resolution(r);
  r.state = e.state;
  r.state_kind = e.state_kind;
}

void fold(incident& r, const incident_amended& e, const fold_context&) {
  if (!e.title.empty()) r.own_text().title = e.title;
  if (!e.description.empty()) r.own_text().description = e.description;
  if (!e.resolution_notes.empty()) r.own_text().resolution_notes = e.resolution_notes;
  if (e.category) r.category = e.category;
  if (e.service) r.service = e.service;
  if (e.severity != severity::unset) r.severity = e.severity;
  if (e.resolution_code) r.resolution_code = e.resolution_code;
  if (is_set(e.occurred_at)) r.occurred_at = e.occurred_at;
  if (is_set(e.detected_at)) r.detected_at = e.detected_at;
}

void fold(incident& r, const record_imported& e, const fold_context& c) {
  put_origin(r, e, c.entry);
  r.imported = true;
  r.number = e.number_value;
  r.opened_at = e.opened_at;
  const workflow_graph& workflow = known_workflow(c.known, e.workflow, e.workflow_version);
  const priority_matrix* matrix = c.known.matrix(e.priority_matrix_version);
  if (e.keeps_clock_history) r.own<incident_clocks>().clock_history.opened = e.opened_at;
  for (const import_step& step : e.history) {
    if (step.at > c.entry.until) continue;
    const clock_marks before = marks_of(r);
    fold_step(r, step, workflow, matrix);
    note_changes(r, before, step.at, c.known);
  }
  if (c.entry.until != never) return;
  r.auto_close_at = e.auto_close_at;
  r.note_count = e.note_count;
  r.reply_count = e.reply_count;
}

void erase(incident_details& d, bool) {
  d.custom.clear();
  for (attachment& a : d.attachments) {
    a.name.clear();
    a.uri.clear();
  }
}

void fold(incident& r, const personal_erased& e, const fold_context&) {
  r.caller = {};
  r.reporter = {};
  incident_text& text = r.own_text();
  text.description.clear();
  text.contact.clear();
  if (e.texts) text = {};
  for (const part_type* type : part_types()) {
    if (type->erase && r.parts.find(type->number)) type->erase(r.parts.own(*type), e.texts);
  }
}

void fold(incident& r, const incident_moved& e, const fold_context& c) {
  if (is_final(e.state_kind)) return end_record(r, e.state, e.state_kind, c.at);
  if (e.state_kind != state_kind::on_hold) end_hold(r, c.at);
  r.state = e.state;
  r.state_kind = e.state_kind;
  if (e.state_kind == state_kind::in_progress) begin(r, c.at);
}

void fold(incident& r, const guards_overridden&, const fold_context&) { ++r.own<incident_details>().override_count; }

void fold(incident& r, const record_migrated& e, const fold_context& c) {
  r.workflow_version = e.workflow_version;
  r.state = e.state;
  r.state_kind = e.state_kind;
  r.held_from = e.held_from;
  adopt_wait(r, known_workflow(c.known, r.workflow, r.workflow_version));
}

void fold(incident& r, const move_scheduled& e, const fold_context&) { r.own<incident_details>().next_move_at = e.at; }

void fold(incident& r, const custom_fields_set& e, const fold_context&) {
  set_custom(r.own<incident_details>().custom, e.custom);
}

void fold(incident& r, const record_converted& e, const fold_context& c) {
  if (!e.held_from) end_hold(r, c.at);
  r.type = e.type;
  r.workflow = e.workflow;
  r.workflow_version = e.workflow_version;
  r.state = e.state;
  r.state_kind = e.state_kind;
  r.held_from = e.held_from;
  adopt_wait(r, known_workflow(c.known, r.workflow, r.workflow_version));
}

// ---- the wait

void fold(incident& record, const hold_reminder& e, const fold_context&) {
  incident_details& d = record.own<incident_details>();
  d.reminder_count = e.count;
  d.remind_at = e.next_at;
}

void fold(incident& record, const follow_up_set& e, const fold_context&) {
  record.own<incident_details>().follow_up_at = e.at;
}

void fold(incident& record, const follow_up_due&, const fold_context&) {
  record.own<incident_details>().follow_up_at = no_instant;
}

// ---- the resolution

void fold(incident& record, const resolution_verified& e, const fold_context& c) {
  incident_details& d = record.own<incident_details>();
  d.verified_at = e.passed ? c.at : no_instant;
  d.verified_by = e.passed ? c.entry.actor : person_ref{};
}

void fold(incident& record, const closing_deferred&, const fold_context&) {
  record.auto_close_at = no_instant;
  record.own<incident_details>().silence_over = true;
}

// ---- what belongs to it

void fold(incident& record, const attachment_added& e, const fold_context&) {
  incident_details& d = record.own<incident_details>();
  d.attachment_count = e.attachment;
  d.attachments.push_back({e.attachment, e.name, e.media_type, e.size, e.sha256, e.uri, e.visibility});
}

void fold(incident& record, const attachment_removed& e, const fold_context&) {
  std::erase_if(record.own<incident_details>().attachments,
                [&](const attachment& a) { return a.number == e.attachment; });
}

void fold(incident& record, const work_logged& e, const fold_context&) {
  incident_details& d = record.own<incident_details>();
  d.time_spent = d.time_spent + e.spent;
  auto share = std::ranges::find(d.work, e.person, &work_share::person);
  if (share == d.work.end()) share = d.work.insert(d.work.end(), {e.person, {}, 0});
  share->spent = share->spent + e.spent;
  ++share->entries;
}

void fold(incident& record, const incident_restricted& e, const fold_context&) {
  incident_details& d = record.own<incident_details>();
  d.restricted = true;
  d.restricted_to_people = e.people;
  d.restricted_to_teams = e.teams;
}

void fold(incident& record, const restriction_lifted&, const fold_context&) {
  incident_details& d = record.own<incident_details>();
  d.restricted = false;
  d.restricted_to_people.clear();
  d.restricted_to_teams.clear();
}

// ---- an imported history

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
    r.own_text().resolution_notes = step.resolution_notes;
  }
  if (!step.note.empty()) ++r.note_count;
  if (!step.reply.empty()) ++r.reply_count;
}

}  // namespace tocsin::inline v1
