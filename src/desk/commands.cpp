#include <tocsin/desk/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_text{limits::key_length_max};
constexpr max_length definitions{limits::definitions_max};

}  // namespace

std::span<const field_row> pack_test::fields() {
  using self = pack_test;
  static constexpr field_row rows[] = {
      row<&self::name>("name", "What it shows, in a sentence", required, one_line),
      row<&self::at>("at", "When its desk begins", required),
      row<&self::steps>("steps",
                        "Each has one of execute (a command), advance (an instant), record (a number), and may have "
                        "expect (what must be in the answer) or refused (the reason)",
                        required, max_length(limits::pack_test_steps_max)),
  };
  return rows;
}

std::span<const field_row> publish::fields() {
  using self = publish;
  static constexpr field_row rows[] = {
      row<&self::pack>("pack", "Name of the pack that these definitions come from", one_line, key_text),
      row<&self::people>("people", "People", definitions),
      row<&self::teams>("teams", "Teams", definitions),
      row<&self::services>("services", "Services", definitions),
      row<&self::categories>("categories", "Categories", definitions),
      row<&self::workflows>("workflows", "Workflows", max_length(1000)),
      row<&self::priority_matrices>("priority_matrices", "Priority matrices", max_length(1000)),
      row<&self::custom_fields>("custom_fields", "Custom fields", max_length(limits::custom_fields_max)),
      row<&self::record_types>("record_types", "Record types", max_length(1000)),
      row<&self::permission_policies>("permission_policies", "Permission policies", max_length(100)),
      row<&self::tests>("tests", "Scenarios that are played before it is published, and must come out",
                        max_length(limits::pack_tests_max)),
      row<&publish::record_templates>("record_templates", "Templates of records and replies", definitions),
      row<&publish::event_sources>("event_sources", "How the events of machines are treated", definitions),
      row<&self::business_calendars>("business_calendars", "Business calendars", max_length(limits::calendars_max)),
      row<&self::sla_policies>("sla_policies", "SLA policies", max_length(limits::sla_policies_max)),
      row<&self::rotations>("rotations", "Rotations", definitions),
      row<&self::schedules>("schedules", "Schedules", definitions),
      row<&self::contact_profiles>("contact_profiles", "How people are reached", definitions),
      row<&self::roles>("roles", "Roles", definitions),
      row<&self::schedule_overrides>("schedule_overrides", "Changes of who is on call for a time", definitions),
      row<&self::shift_swaps>("shift_swaps", "Shift swaps", definitions),
      row<&self::absences>("absences", "Absences", definitions),
      row<&self::escalation_policies>("escalation_policies", "Escalation policies",
                                      max_length(limits::escalation_policies_max)),
      row<&self::customers>("customers", "Customers", definitions),
      row<&self::contracts>("contracts", "Contracts", definitions),
      row<&self::incident_class_policies>("incident_class_policies", "Policies of incident classes", definitions),
      row<&self::skills>("skills", "Skills", definitions),
      row<&self::assignment_rules>("assignment_rules", "Assignment rules", max_length(limits::assignment_rules_max)),
      row<&self::metrics>("metrics", "Metrics", definitions),
      row<&self::vendors>("vendors", "Vendors", definitions),
  };
  return rows;
}

std::span<const field_row> erase_personal::fields() {
  using self = erase_personal;
  static constexpr field_row rows[] = {
      row<&self::record>("record", "Record whose personal values are erased, by number or id"),
      row<&self::person>("person", "Person whose name and addresses are erased"),
      row<&self::reason>("reason", "Why, and on whose request", required, one_line, max_length(1000)),
      row<&self::texts>("texts",
                        "Of a record: every text that was written about it, its title, notes and reasons, too"),
  };
  return rows;
}

std::span<const field_row> purge_records::fields() {
  using self = purge_records;
  static constexpr field_row rows[] = {
      row<&self::ended_before>("ended_before", "Records that ended before then, and were not touched since", required),
      row<&self::limit>("limit", "How many at most, the oldest first",
                        range{0, static_cast<std::int64_t>(limits::purged_records_max)}),
      row<&self::reason>("reason", "Why", full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
