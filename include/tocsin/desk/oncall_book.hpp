// The duty of a desk: what its definitions say of a schedule in all their versions, each acting from the instant it came
// into force until the next one does, so that what was true stays true (O2, O3).
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

struct definitions_published;
struct oncall_changed;

// Everything that bears on the schedule. With `more`, as it will be when that has come into force.
oncall_book oncall_book_of(std::string_view schedule, const desk_state& state,
                           const definitions_published* more = nullptr);

// The versions of a rotation, in the order of their publication; none: there is no such rotation.
std::vector<dated<rotation>> rotation_versions(std::string_view key, const desk_state& state,
                                               const definitions_published* more = nullptr);

// The absences as they act, in all their versions.
std::vector<absence> acting_absences(const desk_state& state, const definitions_published* more = nullptr);

// Keys of the schedules that say something else, or may, when that comes into force; before or after it did.
std::set<std::string> touched_schedules(const definitions_published& published, const desk_state& state);

// Rebuilds what the state caches for the schedules that a publication touched, once it is in force.
void renew_rosters(const definitions_published& published, desk_state& state, std::vector<std::function<void()>>& undo);

// The same of all: for a state that many publications made.
void make_rosters(desk_state& state);

// What the publication changes in the weeks to come, before it has come into force (O1): an event for each schedule that
// was there before and says something else. Throws where a schedule cannot be made ready.
std::vector<oncall_changed> oncall_changes(const definitions_published& published, const desk_state& state,
                                           instant now);

// Who has a role at that instant: whoever is qualified, and whoever is on call for it; in service, by key, nobody twice.
std::vector<person_ref> people_in_role(const desk_state& state, role_ref role, instant at);

// The first instant after that one at which they may be others; `never` if none is before 2200.
instant next_change_of_role(const desk_state& state, role_ref role, instant after);

}  // namespace tocsin::inline v1
