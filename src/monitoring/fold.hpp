// What the events of machines make of a record (I4, R-C42).
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/monitoring/events.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const occurrence_added& e, const fold_context& c);
void fold(incident& record, const event_cleared& e, const fold_context& c);
void fold(incident& record, const event_bundled& e, const fold_context& c);
void fold(incident& record, const heartbeat_received& e, const fold_context& c);
void fold(incident& record, const heartbeat_missed& e, const fold_context& c);
void fold(incident& record, const maintenance_scheduled& e, const fold_context& c);
void fold(incident& record, const event_held_back& e, const fold_context& c);
void fold(incident& record, const maintenance_ended& e, const fold_context& c);
void fold(incident& record, const maintenance_changed& e, const fold_context& c);

// Takes out what is personal, and with `texts` all that was written.
void erase(incident_monitoring& m, bool texts);

// Takes out what is personal, and with `texts` all that was written.
void erase(incident_maintenance& m, bool texts);

}  // namespace tocsin::inline v1
