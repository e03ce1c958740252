// Publishing recurrence rules (P4).
#pragma once

#include <tocsin/desk/definition_row.hpp>
#include <tocsin/problem/recurrence_plan.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const recurrence_plan> compiled(const recurrence_rule& rule, const compilation& with);

void each_condition(const recurrence_rule& r, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules problem_publication;

}  // namespace tocsin::inline v1
