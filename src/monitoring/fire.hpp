// What the timers of heartbeats and maintenance windows do.
#pragma once

#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/monitoring.hpp>

namespace tocsin::inline v1 {

void timers(const incident_monitoring& kept, const incident& record, timer_visitor visit);
void timers(const incident_maintenance& window, const incident& record, timer_visitor visit);

void report_missed(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);
void begin_maintenance(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);
void end_maintenance(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);

}  // namespace tocsin::inline v1
