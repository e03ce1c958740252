// The conditions of definitions that are being published: that what they name is there, and what is odd about them.
#pragma once

#include <vector>

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>

#include "publication.hpp"

namespace tocsin::inline v1 {

// Refuses a key, or a choice of a custom field, that nothing has; and `changed`, `from` and `to` where nothing happens
// that they could ask about.
void check_conditions(const publications& all, const record_schemas& schemas, const lexicon& words);

// Of what came into force: conditions that never hold, always hold, or compare constants alone.
void add_condition_warnings(const record_schemas& schemas, definitions_published& changes);

}  // namespace tocsin::inline v1
