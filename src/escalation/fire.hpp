// What the timers of escalations do.
#pragma once

#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

void timers(const incident_escalations& all, const incident& record, timer_visitor visit);

void escalate_further(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);
void release_bundle(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);

}  // namespace tocsin::inline v1
