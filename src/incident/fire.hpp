// What the timers of an incident do.
#pragma once

#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

void timers(const incident_details& details, const incident& record, timer_visitor visit);

void close_by_silence(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);
void look_after_wait(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);
void remind(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);
void end_longest_wait(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);
void move_by_itself(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);

}  // namespace tocsin::inline v1
