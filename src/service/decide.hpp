// How the command about affected items is decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct set_affected_items;

void decide(const set_affected_items& c, deciding& d);

}  // namespace tocsin::inline v1
