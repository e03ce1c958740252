// The class of an incident, derived by rules that are data (R-P26): how to handle it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t incident_class_rules_max = 100;
}  // namespace limits

struct incident_class_rule {
  std::string key;
  std::string name;
  tocsin::incident_class incident_class = incident_class::unset;
  embedded_json when;  // condition on the record

  static std::span<const field_row> fields();
};

// The first rule that holds gives an incident its class; where none holds, it is a standard one.
struct incident_class_policy {
  std::string key;  // "incident" is the one that incidents go by
  std::string name;
  std::vector<incident_class_rule> rules;
  bool retired = false;  // incidents keep the class that they have

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each.
std::vector<std::string> lint(const incident_class_policy& definition, const condition_schema& schema);

// A compiled policy. Throws if one of its conditions is not valid.
struct compiled_class_policy {
  using compiled_from = incident_class_policy;

  compiled_class_policy(const incident_class_policy& d, const condition_schema& schema);

  incident_class_policy definition;
  std::vector<condition> when;  // of each rule

  // The first rule that holds; null where none does.
  const incident_class_rule* rule_for(const condition_data& record, instant now) const;
  // As JSON, what the rule's condition saw.
  std::string inputs_of(const incident_class_rule& rule, const condition_data& record, instant now) const;
};

}  // namespace tocsin::inline v1
