// How the command about satisfaction is decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct rate_resolution;

void decide(const rate_resolution& c, deciding& d);

}  // namespace tocsin::inline v1
