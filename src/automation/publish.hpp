// Publishing automation rules (I3).
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <tocsin/automation/automation_rule.hpp>
#include <tocsin/desk/definition_row.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

// A rule, ready to be asked.
struct compiled_automation_rule {
  using compiled_from = automation_rule;

  automation_rule definition;
  std::vector<const event_type*> on;
  std::optional<condition> when;
  std::shared_ptr<const condition_schema> event_schema;  // of the condition on the event; null: there is none
  std::optional<condition> event_when;
};

std::shared_ptr<const compiled_automation_rule> compiled(const automation_rule& r, const compilation& with);

std::vector<std::string> lint(const automation_rule& r, const record_schemas& schemas);

void each_condition(const automation_rule& r, const record_schemas& schemas, const condition_visitor& to);

// The event on which rules may run that has this name; null: there is none. All of them but effects that change nothing, what a
// rule itself does, and what is no work on a record: imports, migrations, erasures, publications.
const event_type* find_trigger(std::string_view name);

extern const publication_rules automation_publication;

}  // namespace tocsin::inline v1
