// Publishing assignment rules (I2).
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const compiled_assignment_rule> compiled(const assignment_rule& rule, const compilation& with);

void each_condition(const assignment_rule& r, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules assignment_publication;

}  // namespace tocsin::inline v1
