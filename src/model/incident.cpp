#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {
std::span<const field_row> incident_text::fields() {
  static constexpr field_row rows[] = {
      row<&incident_text::title>("title", "One line that says what is wrong"),
      row<&incident_text::description>("description", "What happened, in full", max_length(limits::text_length_max)),
      row<&incident_text::contact>("contact", "Where the requester can be reached about it"),
      row<&incident_text::location>("location", "Where it happened"),
      row<&incident_text::external_key>("external_key", "Its key in another system"),
      row<&incident_text::resolution_notes>("resolution_notes", "What was done about it",
                                            max_length(limits::text_length_max)),
  };
  return rows;
}

std::span<const field_row> incident::fields() {
  static constexpr field_row rows[] = {
      row<&incident::version>("version", "Entries that touched it so far", always),
      row<&incident::state>("state", "State in its workflow", always),
      row<&incident::state_kind>("state_kind", "What that state means to the library", always),
      row<&incident::priority>("priority", "Order of treatment, from impact and urgency or by override"),
      row<&incident::impact>("impact", "How much is affected"),
      row<&incident::urgency>("urgency", "How quickly it must be resolved"),
      row<&incident::severity>("severity", "Technical severity, apart from priority"),
      row<&incident::priority_overridden>("priority_overridden", "The priority was set by hand"),
      row<&incident::priority_matrix_version>("priority_matrix_version",
                                              "Version of the matrix that gave the priority"),
      row<&incident::caller>("caller", "Person who is affected or reported it"),
      row<&incident::reporter>("reporter", "Person who reported it for the caller"),
      row<&incident::team>("team", "Team that has it"),
      row<&incident::assignee>("assignee", "Person who has it"),
      row<&incident::category>("category", "Category"),
      row<&incident::service>("service", "Service that is affected"),
      row<&incident::channel>("channel", "Channel by which it was reported"),
      row<&incident::opened_at>("opened_at", "When it was reported, or logged where that is not known"),
      row<&incident::occurred_at>("occurred_at", "When it began"),
      row<&incident::detected_at>("detected_at", "When it was noticed"),
      row<&incident::reported_at>("reported_at", "When it was reported"),
      row<&incident::recorded_at>("recorded_at", "When it entered the desk"),
      row<&incident::updated_at>("updated_at", "When it was last touched"),
      row<&incident::acknowledged_at>("acknowledged_at", "When it was first acknowledged"),
      row<&incident::acknowledged_by>("acknowledged_by", "Person who took notice of it first"),
      row<&incident::work_begun_at>("work_begun_at", "When work on it began first"),
      row<&incident::first_response_at>("first_response_at",
                                        "When a person first answered the requester, or began work"),
      row<&incident::hold_reason>("hold_reason", "Why it waits"),
      row<&incident::held_since>("held_since", "Since when it waits for that reason"),
      row<&incident::held_from>("held_from", "State that it returns to when the wait ends"),
      row<&incident::hold_count>("hold_count", "How often it was put on hold"),
      row<&incident::held_time>("held_time", "Real time spent on hold, holds that are over"),
      row<&incident::resolution_code>("resolution_code", "How it was resolved"),
      row<&incident::permanent>("permanent", "The resolution is a permanent one, not a workaround"),
      row<&incident::resolved_at>("resolved_at", "When it was resolved last"),
      row<&incident::resolved_by>("resolved_by", "Person who resolved it last"),
      row<&incident::confirmed>("confirmed", "The requester confirmed the resolution"),
      row<&incident::auto_close_at>("auto_close_at", "When it closes without an answer"),
      row<&incident::closed_at>("closed_at", "When it was closed"),
      row<&incident::cancelled_at>("cancelled_at", "When it was cancelled"),
      row<&incident::reopen_count>("reopen_count", "How often it was reopened", always),
      row<&incident::reassignment_count>("reassignment_count", "How often it went from one team to another", always),
      row<&incident::note_count>("note_count", "Internal notes"),
      row<&incident::update_count>("update_count", "Updates to an audience"),
      row<&incident::reply_count>("reply_count", "Replies of the requester"),
      row<&incident::follows>("follows", "Closed incident that it takes up again"),
      row<&incident::workflow>("workflow", "Workflow that it runs on"),
      row<&incident::workflow_version>("workflow_version", "Version of that workflow"),
      row<&incident::retrospective>("retrospective", "Entered after the fact; no effects"),
      row<&incident::imported>("imported", "Its history was imported"),
      row<&incident::type>("type", "Type of the record; \"incident\": an ordinary one"),
      row<&incident::state_since>("state_since", "Since when it is in its state"),
      row<&incident::incident_class>("incident_class", "Class: handled by judgement, by a model, or as an emergency"),
  };
  return rows;
}

std::span<const field_row> incident_details::fields() {
  using self = incident_details;
  static constexpr field_row rows[] = {
      row<&self::custom>("custom", "Values of the custom fields", max_length(limits::custom_fields_max)),
      row<&self::next_move_at>("next_move_at", "When a timed transition may take it on"),
      row<&self::follow_up_at>("follow_up_at", "When to look after its wait"),
      row<&self::remind_at>("remind_at", "When the requester is reminded next, or what follows the last reminder"),
      row<&self::reminder_count>("reminder_count", "Reminders that were not answered"),
      row<&self::hold_ends_at>("hold_ends_at", "When its wait has gone on for too long"),
      row<&self::verified_at>("verified_at", "When it was verified that the service recovered"),
      row<&self::verified_by>("verified_by", "Person who verified it"),
      row<&self::silence_over>("silence_over", "Silence would have closed it; it closes once it is verified"),
      row<&self::attachments>("attachments", "Files that the host keeps for it", max_length(limits::attachments_max)),
      row<&self::attachment_count>("attachment_count", "Files that were ever attached"),
      row<&self::work>("work", "Time that people spent on it, by person", max_length(limits::work_people_max)),
      row<&self::time_spent>("time_spent", "Time that people spent on it"),
      row<&self::restricted>("restricted", "Only those named may see it"),
      row<&self::restricted_to_people>("restricted_to_people", "People who may see it",
                                       max_length(limits::restricted_to_max)),
      row<&self::restricted_to_teams>("restricted_to_teams", "Teams whose members may see it",
                                      max_length(limits::restricted_to_max)),
      row<&self::record_template>("template", "Template that it was logged by"),
      row<&self::override_count>("override_count", "How often it was moved though guards did not hold"),
  };
  return rows;
}

const incident_details& details_of(const incident& record) { return record.part_or_empty<incident_details>(); }

bool is_resolved_at_first_contact(const incident& record) {
  const person_ref by = record.resolved_by;
  const auto was_theirs = [&](person_ref person) { return !person || person == by; };
  return is_set(record.resolved_at) && by.index > host_person.index && record.channel != channel::monitoring &&
         !record.imported && record.reassignment_count == 0 && record.hold_count == 0 && record.reply_count == 0 &&
         record.reopen_count == 0 && was_theirs(record.assignee) && was_theirs(record.acknowledged_by);
}

instant onset_of(const incident& record) {
  if (is_set(record.occurred_at)) return record.occurred_at;
  return is_set(record.detected_at) ? record.detected_at : record.opened_at;
}

}  // namespace tocsin::inline v1
