// Publishing policies of major incidents (M1, M2).
#pragma once

#include <tocsin/desk/definition_row.hpp>
#include <tocsin/major_incident/major_incident_policy.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const compiled_major_policy> compiled(const major_incident_policy& p, const compilation& with);

void each_condition(const major_incident_policy& p, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules major_incident_publication;

}  // namespace tocsin::inline v1
