#include <tocsin/desk/vocabulary.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/slice.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace tocsin::inline v1 {
namespace {

// The rows of all slices in the order of their numbers, which have no gap: a type that no slice lists is missed here.
template <class Row>
std::vector<const Row*> in_order(std::span<const Row* const> slice::* rows) {
  std::vector<const Row*> all;
  for (const slice* s : standard_slices()) all.insert(all.end(), (s->*rows).begin(), (s->*rows).end());
  std::ranges::sort(all, {}, &Row::number);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i]->number != i + 1) {
      throw error(status::internal, "slice.numbers",
                  "no type, or more than one, has the number " + std::to_string(i + 1) + " (next is " +
                      std::string(all[i]->name) + ")");
    }
  }
  return all;
}

template <class Row>
const Row* numbered(std::span<const Row* const> rows, std::uint64_t number) noexcept {
  return number == 0 || number > rows.size() ? nullptr : rows[static_cast<std::size_t>(number) - 1];
}

}  // namespace

std::span<const command_type* const> command_types() {
  static const std::vector<const command_type*> all = in_order(&slice::commands);
  return all;
}

std::span<const event_type* const> event_types() {
  static const std::vector<const event_type*> all = in_order(&slice::events);
  return all;
}

const command_type* find_command_type(std::uint64_t number) { return numbered(command_types(), number); }
const event_type* find_event_type(std::uint64_t number) { return numbered(event_types(), number); }

std::span<const definition_type> definition_types() {
  static constexpr definition_type types[] = {
      {"person", "people", "Someone who calls, acts or is paged", person::fields},
      {"team", "teams", "People who share work", team::fields},
      {"service", "services", "A service that incidents interrupt", service::fields},
      {"category", "categories", "A node of the category tree", category::fields},
      {"workflow", "workflows", "The states of a record and the transitions between them", workflow::fields},
      {"priority_matrix", "priority_matrices", "Priority by impact and urgency", priority_matrix::fields},
      {"custom_field", "custom_fields", "A field that a host declares", custom_field::fields},
      {"record_type", "record_types", "A type of record: incidents, requests", record_type::fields},
      {"permission_policy", "permission_policies", "Who may do and see what", permission_policy::fields},
      {"record_template", "record_templates", "Templates of records, and canned replies", record_template::fields},
      {"event_source", "event_sources", "How the events of one source are handled", event_source::fields},
      {"business_calendar", "business_calendars", "Business hours and holidays", business_calendar_definition::fields},
      {"sla_policy", "sla_policies", "Targets for a clock, and what happens on the way to them", sla_policy::fields},
      {"rotation", "rotations", "People who take turns at being on call", rotation::fields},
      {"schedule", "schedules", "Layers of people and rotations that say who is on call", schedule::fields},
      {"contact_profile", "contact_profiles", "How a person is reached", contact_profile::fields},
      {"role", "roles", "A role: who is qualified for it, and who has it by being on call", role::fields},
      {"schedule_override", "schedule_overrides", "A change of who is on call for a time", schedule_override::fields},
      {"shift_swap", "shift_swaps", "A swap of on-call shifts between two people", shift_swap::fields},
      {"absence", "absences", "A time in which a person is absent", absence::fields},
      {"escalation_policy", "escalation_policies", "Whom to page, how long to wait, and what then",
       escalation_policy::fields},
      {"customer", "customers", "An organisation that receives services", customer::fields},
      {"contract", "contracts", "Which policies hold for the records of a customer, or of services", contract::fields},
      {"incident_class_policy", "incident_class_policies", "Rules that derive the class of an incident",
       incident_class_policy::fields},
      {"skill", "skills", "A skill that people have", skill::fields},
      {"assignment_rule", "assignment_rules", "A rule that assigns records: which ones, and to whom",
       assignment_rule::fields},
      {"metric", "metrics", "The definition of a figure", metric::fields},
      {"vendor", "vendors", "An outside party with obligations under an underpinning contract", vendor::fields},
  };
  return types;
}

}  // namespace tocsin::inline v1
