// What the timers of automation do: a run goes on by one action, or a suspension ends (I3).
#pragma once

#include <tocsin/automation/automation_record.hpp>
#include <tocsin/desk/timer_queue.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const record_automation& part, const incident& record, timer_visitor visit);
void go_on_with_automation(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
