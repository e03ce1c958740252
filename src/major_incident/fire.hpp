// What the timer of a major incident does: an update was due and was not there (M2).
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/major_incident/major_incident.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const record_major_incident& part, const incident& record, timer_visitor visit);
void say_update_overdue(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
