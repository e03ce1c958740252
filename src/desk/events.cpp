#include <tocsin/desk/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length definitions{limits::definitions_max};
constexpr max_length zone_text{limits::zone_text_length_max};

}  // namespace

std::span<const field_row> definition_warning::fields() {
  using self = definition_warning;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "Kind of definition"),
      row<&self::key>("key", "Its key"),
      row<&self::what>("what", "What is odd about it", max_length(limits::text_length_max)),
  };
  return rows;
}

std::span<const field_row> definitions_published::fields() {
  using self = definitions_published;
  static constexpr field_row rows[] = {
      row<&self::pack>("pack", "Name of the pack that these definitions come from"),
      row<&self::people>("people", "People, new or changed", definitions),
      row<&self::teams>("teams", "Teams, new or changed", definitions),
      row<&self::services>("services", "Services, new or changed", definitions),
      row<&self::categories>("categories", "Categories, new or changed", definitions),
      row<&self::workflows>("workflows", "Workflows, new or changed", definitions),
      row<&self::priority_matrices>("priority_matrices", "Priority matrices, new or changed", definitions),
      row<&self::custom_fields>("custom_fields", "Custom fields, new or changed", definitions),
      row<&self::record_types>("record_types", "Record types, new or changed", definitions),
      row<&self::permission_policies>("permission_policies", "Permission policies, new or changed", definitions),
      row<&definitions_published::record_templates>("record_templates", "Templates of records and replies",
                                                    definitions),
      row<&definitions_published::event_sources>("event_sources", "How the events of machines are treated",
                                                 definitions),
      row<&self::business_calendars>("business_calendars", "Business calendars, new or changed", definitions),
      row<&self::sla_policies>("sla_policies", "SLA policies, new or changed", definitions),
      row<&self::rotations>("rotations", "Rotations, new or changed", definitions),
      row<&self::schedules>("schedules", "Schedules, new or changed", definitions),
      row<&self::contact_profiles>("contact_profiles", "How people are reached, new or changed", definitions),
      row<&self::roles>("roles", "Roles, new or changed", definitions),
      row<&self::schedule_overrides>("schedule_overrides", "Changes of who is on call, new or changed", definitions),
      row<&self::shift_swaps>("shift_swaps", "Shift swaps, new or changed", definitions),
      row<&self::absences>("absences", "Absences, new or changed", definitions),
      row<&self::warnings>("warnings", "What is odd about them, but allowed", max_length(limits::warnings_max)),
      row<&self::escalation_policies>("escalation_policies", "Escalation policies, new or changed", definitions),
      row<&self::customers>("customers", "Customers, new or changed", definitions),
      row<&self::contracts>("contracts", "Contracts, new or changed", definitions),
      row<&self::incident_class_policies>("incident_class_policies", "Policies of incident classes, new or changed",
                                          definitions),
      row<&self::zone_data_version>("zone_data_version", "Version of the time zone data that the desk runs on"),
      row<&self::zone_data>("zone_data", "Time zone data of the calendars' zones, packed, in base64", zone_text),
      row<&self::skills>("skills", "Skills, new or changed", definitions),
      row<&self::assignment_rules>("assignment_rules", "Assignment rules, new or changed", definitions),
      row<&self::metrics>("metrics", "Metrics, new or changed", definitions),
      row<&self::vendors>("vendors", "Vendors, new or changed", definitions),
  };
  return rows;
}

std::span<const field_row> personal_erased::fields() {
  static constexpr field_row rows[] = {
      row<&personal_erased::person>("person", "Person whose name and addresses were erased"),
      row<&personal_erased::reason>("reason", "Why, and on whose request"),
      row<&personal_erased::texts>("texts", "Every text that was written about the record was erased, too"),
  };
  return rows;
}

std::span<const field_row> zone_data_changed::fields() {
  using self = zone_data_changed;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Version that it ran on before"),
      row<&self::to>("to", "Version that it runs on from now on"),
      row<&self::zone_data>("zone_data", "Time zone data of the calendars' zones, packed, in base64", zone_text),
  };
  return rows;
}

std::span<const field_row> number_span::fields() {
  static constexpr field_row rows[] = {
      row<&number_span::first>("first", "From this one on"),
      row<&number_span::last>("last", "Up to this one, included"),
  };
  return rows;
}

std::span<const field_row> records_purged::fields() {
  using self = records_purged;
  static constexpr field_row rows[] = {
      row<&self::ended_before>("ended_before", "They ended before then"),
      row<&self::records>("records", "Ids of the records", max_length(limits::purged_records_max)),
      row<&self::entries>("entries", "Sequences of the entries that spoke of nothing else",
                          max_length(limits::purged_entries_max)),
      row<&self::gaps>("gaps", "SHA-256 of what the chain of hashes was before and after each run of these entries"),
      row<&self::reason>("reason", "Why", full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
