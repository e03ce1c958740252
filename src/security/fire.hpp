// What the timers of a security incident do: its embargo is over, its disclosure comes, or is late.
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/security/disclosure.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const record_disclosure& part, const incident& record, timer_visitor visit);
void end_embargo(deciding& d, const incident& record, const timer& fired);
void say_disclosure_due(deciding& d, const incident& record, const timer& fired);
void say_disclosure_overdue(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
