// What the timers of clocks do.
#pragma once

#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

void timers(const incident_clocks& all, const incident& record, timer_visitor visit);

void look_at_clocks(deciding& d, const incident& record, const timer& fired);

}  // namespace tocsin::inline v1
