// How commands about known errors are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct publish_known_error;
struct revise_known_error;
struct retire_known_error;
struct link_known_error;

void decide(const publish_known_error& c, deciding& d);
void decide(const revise_known_error& c, deciding& d);
void decide(const retire_known_error& c, deciding& d);
void decide(const link_known_error& c, deciding& d);

}  // namespace tocsin::inline v1
