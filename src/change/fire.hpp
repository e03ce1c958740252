// What the timer of a change does: its end reaches more incidents.
#pragma once

#include <tocsin/change/change.hpp>
#include <tocsin/desk/timer_queue.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const change_details& change, const incident& record, timer_visitor visit);
void go_on_with_change(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
