// How commands about links are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct link_records;
struct unlink_records;
struct mark_duplicate;

void decide(const link_records& c, deciding& d);
void decide(const unlink_records& c, deciding& d);
void decide(const mark_duplicate& c, deciding& d);

}  // namespace tocsin::inline v1
