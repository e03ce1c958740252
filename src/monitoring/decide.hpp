// How commands about machine events and maintenance windows are decided.
#pragma once

#include <tocsin/incident/commands.hpp>
#include <tocsin/monitoring/commands.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

void decide(const report_event& c, deciding& d);
void decide(const schedule_maintenance& c, deciding& d);
void decide(const cancel_maintenance& c, deciding& d);
void decide(const change_maintenance& c, deciding& d);

// A heartbeat was missed.
void miss_heartbeat(deciding& d, const incident& watch);
// A maintenance window ended: it lets go of what it held back.
void release(deciding& d, const incident& window);

void raise(deciding& d, const report_event& c);
// One incident for all: of those of its source, or of those that the window held back.
void bundle(deciding& d, const report_event& c, std::string_view window = {});
bool hold_back(deciding& d, const report_event& c);
// Was it held back by a window, which says then that it is over?
bool clear_held(deciding& d, const report_event& c);
log_incident incident_of(const deciding& d, const report_event& c);

}  // namespace tocsin::inline v1
