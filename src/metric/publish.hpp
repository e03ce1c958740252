// Publishing metrics.
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

void each_condition(const metric& m, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules metric_publication;

}  // namespace tocsin::inline v1
