// What the timers of tasks do.
#pragma once

#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/task.hpp>

namespace tocsin::inline v1 {

void timers(const record_tasks& all, const incident& record, timer_visitor visit);

void say_overdue(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
