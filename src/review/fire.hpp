// What the timers of a review do: it is overdue, or action items of it are (M3).
#pragma once

#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/review/review.hpp>

namespace tocsin::inline v1 {

class deciding;

void timers(const record_review& part, const incident& record, timer_visitor visit);
void say_review_overdue(deciding& d, const incident& record, const timer& fired);
void say_action_items_overdue(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
