// The class of an incident follows from what is known of it (R-P26).
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/incident/events.hpp>

#include "desk/changed_view.hpp"
#include "desk/incident_classing.hpp"
#include "desk/react.hpp"

namespace tocsin::inline v1 {
namespace {

bool is_incident(const incident& record, const desk_state& state) {
  return state.definitions.base_of(record) == record_base::incident;
}

const compiled_class_policy* policy_for(const incident& record, const desk_state& state) {
  if (is_final(record.state_kind) || !is_incident(record, state)) return nullptr;
  const definition_table& known = state.definitions;
  const compiled_class_policy* policy = known.of<compiled_class_policy>().current(known.incident_classes.index);
  return policy && !policy->definition.retired ? policy : nullptr;
}

}  // namespace

bool goes_by_class(const incident& record, const desk_state& state) { return policy_for(record, state) != nullptr; }

std::optional<incident_class_derived> derive_class(const incident& record, const decision& given) {
  const desk_state& state = given.state;
  const compiled_class_policy* policy = policy_for(record, state);
  if (!policy) {
    const bool was_incident = record.incident_class != incident_class::unset && !is_incident(record, state);
    return was_incident ? std::optional(incident_class_derived()) : std::nullopt;
  }
  const changed_view seen(record, given);
  const condition_data data = seen.data();
  const incident_class_rule* rule = policy->rule_for(data, given.at);
  const incident_class derived = rule ? rule->incident_class : incident_class::standard;
  if (derived == record.incident_class) return std::nullopt;
  incident_class_derived e;
  e.incident_class = derived;
  e.policy_version = state.definitions.of<compiled_class_policy>().latest(state.definitions.incident_classes.index);
  if (rule) {
    e.rule = rule->key;
    e.inputs.text = policy->inputs_of(*rule, data, given.at);
  }
  return e;
}

void react_by_class(const incident& record, const decision& given, std::vector<event>& more) {
  if (auto derived = derive_class(record, given)) more.push_back({{record.id}, 0, std::move(*derived)});
}

}  // namespace tocsin::inline v1
