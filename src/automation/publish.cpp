#include "publish.hpp"

#include <tocsin/automation/events.hpp>
#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/nearest.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/workflow/events.hpp>

#include "automation/decide_action.hpp"
#include "desk/publication.hpp"
#include "desk/publish_conditions.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool may_trigger(const event_type& type) {
  static const event_type* const never[] = {
      &definitions_published::descriptor, &zone_data_changed::descriptor,  &records_purged::descriptor,
      &personal_erased::descriptor,       &record_imported::descriptor,    &record_migrated::descriptor,
      &automation_begun::descriptor,      &automation_acted::descriptor,   &automation_stopped::descriptor,
      &automation_suspended::descriptor,  &automation_resumed::descriptor,
  };
  const bool only_tells = type.is_effect && !type.fold;
  return !only_tells && std::ranges::find(never, &type) == std::end(never);
}

std::vector<std::string_view> trigger_names() {
  std::vector<std::string_view> names;
  for (const event_type* type : event_types()) {
    if (may_trigger(*type)) names.push_back(type->name);
  }
  return names;
}

std::shared_ptr<const condition_schema> schema_of(const event_type& type, const record_schemas& schemas) {
  auto schema = std::make_shared<condition_schema>();
  schema->zones = schemas.record().zones;
  schema->add(type.fields());
  return schema;
}

// Null: there is no condition on the event, or it names no event that could have one.
std::shared_ptr<const condition_schema> event_schema_of(const automation_rule& r, const record_schemas& schemas) {
  const event_type* const type = r.event_when && r.on.size() == 1 ? find_trigger(r.on[0]) : nullptr;
  return type ? schema_of(*type, schemas) : nullptr;
}

void lint_condition(const embedded_json& json, const condition_schema& schema, const char* place,
                    std::vector<std::string>& findings) {
  if (!json) return;
  try {
    compile_condition(json.text, schema, place);
  } catch (const error& e) {
    findings.emplace_back(e.what());
  }
}

// ---- against others

// The words that there will be.
lexicon words_to_be(const publication_check& against) {
  lexicon words(against.state.words);
  for (const publication_base& one : against.all.all()) {
    const definition_type& type = one.type();
    for (std::size_t i = 0; i < one.size(); ++i) {
      words.add(type.words, one.key_at(i));
      if (!type.brings) continue;
      type.brings(one.at(i), [&](word_kind kind, const std::string& word) { words.add(kind, word); });
    }
  }
  return words;
}

void check_actions(const publication<automation_rule>& rules, std::size_t i, const lexicon& words) {
  const std::vector<automation_action>& actions = rules[i].actions;
  for (std::size_t n = 0; n < actions.size(); ++n) {
    if (actions[n].command.empty()) continue;
    try {
      read_action(actions[n], {1}, words);
    } catch (const error& e) {
      rules.refuse_at(i, "actions/" + std::to_string(n) + "/with: " + e.what());
    }
  }
}

void check_count(const publication<automation_rule>& rules) {
  std::size_t in_force = 0;
  rules.each([&](const automation_rule& one) { in_force += one.retired ? 0 : 1; });
  if (in_force <= limits::automation_rules_max) return;
  rules.refuse_at(rules.size() - 1, "at most " + std::to_string(limits::automation_rules_max) + " rules are in force");
}

void check(const publication_check& against) {
  const auto rules = against.all.of<automation_rule>();
  if (rules.empty()) return;
  const auto types = against.all.of<record_type>();
  const auto people = against.all.of<person>();
  const lexicon words = words_to_be(against);
  rules.each_given([&](std::size_t i, const automation_rule& rule) {
    if (rule.retired) return;
    for (const std::string& key : rule.record_types) {
      if (key != incident_type) rules.demand_one(i, types, key, "record_types: the record type");
    }
    rules.demand(i, people, rule.rights_of, "rights_of: the person");
    check_actions(rules, i, words);
  });
  check_count(rules);
}

std::string shown(const std::vector<std::string>& circle) {
  std::string all;
  for (const std::string& key : circle) all += (all.empty() ? "" : " -> ") + key;
  return all;
}

// Only those of which a rule has just changed: the others have been told of.
void warn(const publication_check& against, definitions_published& changes) {
  const std::vector<automation_rule>& changed = changes.definitions.of<automation_rule>();
  if (changed.empty()) return;
  std::vector<const automation_rule*> rules;
  against.all.of<automation_rule>().each([&](const automation_rule& one) { rules.push_back(&one); });
  for (const std::vector<std::string>& circle : circles_of(rules)) {
    const auto in_circle = [&](const automation_rule& one) {
      return std::ranges::find(circle, one.key) != circle.end();
    };
    const auto by = std::ranges::find_if(changed, in_circle);
    if (by == changed.end() || changes.warnings.size() == limits::warnings_max) continue;
    changes.warnings.push_back(
        {std::string(automation_rule::descriptor.name), by->key,
         "on: rules may set each other off, until the guard against loops stops them: " + shown(circle)});
  }
}

}  // namespace

const event_type* find_trigger(std::string_view name) {
  const auto all = event_types();
  const auto found = std::ranges::find(all, name, [](const event_type* type) { return type->name; });
  return found != all.end() && may_trigger(**found) ? *found : nullptr;
}

std::vector<std::string> lint(const automation_rule& r, const record_schemas& schemas) {
  std::vector<std::string> findings = lint_form(r);
  for (std::size_t i = 0; i < r.on.size(); ++i) {
    if (find_trigger(r.on[i])) continue;
    const std::vector<std::string_view> near = nearest_names(r.on[i], trigger_names());
    findings.push_back("on/" + std::to_string(i) + ": no rule runs on " + quoted(r.on[i]) +
                       (near.empty() ? std::string() : "; did you mean " + either(near) + "?"));
  }
  lint_condition(r.when, schemas.record(), "when", findings);
  if (const auto schema = event_schema_of(r, schemas)) lint_condition(r.event_when, *schema, "event_when", findings);
  return findings;
}

std::shared_ptr<const compiled_automation_rule> compiled(const automation_rule& r, const compilation& with) {
  const record_schemas& schemas = *with.state.definitions.schemas;
  auto ready = std::make_shared<compiled_automation_rule>();
  ready->definition = r;
  for (const std::string& name : r.on) {
    if (const event_type* type = find_trigger(name)) ready->on.push_back(type);
  }
  if (r.when) ready->when = compile_condition(r.when.text, schemas.record());
  ready->event_schema = event_schema_of(r, schemas);
  if (ready->event_schema) ready->event_when = compile_condition(r.event_when.text, *ready->event_schema);
  return ready;
}

void each_condition(const automation_rule& r, const record_schemas& schemas, const condition_visitor& to) {
  visit_condition("when", r.when, schemas.record(), to, true);
  if (const auto schema = event_schema_of(r, schemas)) visit_condition("event_when", r.event_when, *schema, to);
}

constinit const publication_rules automation_publication{.check = check, .warn = warn};

}  // namespace tocsin::inline v1
