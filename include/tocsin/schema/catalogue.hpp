// The vocabulary written down: JSON Schemas of every document, and a catalogue of every word, both from the tables of
// fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

// A JSON Schema (2020-12) by name: a command, query, event or definition, "commands", "queries", "events",
// "desk_options", or "all". Throws not_found for another name.
std::string schema_document(std::string_view name);
std::vector<std::string> schema_names();

std::string catalogue_document();

}  // namespace tocsin::inline v1
