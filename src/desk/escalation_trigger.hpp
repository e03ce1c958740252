// What starts runs by itself (E7).
#pragma once

#include <string>

#include <tocsin/desk/decide.hpp>

#include "run_driver.hpp"

namespace tocsin::inline v1 {

// Does the condition of the policy's trigger hold for the record, if it has one?
bool trigger_holds(const escalation_plan& plan, std::size_t trigger, const incident& record, const decision& given);

// Starts runs of the watches that are due; says how the watches stand then.
void fire_watches(run_driver& keeper, const incident& record, const decision& given, std::vector<event>& events);

}  // namespace tocsin::inline v1
