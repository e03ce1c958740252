// How the command about assignment rules is decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct route_incident;

void decide(const route_incident& c, deciding& d);

}  // namespace tocsin::inline v1
