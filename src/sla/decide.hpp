// How commands about SLA clocks are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct incident;
struct plausible_commands;
struct excuse_breach;

void decide(const excuse_breach& c, deciding& d);

// ---- as somebody might give them

void plausible_excuse(const incident& record, plausible_commands& to);

}  // namespace tocsin::inline v1
