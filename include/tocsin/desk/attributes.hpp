// Values of custom fields that people, teams, services and customers have: what conditions ask for as
// "caller.custom.<key>", "service.custom.<key>".
#pragma once

#include <vector>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/desk/definition_type.hpp>
#include <tocsin/model/custom_field.hpp>

namespace tocsin::inline v1 {

class publications;

// Refuses what is no field of theirs, or no value of it; and a field that would not be theirs any more.
void check_attributes(const publications& all, const lexicon& words);

// Of a definition that is coming into force: what it has, by number. Keys that no field has are passed over.
std::vector<custom_value> attributes_of(const embedded_json& custom, const compilation& with);

}  // namespace tocsin::inline v1
