// The incidents of a problem: those that it causes, by their links (R-C12).
#pragma once

#include <cstdint>
#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

class deciding;

// Live incidents and requests that the problem causes, in order of their links.
std::vector<incident_ptr> incidents_of(const decision& given, const incident& problem);

// Those of them that are on hold until it is solved: they await a problem, and no other open one causes them.
struct awaiting_incidents {
  std::vector<incident_ptr> may_be_moved;
  std::uint32_t left = 0;  // that the actor may not change, or may not know of (D9)
};
awaiting_incidents awaiting(const decision& given, const incident& problem);
bool awaits(const decision& given, const incident& record, const incident& problem);

// May the actor end the wait of that record by what it does to the problem (D9)?
bool may_reach(const decision& given, const incident& problem, const incident& record);

// Links an incident to the problem that causes it, unless it is already; the problem may be one that the command makes.
void link_cause(deciding& d, const incident& record, record_ref problem);
// The same for what follows from the end of its problem: that other one causes it, too. False: there is no room for it.
bool move_link(const decision& given, const incident& record, record_ref to, std::vector<event>& more);

}  // namespace tocsin::inline v1
