// How the events about tasks, links, waits and what belongs to a record change it.
#pragma once

#include <tocsin/desk/event.hpp>
#include <tocsin/lifecycle/workflow.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

// When it happened, and by whom.
struct fold_moment {
  instant at = no_instant;
  person_ref actor;
};

void begin_wait(incident& record, const incident_held& e);
void end_wait(incident& record);                                    // with all that was to come of it
void adopt_wait(incident& record, const workflow_graph& workflow);  // what its reason does not bring there, ends
void forget_resolution(incident& record);                           // that it was verified, and whose it was
void erase_personal_details(incident& record);
// What else was written about it, beside its own texts; whatever journals hold behind commitments must be gone then.
void erase_texts(incident& record);

// Marks the link to its parent, if it has one.
void mark_child(incident& record, bool record_link::* mark, bool value);

void fold_life(incident& record, const task_added& e, const fold_moment& m);
void fold_life(incident& record, const task_changed& e, const fold_moment& m);
void fold_life(incident& record, const task_begun& e, const fold_moment& m);
void fold_life(incident& record, const task_completed& e, const fold_moment& m);
void fold_life(incident& record, const task_skipped& e, const fold_moment& m);
void fold_life(incident& record, const task_overdue& e, const fold_moment& m);
void fold_life(incident& record, const tasks_ended& e, const fold_moment& m);
void fold_life(incident& record, const records_linked& e, const fold_moment& m);
void fold_life(incident& record, const records_unlinked& e, const fold_moment& m);
void fold_life(incident& record, const duplicates_gained& e, const fold_moment& m);
void fold_life(incident& record, const duplicates_lost& e, const fold_moment& m);
void fold_life(incident& record, const original_changed& e, const fold_moment& m);
void fold_life(incident& record, const resolution_verified& e, const fold_moment& m);
void fold_life(incident& record, const closing_deferred& e, const fold_moment& m);
void fold_life(incident& record, const hold_reminder& e, const fold_moment& m);
void fold_life(incident& record, const follow_up_set& e, const fold_moment& m);
void fold_life(incident& record, const follow_up_due& e, const fold_moment& m);
void fold_life(incident& record, const attachment_added& e, const fold_moment& m);
void fold_life(incident& record, const attachment_removed& e, const fold_moment& m);
void fold_life(incident& record, const work_logged& e, const fold_moment& m);
void fold_life(incident& record, const incident_restricted& e, const fold_moment& m);
void fold_life(incident& record, const restriction_lifted& e, const fold_moment& m);
void fold_life(incident& record, const resolution_rated& e, const fold_moment& m);

}  // namespace tocsin::inline v1
