// Publishing playbooks (R-C23).
#pragma once

#include <tocsin/desk/definition_row.hpp>
#include <tocsin/playbook/playbook.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const compiled_playbook> compiled(const playbook& p, const compilation& with);

void each_condition(const playbook& p, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules playbook_publication;

}  // namespace tocsin::inline v1
