// What the timers of clocks do.
#pragma once

#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

void timers(const incident_clocks& all, const incident& record, timer_visitor visit);

void look_at_clocks(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);

}  // namespace tocsin::inline v1
