// How the command about assignment rules is decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct incident;
struct plausible_commands;
struct route_incident;

void decide(const route_incident& c, deciding& d);

// ---- as somebody might give them

void plausible_routing(const incident& record, plausible_commands& to);

}  // namespace tocsin::inline v1
