// How commands about links are decided.
#pragma once

#include <cstdint>
#include <string>

namespace tocsin::inline v1 {

class deciding;
class objections;
struct desk_state;
struct incident;
struct plausible_commands;
struct record_link;
struct link_records;
struct unlink_records;
struct mark_duplicate;
enum class verb : std::uint8_t;

bool has_link(const incident& record, const record_link& wanted);
// Where it has no room for another link; `name` is that of the record.
void check_room_for_link(const incident& record, const std::string& name, objections& against);

void decide(const link_records& c, deciding& d);
void decide(const unlink_records& c, deciding& d);
void decide(const mark_duplicate& c, deciding& d);

// ---- as somebody might give them

void plausible_unlinking(const incident& record, plausible_commands& to);
void plausible_duplicate(const incident& record, plausible_commands& to);
verb duplicate_move(const incident& record, const desk_state& state);

}  // namespace tocsin::inline v1
