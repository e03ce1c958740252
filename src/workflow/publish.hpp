// Publishing workflows, priority matrices, custom fields, record types and templates.
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const workflow_graph> compiled(const workflow& w, const compilation& with);
std::shared_ptr<const compiled_template> compiled(const record_template& t, const compilation& with);
std::shared_ptr<const compiled_class_policy> compiled(const incident_class_policy& p, const compilation& with);

void each_condition(const workflow& w, const record_schemas& schemas, const condition_visitor& to);
void each_condition(const incident_class_policy& p, const record_schemas& schemas, const condition_visitor& to);

// The states, hold reasons and resolution codes of a workflow.
void each_word(const workflow& w, const word_visitor& to);

extern const publication_rules workflow_publication;

}  // namespace tocsin::inline v1
