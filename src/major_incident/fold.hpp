// What the events of major incidents do to their record.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/major_incident/events.hpp>

namespace tocsin::inline v1 {

struct record_major_incident;

void fold(incident& r, const major_incident_proposed& e, const fold_context& c);
void fold(incident& r, const major_incident_accepted& e, const fold_context& c);
void fold(incident& r, const major_incident_rejected& e, const fold_context& c);
void fold(incident& r, const major_incident_demoted& e, const fold_context& c);
void fold(incident& r, const major_severity_noted& e, const fold_context& c);
void fold(incident& r, const role_assumed& e, const fold_context& c);
void fold(incident& r, const role_relinquished& e, const fold_context& c);
void fold(incident& r, const command_transferred& e, const fold_context& c);
void fold(incident& r, const decision_logged& e, const fold_context& c);
void fold(incident& r, const action_logged& e, const fold_context& c);
void fold(incident& r, const situation_room_opened& e, const fold_context& c);
void fold(incident& r, const room_joined& e, const fold_context& c);
void fold(incident& r, const room_left& e, const fold_context& c);
void fold(incident& r, const update_scheduled& e, const fold_context& c);
void fold(incident& r, const update_overdue& e, const fold_context& c);

void erase(record_major_incident& p, bool texts);

}  // namespace tocsin::inline v1
