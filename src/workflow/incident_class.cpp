#include <tocsin/workflow/incident_class.hpp>

#include <tocsin/base/error.hpp>

#include <algorithm>
#include <set>

#include "rule/explained.hpp"

namespace tocsin::inline v1 {

std::span<const field_row> incident_class_rule::fields() {
  using self = incident_class_rule;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the rule", required, one_line, max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::incident_class>("incident_class", "The class of an incident for which it holds", required),
      row<&self::when>("when", "When it holds, a condition in JsonLogic's syntax", required),
  };
  return rows;
}

std::span<const field_row> incident_class_policy::fields() {
  using self = incident_class_policy;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the policy; \"incident\" is the one that incidents go by", required, one_line,
                      max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::rules>("rules", "The first that holds gives the class; where none holds it is standard",
                        max_length(limits::incident_class_rules_max)),
      row<&self::retired>("retired", "Incidents keep the class that they have"),
  };
  return rows;
}

std::vector<std::string> lint(const incident_class_policy& policy, const condition_schema& schema) {
  std::vector<std::string> findings;
  if (policy.key != "incident") findings.emplace_back("key: only \"incident\" is asked for");
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const std::string place = "rules/" + std::to_string(i);
    if (!seen.insert(policy.rules[i].key).second) {
      findings.push_back(place + "/key: \"" + policy.rules[i].key + "\" is there twice");
    }
    try {
      compile_condition(policy.rules[i].when.text, schema, place + "/when");
    } catch (const error& e) {
      findings.emplace_back(e.what());
    }
  }
  return findings;
}

compiled_class_policy::compiled_class_policy(const incident_class_policy& d, const condition_schema& schema)
    : definition(d) {
  for (const incident_class_rule& rule : d.rules) when.push_back(compile_condition(rule.when.text, schema));
}

const incident_class_rule* compiled_class_policy::rule_for(const condition_data& record, instant now) const {
  for (std::size_t i = 0; i < when.size(); ++i) {
    if (holds(when[i], record, now)) return &definition.rules[i];
  }
  return nullptr;
}

std::string compiled_class_policy::inputs_of(const incident_class_rule& rule, const condition_data& record,
                                             instant now) const {
  const auto place = static_cast<std::size_t>(&rule - definition.rules.data());
  return explained(when[place], record, now);
}

}  // namespace tocsin::inline v1
