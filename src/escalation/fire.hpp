// What the timers of escalations do.
#pragma once

#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

void timers(const incident_escalations& all, const incident& record, timer_visitor visit);

void escalate_further(deciding& d, const incident& record, const timer& fired);
void release_bundle(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
