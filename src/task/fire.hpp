// What the timers of tasks do.
#pragma once

#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/task.hpp>

namespace tocsin::inline v1 {

void timers(const record_tasks& all, const incident& record, timer_visitor visit);

void say_overdue(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);

}  // namespace tocsin::inline v1
