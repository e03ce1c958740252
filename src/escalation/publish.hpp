// Publishing escalation policies (E1, E8).
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const escalation_plan> compiled(const escalation_policy& policy, const compilation& with);

void each_condition(const escalation_policy& p, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules escalation_publication;

}  // namespace tocsin::inline v1
