// What events do to an incident, from logging to its end: the one place where these parts of a record change.
#pragma once

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/workflow/events.hpp>

namespace tocsin::inline v1 {

// The record ends, closed or cancelled, and its hold with it.
void end_record(incident& record, state_ref state, state_kind kind, instant at);
// It is resolved, and its hold ends with that.
void resolve_record(incident& record, state_ref state, instant at, person_ref by);

void fold(incident& record, const incident_logged& e, const fold_context& c);
void fold(incident& record, const incident_class_derived& e, const fold_context& c);
void fold(incident& record, const incident_classified& e, const fold_context& c);
void fold(incident& record, const incident_prioritised& e, const fold_context& c);
void fold(incident& record, const incident_assigned& e, const fold_context& c);
void fold(incident& record, const incident_acknowledged& e, const fold_context& c);
void fold(incident& record, const work_begun& e, const fold_context& c);
void fold(incident& record, const note_added& e, const fold_context& c);
void fold(incident& record, const update_added& e, const fold_context& c);
void fold(incident& record, const reply_added& e, const fold_context& c);
void fold(incident& record, const incident_held& e, const fold_context& c);
void fold(incident& record, const incident_resumed& e, const fold_context& c);
void fold(incident& record, const incident_resolved& e, const fold_context& c);
void fold(incident& record, const resolution_confirmed& e, const fold_context& c);
void fold(incident& record, const resolution_refused& e, const fold_context& c);
void fold(incident& record, const incident_closed& e, const fold_context& c);
void fold(incident& record, const incident_cancelled& e, const fold_context& c);
void fold(incident& record, const incident_reopened& e, const fold_context& c);
void fold(incident& record, const incident_amended& e, const fold_context& c);
void fold(incident& record, const record_imported& e, const fold_context& c);
void fold(incident& record, const personal_erased& e, const fold_context& c);
void fold(incident& record, const incident_moved& e, const fold_context& c);
void fold(incident& record, const guards_overridden& e, const fold_context& c);
void fold(incident& record, const record_migrated& e, const fold_context& c);
void fold(incident& record, const move_scheduled& e, const fold_context& c);
void fold(incident& record, const custom_fields_set& e, const fold_context& c);
void fold(incident& record, const record_converted& e, const fold_context& c);
void fold(incident& record, const hold_reminder& e, const fold_context& c);
void fold(incident& record, const follow_up_set& e, const fold_context& c);
void fold(incident& record, const follow_up_due& e, const fold_context& c);
void fold(incident& record, const resolution_verified& e, const fold_context& c);
void fold(incident& record, const closing_deferred& e, const fold_context& c);
void fold(incident& record, const attachment_added& e, const fold_context& c);
void fold(incident& record, const attachment_removed& e, const fold_context& c);
void fold(incident& record, const work_logged& e, const fold_context& c);
void fold(incident& record, const incident_restricted& e, const fold_context& c);
void fold(incident& record, const restriction_lifted& e, const fold_context& c);

// Takes out what is personal.
void erase(incident_details& details, bool texts);

}  // namespace tocsin::inline v1
