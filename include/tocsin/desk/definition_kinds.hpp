// Every kind of definition once: where `publish` and its event list it, and where a desk keeps its versions. The order is
// that in which one publication is checked and comes into force.
#pragma once

#include <tuple>
#include <type_traits>
#include <vector>

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

// What was published of what a desk keeps ready.
inline const workflow& plain(const workflow_graph& w) { return w.definition(); }
inline const record_template& plain(const compiled_template& t) { return t.definition; }
inline const business_calendar_definition& plain(const business_calendar& c) { return c.definition(); }
inline const sla_policy& plain(const sla_agreement& a) { return a.policy; }
inline const escalation_policy& plain(const escalation_plan& p) { return p.policy; }
inline const incident_class_policy& plain(const compiled_class_policy& p) { return p.definition; }
inline const contract& plain(const compiled_contract& c) { return c.definition; }
inline const assignment_rule& plain(const compiled_assignment_rule& r) { return r.definition; }
template <class T>
const T& plain(const T& definition) {
  return definition;
}

// A contact profile has its person's key.
inline const std::string& key_of(const contact_profile& profile) { return profile.person; }
template <class T>
const std::string& key_of(const T& definition) {
  return definition.key;
}

template <word_kind Kind, auto Given, auto Published, auto Known>
struct definition_kind {
  static constexpr word_kind kind = Kind;

  static const auto& given(const publish& c) { return c.*Given; }
  static auto& given(publish& c) { return c.*Given; }
  static const auto& published(const definitions_published& e) { return e.*Published; }
  static auto& published(definitions_published& e) { return e.*Published; }
  static const auto& known(const definition_table& all) { return all.*Known; }
  static auto& known(definition_table& all) { return all.*Known; }

  using definition = typename std::remove_cvref_t<decltype(given(std::declval<const publish&>()))>::value_type;
};

using definition_kinds = std::tuple<
    definition_kind<word_kind::person, &publish::people, &definitions_published::people, &definition_table::people>,
    definition_kind<word_kind::team, &publish::teams, &definitions_published::teams, &definition_table::teams>,
    definition_kind<word_kind::service, &publish::services, &definitions_published::services,
                    &definition_table::services>,
    definition_kind<word_kind::category, &publish::categories, &definitions_published::categories,
                    &definition_table::categories>,
    definition_kind<word_kind::priority_matrix, &publish::priority_matrices, &definitions_published::priority_matrices,
                    &definition_table::priority_matrices>,
    definition_kind<word_kind::custom_field, &publish::custom_fields, &definitions_published::custom_fields,
                    &definition_table::custom_fields>,
    definition_kind<word_kind::workflow, &publish::workflows, &definitions_published::workflows,
                    &definition_table::workflows>,
    definition_kind<word_kind::record_type, &publish::record_types, &definitions_published::record_types,
                    &definition_table::record_types>,
    definition_kind<word_kind::permission_policy, &publish::permission_policies,
                    &definitions_published::permission_policies, &definition_table::permission_policies>,
    definition_kind<word_kind::record_template, &publish::record_templates, &definitions_published::record_templates,
                    &definition_table::record_templates>,
    definition_kind<word_kind::event_source, &publish::event_sources, &definitions_published::event_sources,
                    &definition_table::event_sources>,
    definition_kind<word_kind::business_calendar, &publish::business_calendars,
                    &definitions_published::business_calendars, &definition_table::business_calendars>,
    definition_kind<word_kind::sla_policy, &publish::sla_policies, &definitions_published::sla_policies,
                    &definition_table::sla_policies>,
    definition_kind<word_kind::rotation, &publish::rotations, &definitions_published::rotations,
                    &definition_table::rotations>,
    definition_kind<word_kind::schedule, &publish::schedules, &definitions_published::schedules,
                    &definition_table::schedules>,
    definition_kind<word_kind::contact_profile, &publish::contact_profiles, &definitions_published::contact_profiles,
                    &definition_table::contact_profiles>,
    definition_kind<word_kind::role, &publish::roles, &definitions_published::roles, &definition_table::roles>,
    definition_kind<word_kind::schedule_override, &publish::schedule_overrides,
                    &definitions_published::schedule_overrides, &definition_table::schedule_overrides>,
    definition_kind<word_kind::shift_swap, &publish::shift_swaps, &definitions_published::shift_swaps,
                    &definition_table::shift_swaps>,
    definition_kind<word_kind::absence, &publish::absences, &definitions_published::absences,
                    &definition_table::absences>,
    definition_kind<word_kind::escalation_policy, &publish::escalation_policies,
                    &definitions_published::escalation_policies, &definition_table::escalation_policies>,
    definition_kind<word_kind::customer, &publish::customers, &definitions_published::customers,
                    &definition_table::customers>,
    definition_kind<word_kind::contract, &publish::contracts, &definitions_published::contracts,
                    &definition_table::contracts>,
    definition_kind<word_kind::incident_class_policy, &publish::incident_class_policies,
                    &definitions_published::incident_class_policies, &definition_table::incident_class_policies>,
    definition_kind<word_kind::skill, &publish::skills, &definitions_published::skills, &definition_table::skills>,
    definition_kind<word_kind::assignment_rule, &publish::assignment_rules, &definitions_published::assignment_rules,
                    &definition_table::assignment_rules>,
    definition_kind<word_kind::metric, &publish::metrics, &definitions_published::metrics, &definition_table::metrics>,
    definition_kind<word_kind::vendor, &publish::vendors, &definitions_published::vendors, &definition_table::vendors>>;

// Calls `visit` with each kind; what it is given has no state, only names.
template <class Visit>
void each_definition_kind(Visit visit) {
  [&]<class... Kind>(std::type_identity<std::tuple<Kind...>>) {
    (visit(Kind{}), ...);
  }(std::type_identity<definition_kinds>{});
}

}  // namespace tocsin::inline v1
