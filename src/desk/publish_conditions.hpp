// The conditions of definitions that are being published: that what they name is there, and what is odd about them.
#pragma once

#include <string>

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>

#include "publication.hpp"

namespace tocsin::inline v1 {

// Visits the condition at that path, if there is one.
void visit_condition(std::string path, const embedded_json& json, const condition_schema& schema,
                     const condition_visitor& to, bool sees_changes = false);

// Refuses a key, or a choice of a custom field, that nothing has; and `changed`, `from` and `to` where nothing happens
// that they could ask about.
void check_conditions(const publications& all, const record_schemas& schemas, const lexicon& words);

// Of what came into force: conditions that never hold, always hold, or compare constants alone.
void add_condition_warnings(const record_schemas& schemas, definitions_published& changes);

}  // namespace tocsin::inline v1
