// Publishing SLA policies and contracts.
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const sla_agreement> compiled(const sla_policy& policy, const compilation& with);
std::shared_ptr<const compiled_contract> compiled(const contract& c, const compilation& with);

void each_condition(const sla_policy& p, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules sla_publication;

}  // namespace tocsin::inline v1
