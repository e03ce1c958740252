// Publishing definitions: what is checked, what becomes a new version, and how the state takes it up.
#pragma once

#include <functional>
#include <vector>

#include <tocsin/desk/event.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

// Those of the command that are new or changed; throws where a definition is wrong in itself or names what is unknown.
definitions_published check_definitions(const publish& command, const desk_state& state, instant now);

// Takes them up. `undo` gets what takes them back; it cannot fail.
void apply_definitions(const definitions_published& published, desk_state& state,
                       std::vector<std::function<void()>>& undo);

// Forgets what names the person, in every version.
void forget_person(person_ref person, desk_state& state, std::vector<std::function<void()>>& undo);

}  // namespace tocsin::inline v1
