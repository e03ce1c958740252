// What the timers of communication do: an audience is to be told soon, or was to be told and was not (M2).
#pragma once

#include <tocsin/communication/communication.hpp>
#include <tocsin/desk/timer_queue.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const record_communication& part, const incident& record, timer_visitor visit);
void say_audience_update_due(deciding& d, const incident& record, const timer& fired);
void say_audience_update_overdue(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
