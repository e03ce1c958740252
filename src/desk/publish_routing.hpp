// Publishing skills and assignment rules: errors and warnings (I2).
#pragma once

#include <vector>

#include <tocsin/desk/events.hpp>

#include "publication.hpp"

namespace tocsin::inline v1 {

// Throws where a person has a skill that is unknown, or a rule names what is unknown, never gets its turn, or there is no
// default.
void check_routing(const publications& all, const record_schemas& schemas);

// Rules that are new or changed, or whose team or schedule is, and have nobody; and words in conditions that are unknown.
void add_routing_warnings(const publications& all, definitions_published& changes);

}  // namespace tocsin::inline v1
