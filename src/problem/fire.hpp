// What the timers of a problem do: a cascade goes on (P5), an accepted risk is to be reviewed.
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/problem/problem.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const record_problem& problem, const incident& record, timer_visitor visit);
void go_on_with_cascade(deciding& d, const incident& record, const timer& fired);
void say_risk_review_due(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
