// How commands about links are decided.
#pragma once

#include <string>

namespace tocsin::inline v1 {

class deciding;
class objections;
struct incident;
struct record_link;
struct link_records;
struct unlink_records;
struct mark_duplicate;

bool has_link(const incident& record, const record_link& wanted);
// Where it has no room for another link; `name` is that of the record.
void check_room_for_link(const incident& record, const std::string& name, objections& against);

void decide(const link_records& c, deciding& d);
void decide(const unlink_records& c, deciding& d);
void decide(const mark_duplicate& c, deciding& d);

}  // namespace tocsin::inline v1
