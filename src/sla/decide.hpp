// How commands about SLA clocks are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct excuse_breach;

void decide(const excuse_breach& c, deciding& d);

}  // namespace tocsin::inline v1
