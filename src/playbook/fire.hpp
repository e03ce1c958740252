// What the timer of a playbook run does: a step takes longer than it may (R-C23).
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/playbook/playbook_run.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const record_playbook_runs& part, const incident& record, timer_visitor visit);
void say_steps_overdue(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
