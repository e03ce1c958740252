// What the timers of heartbeats and maintenance windows do.
#pragma once

#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/monitoring.hpp>

namespace tocsin::inline v1 {

void timers(const incident_monitoring& kept, const incident& record, timer_visitor visit);
void timers(const incident_maintenance& window, const incident& record, timer_visitor visit);

void report_missed(deciding& d, const incident& record, const timer& fired);
void begin_maintenance(deciding& d, const incident& record, const timer& fired);
void end_maintenance(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
