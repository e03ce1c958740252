// How commands about workflows are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct move_incident;
struct migrate_records;

void decide(const move_incident& c, deciding& d);
void decide(const migrate_records& c, deciding& d);

}  // namespace tocsin::inline v1
