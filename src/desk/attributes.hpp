// Values of custom fields that people, teams, services and customers have: what conditions ask for as
// "caller.custom.<key>", "service.custom.<key>".
#pragma once

#include <functional>
#include <vector>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/model/custom_field.hpp>

#include "publication.hpp"

namespace tocsin::inline v1 {

// Refuses what is no field of theirs, or no value of it; and a field that would not be theirs any more.
void check_attributes(const publications& all, const lexicon& words);

using field_lookup = std::function<const custom_field*(const std::string& key)>;

// Of a definition that is coming into force: what it has, by number. Keys that no field has are passed over.
std::vector<custom_value> attributes_of(const embedded_json& custom, const field_lookup& fields, const lexicon& words);

}  // namespace tocsin::inline v1
