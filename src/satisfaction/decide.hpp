// How the command about satisfaction is decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct incident;
struct plausible_commands;
struct rate_resolution;

void decide(const rate_resolution& c, deciding& d);

// ---- as somebody might give them

void plausible_rating(const incident& record, plausible_commands& to);

}  // namespace tocsin::inline v1
