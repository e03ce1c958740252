// What the events of machines make of a record (I4, R-C42).
#pragma once

#include <tocsin/desk/fold.hpp>

namespace tocsin::inline v1 {

void fold_monitoring(incident& record, const occurrence_added& e, instant at);
void fold_monitoring(incident& record, const event_cleared& e, instant at);
void fold_monitoring(incident& record, const event_bundled& e, instant at);
void fold_monitoring(incident& record, const heartbeat_received& e, instant at);
void fold_monitoring(incident& record, const heartbeat_missed& e);
void fold_monitoring(incident& record, const maintenance_scheduled& e);
void fold_monitoring(incident& record, const event_held_back& e, instant at, std::uint64_t entry);
void fold_monitoring(incident& record, const maintenance_ended& e);
void fold_monitoring(incident& record, const maintenance_changed& e);

}  // namespace tocsin::inline v1
