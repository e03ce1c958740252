// Publishing what says who is on call: the instants that the desk gives, errors, warnings.
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

// Definitions act from now on where they do not say from when; history is what was true then (O3), so that what a desk knows
// already changes from now on at the earliest.
extern const publication_rules oncall_publication;

}  // namespace tocsin::inline v1
