// Publishing definitions: what is checked, what becomes a new version, and how the state takes it up.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

// Those of the command that are new or changed; throws where a definition is wrong in itself or names what is unknown.
definitions_published check_definitions(const publish& command, const desk_state& state, instant now);

// Takes them up. `undo` gets what takes them back; it cannot fail.
void apply_definitions(const definitions_published& published, desk_state& state,
                       std::vector<std::function<void()>>& undo);

// The desk goes on with other zone data than its journal says: what is to be said of that; none where it is the same, or
// the journal of an earlier release does not say (T2).
std::optional<zone_data_changed> changed_zone_data(const desk_state& state);

// Each calendar that opens or closes at other instants by that data gets a version of its own; answers which. `undo` as
// above.
std::vector<business_calendar_definition> apply_zone_data(const zone_data_changed& e, desk_state& state,
                                                          std::vector<std::function<void()>>& undo);

// Forgets what names the person, in every version.
void forget_person(person_ref person, desk_state& state, std::vector<std::function<void()>>& undo);

}  // namespace tocsin::inline v1
