#include <tocsin/desk/vocabulary.hpp>

namespace tocsin::inline v1 {
namespace {

std::span<const field_row> no_fields() { return {}; }

}  // namespace

std::span<const vocabulary_type> command_types() {
  static constexpr vocabulary_type types[] = {
      {"", "", no_fields},
      {"publish", "Publish definitions, new or as next versions", publish::fields},
      {"log_incident", "Log an incident", log_incident::fields},
      {"classify_incident", "Say what it belongs to", classify_incident::fields},
      {"prioritise_incident", "Say how much and how soon it hurts, or override its priority",
       prioritise_incident::fields},
      {"assign_incident", "Give it to a team or a person", assign_incident::fields},
      {"acknowledge_incident", "Say that one has taken notice", acknowledge_incident::fields},
      {"begin_work", "Begin work on it; whoever does so has it, if nobody had", begin_work::fields},
      {"add_note", "Note something for those who work on it", add_note::fields},
      {"add_update", "Tell an audience how it stands", add_update::fields},
      {"add_reply", "Record what the requester says", add_reply::fields},
      {"hold_incident", "Let it wait for a reason, or change the reason", hold_incident::fields},
      {"resume_incident", "End the wait", resume_incident::fields},
      {"resolve_incident", "Say that it is resolved, and how", resolve_incident::fields},
      {"confirm_resolution", "The requester agrees; it closes", confirm_resolution::fields},
      {"refuse_resolution", "The requester does not agree; it reopens", refuse_resolution::fields},
      {"close_incident", "Close it by hand", close_incident::fields},
      {"reopen_incident", "Take it up again; from a closed one a new, linked incident is made",
       reopen_incident::fields},
      {"cancel_incident", "Say that it is none", cancel_incident::fields},
      {"amend_incident", "Correct a record, closed ones too; what stood there is kept beside", amend_incident::fields},
      {"import_record", "Bring in a history from elsewhere with its own instants", import_record::fields},
      {"erase_personal", "Erase personal values for good", erase_personal::fields},
      {"move_incident", "Take it to another state by a move of its workflow's own", move_incident::fields},
      {"set_custom_fields", "Set custom fields, or take their values away", set_custom_fields::fields},
      {"migrate_records", "Take running records on to the current version of their workflow", migrate_records::fields},
      {"excuse_breach", "Say that a breach is not to be held against anybody", excuse_breach::fields},
  };
  static_assert(std::size(types) == std::variant_size_v<command>);
  return types;
}

std::span<const vocabulary_type> event_types() {
  static constexpr vocabulary_type types[] = {
      {"", "", no_fields},
      {"definitions_published", "Definitions came into force", definitions_published::fields},
      {"incident_logged", "An incident was logged", incident_logged::fields},
      {"incident_classified", "It was said what it belongs to", incident_classified::fields},
      {"incident_prioritised", "Its priority was decided", incident_prioritised::fields},
      {"incident_assigned", "It was given to a team or a person", incident_assigned::fields},
      {"incident_acknowledged", "Somebody took notice", incident_acknowledged::fields},
      {"work_begun", "Work on it began", work_begun::fields},
      {"note_added", "A note was added", note_added::fields},
      {"update_added", "An audience was told how it stands", update_added::fields},
      {"reply_added", "The requester said something", reply_added::fields},
      {"incident_held", "It waits", incident_held::fields},
      {"incident_resumed", "The wait ended", incident_resumed::fields},
      {"incident_resolved", "It was resolved", incident_resolved::fields},
      {"resolution_confirmed", "The requester agreed", resolution_confirmed::fields},
      {"resolution_refused", "The requester did not agree", resolution_refused::fields},
      {"incident_closed", "It was closed", incident_closed::fields},
      {"incident_reopened", "It was taken up again", incident_reopened::fields},
      {"incident_cancelled", "It was said to be none", incident_cancelled::fields},
      {"incident_amended", "Its record was corrected", incident_amended::fields},
      {"record_imported", "A history came from elsewhere", record_imported::fields},
      {"personal_erased", "Personal values were erased", personal_erased::fields},
      {"assignment_notice", "Effect: tell a team or a person that an incident is theirs", assignment_notice::fields},
      {"requester_notice", "Effect: tell the requester what became of it", requester_notice::fields},
      {"incident_moved", "It moved to another state of its workflow's own", incident_moved::fields},
      {"move_scheduled", "A timed move stands before it", move_scheduled::fields},
      {"custom_fields_set", "Custom fields were set", custom_fields_set::fields},
      {"record_migrated", "It runs on a later version of its workflow from now on", record_migrated::fields},
      {"clock_history_begun", "What clocks may need of its history is kept from now on", clock_history_begun::fields},
      {"clock_attached", "A clock was put on it", clock_attached::fields},
      {"clock_retargeted", "A clock was given other terms", clock_retargeted::fields},
      {"clock_changed", "A clock runs, pauses, ends, or begins a cycle", clock_changed::fields},
      {"clock_withdrawn", "The clocks of a policy were cancelled", clock_withdrawn::fields},
      {"clock_judged", "A policy's own conditions came out otherwise than before", clock_judged::fields},
      {"sla_threshold_reached", "A clock reached a threshold", sla_threshold_reached::fields},
      {"sla_breached", "More time has elapsed than was granted", sla_breached::fields},
      {"sla_breach_lifted", "A breach is none any more", sla_breach_lifted::fields},
      {"sla_breach_excused", "A breach is not held against anybody", sla_breach_excused::fields},
      {"clock_without_calendar", "A policy covers it, but has no calendar for it", clock_without_calendar::fields},
      {"sla_notice", "Effect: do what a policy says on the way to a deadline", sla_notice::fields},
  };
  static_assert(std::size(types) == std::variant_size_v<event_body>);
  return types;
}

std::span<const definition_type> definition_types() {
  static constexpr definition_type types[] = {
      {"person", "people", "Somebody who calls, acts or is paged", person::fields},
      {"team", "teams", "People who share work", team::fields},
      {"service", "services", "What the incidents interrupt", service::fields},
      {"category", "categories", "A node of the category tree", category::fields},
      {"workflow", "workflows", "States of an incident and the moves between them", workflow::fields},
      {"priority_matrix", "priority_matrices", "Priority by impact and urgency", priority_matrix::fields},
      {"custom_field", "custom_fields", "A field that a host declares", custom_field::fields},
      {"record_type", "record_types", "A type of record: incidents, requests", record_type::fields},
      {"permission_policy", "permission_policies", "Who may do and see what", permission_policy::fields},
      {"business_calendar", "business_calendars", "When a place is open", business_calendar_definition::fields},
      {"sla_policy", "sla_policies", "How much time is agreed, and what is to happen on the way", sla_policy::fields},
  };
  return types;
}

}  // namespace tocsin::inline v1
