// What the timers of an incident do.
#pragma once

#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

void timers(const incident_details& details, const incident& record, timer_visitor visit);

void close_by_silence(deciding& d, const incident& record, const timer& fired);
void look_after_wait(deciding& d, const incident& record, const timer& fired);
void remind(deciding& d, const incident& record, const timer& fired);
void end_longest_wait(deciding& d, const incident& record, const timer& fired);
void move_by_itself(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
