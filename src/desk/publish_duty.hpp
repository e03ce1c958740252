// Publishing what says who is on call: the instants that the desk gives, errors, warnings.
#pragma once

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/state.hpp>

#include "publication.hpp"

namespace tocsin::inline v1 {

bool has_duty(const publish& asked);

// With the instants from which everything acts: now, where nothing is said; history is what was true then (O3), so that
// what a desk knows already changes from now on at the earliest. Throws where a definition would change what is past.
publish settled_duty(const publish& asked, const desk_state& state, instant now);

// Throws where a definition names what is unknown, or there would be too many.
void check_duty(const publications& all, const desk_state& state);

// What is odd about those that are new or changed.
std::vector<definition_warning> duty_warnings(const definitions_published& changes, const publications& all);

}  // namespace tocsin::inline v1
