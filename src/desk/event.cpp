#include <tocsin/desk/event.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length definitions{limits::definitions_max};
constexpr max_length key_text{limits::key_length_max};
constexpr max_length dedup_text{limits::dedup_key_length_max};
constexpr max_length zone_text{limits::zone_text_length_max};

}  // namespace

std::span<const std::string_view> choices(close_cause) {
  static constexpr std::string_view all[] = {"confirmed", "silence", "by_hand", "by_workflow"};
  return all;
}

std::span<const std::string_view> choices(notice_cause) {
  static constexpr std::string_view all[] = {"logged",   "updated",   "resolved",  "closed",
                                             "reopened", "cancelled", "duplicate", "reminder"};
  return all;
}

std::span<const field_row> incident_logged::fields() {
  using self = incident_logged;
  static constexpr field_row rows[] = {
      row<&self::number>("number", "Its number in the series"),
      row<&self::title>("title", "One line that says what is wrong", erasable),
      row<&self::description>("description", "What happened, in full", full_text, personal),
      row<&self::caller>("caller", "Person who is affected or reported it", personal),
      row<&self::reporter>("reporter", "Person who reported it for the caller", personal),
      row<&self::contact>("contact", "Where the requester can be reached about it", personal),
      row<&self::location>("location", "Where it happened", erasable),
      row<&self::channel>("channel", "Channel by which it was reported"),
      row<&self::category>("category", "Category"),
      row<&self::service>("service", "Service that is affected"),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "Technical severity"),
      row<&self::priority>("priority", "Priority by the matrix"),
      row<&self::priority_matrix_version>("priority_matrix_version", "Version of the matrix that gave the priority"),
      row<&self::occurred_at>("occurred_at", "When it began"),
      row<&self::detected_at>("detected_at", "When it was noticed"),
      row<&self::reported_at>("reported_at", "When it was reported"),
      row<&self::workflow>("workflow", "Workflow that it runs on"),
      row<&self::workflow_version>("workflow_version", "Version of that workflow"),
      row<&self::state>("state", "State that it begins in"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::external_key>("external_key", "Its key in another system", erasable),
      row<&self::retrospective>("retrospective", "It was entered after the fact"),
      row<&self::follows>("follows", "Closed incident that it takes up again"),
      row<&self::type>("type", "Type of the record; none: an incident"),
      row<&self::custom>("custom", "Values of custom fields", max_length(limits::custom_fields_max), personal),
      row<&self::record_template>("template", "Template that it follows"),
      row<&self::incident_class>("incident_class", "Class that it begins with"),
  };
  return rows;
}

std::span<const field_row> incident_class_derived::fields() {
  using self = incident_class_derived;
  static constexpr field_row rows[] = {
      row<&self::incident_class>("incident_class", "Class from now on; none: it is no incident any more"),
      row<&self::policy_version>("policy_version", "Version of the policy that says so"),
      row<&self::rule>("rule", "Key of the rule that matched; none: no rule did"),
      row<&self::inputs>("inputs", "What the rule's condition saw", personal),
  };
  return rows;
}

std::span<const field_row> incident_classified::fields() {
  static constexpr field_row rows[] = {
      row<&incident_classified::category>("category", "Category from now on"),
      row<&incident_classified::service>("service", "Service from now on"),
  };
  return rows;
}

std::span<const field_row> incident_prioritised::fields() {
  using self = incident_prioritised;
  static constexpr field_row rows[] = {
      row<&self::impact>("impact", "Impact from now on"),
      row<&self::urgency>("urgency", "Urgency from now on"),
      row<&self::severity>("severity", "Severity from now on"),
      row<&self::priority>("priority", "Priority from now on"),
      row<&self::overridden>("overridden", "It was set by hand"),
      row<&self::priority_matrix_version>("priority_matrix_version", "Version of the matrix that gave it"),
      row<&self::reason>("reason", "Why", erasable),
  };
  return rows;
}

std::span<const field_row> incident_assigned::fields() {
  using self = incident_assigned;
  static constexpr field_row rows[] = {
      row<&self::team>("team", "Team from now on"),    row<&self::assignee>("assignee", "Person from now on"),
      row<&self::state>("state", "State from now on"), row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::reason>("reason", "Why", erasable),
  };
  return rows;
}

std::span<const field_row> incident_acknowledged::fields() { return {}; }

std::span<const field_row> work_begun::fields() {
  static constexpr field_row rows[] = {
      row<&work_begun::state>("state", "State from now on"),
      row<&work_begun::state_kind>("state_kind", "What that state means"),
  };
  return rows;
}

std::span<const field_row> note_added::fields() {
  static constexpr field_row rows[] = {
      row<&note_added::text>("text", "The note, for those who work on it", full_text, personal),
  };
  return rows;
}

std::span<const field_row> update_added::fields() {
  static constexpr field_row rows[] = {
      row<&update_added::text>("text", "The update", full_text, personal),
      row<&update_added::visibility>("visibility", "Who may see it"),
      row<&update_added::answers_requester>("answers_requester", "It is the answer of a person to the requester"),
  };
  return rows;
}

std::span<const field_row> reply_added::fields() {
  static constexpr field_row rows[] = {
      row<&reply_added::text>("text", "What the requester says", full_text, personal),
      row<&reply_added::remind_at>("remind_at", "Reminders are counted anew; the next one comes then"),
  };
  return rows;
}

std::span<const field_row> incident_held::fields() {
  static constexpr field_row rows[] = {
      row<&incident_held::reason>("reason", "Why it waits"),
      row<&incident_held::note>("note", "More about the wait", erasable),
      row<&incident_held::state>("state", "State from now on"),
      row<&incident_held::follow_up_at>("follow_up_at", "When to look after the wait"),
      row<&incident_held::remind_at>("remind_at", "When the requester is reminded"),
      row<&incident_held::ends_at>("ends_at", "When the wait will have gone on for too long"),
      row<&incident_held::cause>("cause", "What put it on hold, where nobody did by hand"),
  };
  return rows;
}

std::span<const field_row> incident_resumed::fields() {
  static constexpr field_row rows[] = {
      row<&incident_resumed::state>("state", "State from now on"),
      row<&incident_resumed::state_kind>("state_kind", "What that state means"),
      row<&incident_resumed::note>("note", "Why the wait is over", erasable),
      row<&incident_resumed::cause>("cause", "What ended the wait, where nobody did by hand"),
  };
  return rows;
}

std::span<const field_row> incident_resolved::fields() {
  using self = incident_resolved;
  static constexpr field_row rows[] = {
      row<&self::code>("code", "How it was resolved"),
      row<&self::notes>("notes", "What was done about it", erasable, full_text),
      row<&self::permanent>("permanent", "It is a permanent resolution"),
      row<&self::state>("state", "State from now on"),
      row<&self::auto_close_at>("auto_close_at", "When it closes without an answer"),
      row<&self::cause>("cause", "What resolved it, where nobody did by hand"),
  };
  return rows;
}

std::span<const field_row> resolution_confirmed::fields() {
  static constexpr field_row rows[] = {
      row<&resolution_confirmed::comment>("comment", "What the requester says", full_text, personal),
  };
  return rows;
}

std::span<const field_row> resolution_refused::fields() {
  static constexpr field_row rows[] = {
      row<&resolution_refused::reason>("reason", "What is still wrong", full_text, personal),
  };
  return rows;
}

std::span<const field_row> incident_closed::fields() {
  static constexpr field_row rows[] = {
      row<&incident_closed::cause>("cause", "What closed it"),
      row<&incident_closed::note>("note", "More about the closing", erasable),
      row<&incident_closed::state>("state", "State from now on"),
  };
  return rows;
}

std::span<const field_row> incident_reopened::fields() {
  static constexpr field_row rows[] = {
      row<&incident_reopened::reason>("reason", "Why it is not over", full_text, personal),
      row<&incident_reopened::state>("state", "State from now on"),
      row<&incident_reopened::state_kind>("state_kind", "What that state means"),
      row<&incident_reopened::cause>("cause", "Who or what reopened it"),
  };
  return rows;
}

std::span<const field_row> incident_cancelled::fields() {
  static constexpr field_row rows[] = {
      row<&incident_cancelled::reason>("reason", "Why it is cancelled", erasable),
      row<&incident_cancelled::state>("state", "State from now on"),
  };
  return rows;
}

std::span<const field_row> amended_values::fields() {
  using self = amended_values;
  static constexpr field_row rows[] = {
      row<&self::title>("title", "Title as it was", erasable),
      row<&self::description>("description", "Description as it was", full_text, personal),
      row<&self::category>("category", "Category as it was"),
      row<&self::service>("service", "Service as it was"),
      row<&self::severity>("severity", "Severity as it was"),
      row<&self::resolution_code>("resolution_code", "Resolution code as it was"),
      row<&self::resolution_notes>("resolution_notes", "Resolution notes as they were", erasable, full_text),
      row<&self::occurred_at>("occurred_at", "When it was said to have begun"),
      row<&self::detected_at>("detected_at", "When it was said to have been noticed"),
  };
  return rows;
}

std::span<const field_row> incident_amended::fields() {
  using self = incident_amended;
  static constexpr field_row rows[] = {
      row<&self::reason>("reason", "Why the record is amended", erasable),
      row<&self::title>("title", "Title as it should be", erasable),
      row<&self::description>("description", "Description as it should be", full_text, personal),
      row<&self::category>("category", "Category as it should be"),
      row<&self::service>("service", "Service as it should be"),
      row<&self::severity>("severity", "Severity as it should be"),
      row<&self::resolution_code>("resolution_code", "Resolution code as it should be"),
      row<&self::resolution_notes>("resolution_notes", "Resolution notes as they should be", erasable, full_text),
      row<&self::occurred_at>("occurred_at", "When it really began"),
      row<&self::detected_at>("detected_at", "When it was really noticed"),
      row<&self::before>("before", "What these fields were before"),
  };
  return rows;
}

std::span<const field_row> record_imported::fields() {
  using self = record_imported;
  static constexpr field_row rows[] = {
      row<&self::number_value>("number_value", "Its number in the series"),
      row<&self::number>("number", "Number that was asked for"),
      row<&self::external_key>("external_key", "Its key in another system", erasable),
      row<&self::workflow>("workflow", "Workflow that it runs on"),
      row<&self::workflow_version>("workflow_version", "Version of that workflow"),
      row<&self::priority_matrix_version>("priority_matrix_version", "Version of the matrix that gives its priorities"),
      row<&self::title>("title", "One line that says what is wrong", erasable),
      row<&self::description>("description", "What happened, in full", full_text, personal),
      row<&self::caller>("caller", "Person who is affected or reported it", personal),
      row<&self::reporter>("reporter", "Person who reported it for the caller", personal),
      row<&self::contact>("contact", "Where the requester can be reached about it", personal),
      row<&self::location>("location", "Where it happened", erasable),
      row<&self::channel>("channel", "Channel by which it was reported"),
      row<&self::opened_at>("opened_at", "When it was opened"),
      row<&self::occurred_at>("occurred_at", "When it began"),
      row<&self::detected_at>("detected_at", "When it was noticed"),
      row<&self::reported_at>("reported_at", "When it was reported"),
      row<&self::history>("history", "What happened to it, in the order of time",
                          max_length(limits::history_steps_max)),
      row<&self::auto_close_at>("auto_close_at", "When it closes without an answer, if it is still open"),
      row<&self::note_count>("note_count", "Notes in the history"),
      row<&self::reply_count>("reply_count", "Replies in the history"),
      row<&self::keeps_clock_history>("keeps_clock_history", "What clocks read of its history is kept"),
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

std::span<const field_row> assignment_notice::fields() {
  static constexpr field_row rows[] = {
      row<&assignment_notice::team>("team", "Team to tell"),
      row<&assignment_notice::assignee>("assignee", "Person to tell"),
  };
  return rows;
}

std::span<const field_row> requester_notice::fields() {
  static constexpr field_row rows[] = {
      row<&requester_notice::cause>("cause", "What happened"),
      row<&requester_notice::answer_by>("answer_by", "Until when the requester can answer before it closes"),
      row<&requester_notice::original>("original", "Of a duplicate: the record that this happened to"),
      row<&requester_notice::text>("text", "Of an update: the text, as it is for this requester", full_text, personal),
      row<&requester_notice::html>("html", "The text is HTML"),
  };
  return rows;
}

std::span<const field_row> incident_moved::fields() {
  using self = incident_moved;
  static constexpr field_row rows[] = {
      row<&self::state>("state", "State that it went to"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::trigger>("trigger", "What moved it"),
      row<&self::note>("note", "What was added", full_text, personal),
  };
  return rows;
}

std::span<const field_row> move_scheduled::fields() {
  static constexpr field_row rows[] = {
      row<&move_scheduled::at>("at", "When it may move; none: it does not any more"),
  };
  return rows;
}

std::span<const field_row> custom_fields_set::fields() {
  static constexpr field_row rows[] = {
      row<&custom_fields_set::custom>("custom", "What changed; null: the value was taken away",
                                      max_length(limits::custom_fields_max), personal),
  };
  return rows;
}

std::span<const field_row> record_migrated::fields() {
  using self = record_migrated;
  static constexpr field_row rows[] = {
      row<&self::workflow_version>("workflow_version", "Version of its workflow that it runs on now"),
      row<&self::state>("state", "State that it is in, as that version has it"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::held_from>("held_from", "State that it returns to when its wait ends, as that version has it"),
  };
  return rows;
}

// ---- clocks

std::span<const std::string_view> choices(clock_change) {
  static constexpr std::string_view all[] = {"priority",       "contract",   "service",         "calendar",
                                             "policy_version", "date_field", "target_condition"};
  return all;
}

std::span<const field_row> granted_terms::fields() {
  using self = granted_terms;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy"),
      row<&self::policy_version>("policy_version", "Version of the policy"),
      row<&self::calendar>("calendar", "Calendar; none: 24x7"),
      row<&self::calendar_version>("calendar_version", "Version of the calendar"),
      row<&self::target>("target", "Open time granted"),
      row<&self::due>("due", "The instant by which it must be done, of a date"),
      row<&self::business_days>("business_days", "The business day by whose end it must be done"),
      row<&self::treatment>("treatment", "What happens to the time counted so far"),
      row<&self::contract>("contract", "Contract that brings the policy"),
  };
  return rows;
}

std::span<const field_row> clock_history_begun::fields() { return {}; }

std::span<const field_row> clock_attached::fields() {
  using self = clock_attached;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record, from 1"),
      row<&self::terms>("terms", "Terms of the clock"),
      row<&self::team>("team", "Team whose time it measures"),
      row<&self::assignee>("assignee", "Person whose time it measures"),
      row<&self::since_opening>("since_opening", "Its terms hold since the record was opened"),
      row<&self::task>("task", "Number of the task whose time it measures"),
  };
  return rows;
}

std::span<const field_row> clock_retargeted::fields() {
  using self = clock_retargeted;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::terms>("terms", "Terms of the clock"),
      row<&self::cause>("cause", "What changed"),
  };
  return rows;
}

std::span<const field_row> clock_changed::fields() {
  using self = clock_changed;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::state>("state", "State that it is in"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::deadline>("deadline", "When the target is reached, if nothing else happens"),
  };
  return rows;
}

std::span<const field_row> clock_withdrawn::fields() {
  static constexpr field_row rows[] = {
      row<&clock_withdrawn::policy>("policy", "Policy whose clock is cancelled"),
      row<&clock_withdrawn::cause>("cause", "Why"),
  };
  return rows;
}

std::span<const field_row> clock_judged::fields() {
  using self = clock_judged;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy"),
      row<&self::start>("start", "Its start condition holds"),
      row<&self::pause>("pause", "Its pause condition holds"),
      row<&self::stop>("stop", "Its stop condition holds"),
      row<&self::cancel>("cancel", "Its cancel condition holds"),
  };
  return rows;
}

std::span<const field_row> sla_threshold_reached::fields() {
  using self = sla_threshold_reached;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::threshold>("threshold", "Its place in the policy, from 0"),
      row<&self::name>("name", "Name of the threshold"),
      row<&self::reached_at>("reached_at", "When it was reached"),
  };
  return rows;
}

std::span<const field_row> sla_breached::fields() {
  using self = sla_breached;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::breached_at>("breached_at", "First instant at which more time had elapsed than the target allows"),
  };
  return rows;
}

std::span<const field_row> sla_breach_lifted::fields() {
  using self = sla_breach_lifted;
  static constexpr field_row rows[] = {
      row<&self::clock>("clock", "Number of the clock on the record"),
      row<&self::policy>("policy", "Policy"),
      row<&self::cycle>("cycle", "Cycle, from 1"),
      row<&self::lifted_at>("lifted_at", "When the breach was lifted"),
  };
  return rows;
}

std::span<const field_row> sla_breach_excused::fields() {
  using self = sla_breach_excused;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy whose breach is excused"),
      row<&self::reason>("reason", "Why", erasable),
      row<&self::approver>("approver", "Person who approved it"),
  };
  return rows;
}

std::span<const field_row> clock_without_calendar::fields() {
  static constexpr field_row rows[] = {
      row<&clock_without_calendar::policy>("policy", "Policy that covers the record"),
  };
  return rows;
}

std::span<const field_row> sla_notice::fields() {
  using self = sla_notice;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy"),
      row<&self::notice>("notice", "What its clock has to say"),
      row<&self::threshold>("threshold", "Name of the threshold"),
      row<&self::reached_at>("reached_at", "When it was reached"),
      row<&self::deadline>("deadline", "Deadline of the clock"),
      row<&self::notify>("notify", "People to notify", max_length(limits::sla_notified_max)),
      row<&self::escalate>("escalate", "Key of the escalation policy to start"),
      row<&self::team>("team", "Team that has the record"),
      row<&self::assignee>("assignee", "Person who has the record"),
      row<&self::task>("task", "Number of the task whose time it is"),
  };
  return rows;
}

std::span<const field_row> maintenance_changed::fields() {
  using self = maintenance_changed;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "When it begins"),
      row<&self::to>("to", "When it ends; not included"),
      row<&self::reason>("reason", "Why", erasable),
  };
  return rows;
}

std::span<const field_row> maintenance_agreed::fields() {
  using self = maintenance_agreed;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "From when on it replaces what was agreed"),
      row<&self::maintenance>("maintenance", "Spans of time", max_length(limits::maintenance_spans_max)),
  };
  return rows;
}

// ---- machine events

std::span<const field_row> occurrence_added::fields() {
  using self = occurrence_added;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that reported it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::title>("title", "Title of the report, where it is another than the record's", erasable, one_line),
      row<&self::labels>("labels", "Labels of the report, where they are others than before",
                         max_length(limits::event_labels_max)),
      row<&self::count>("count", "How often it was reported, this time included"),
      row<&self::after_resolution>("after_resolution", "It is resolved, though the machine never said that it is over"),
  };
  return rows;
}

std::span<const field_row> event_cleared::fields() {
  using self = event_cleared;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that says that it is over", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::not_resolved>("not_resolved", "Why that did not resolve the incident", full_text),
  };
  return rows;
}

std::span<const field_row> event_bundled::fields() {
  using self = event_bundled;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that reported it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::title>("title", "Title of the report", erasable, one_line),
      row<&self::window>("window", "Maintenance window that held it back", one_line, key_text),
  };
  return rows;
}

std::span<const field_row> event_ignored::fields() {
  using self = event_ignored;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that said it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::signal>("signal", "What it said"),
  };
  return rows;
}

std::span<const field_row> heartbeat_received::fields() {
  using self = heartbeat_received;
  static constexpr field_row rows[] = {
      row<&self::source>("source", "Machine that is well", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "What is missed without the next", one_line, dedup_text),
      row<&self::expires_after>("expires_after", "How long it may take until the next"),
      row<&self::expires_at>("expires_at", "When the next is missed"),
  };
  return rows;
}

std::span<const field_row> heartbeat_missed::fields() {
  static constexpr field_row rows[] = {
      row<&heartbeat_missed::last_heartbeat_at>("last_heartbeat_at", "When the last one came"),
  };
  return rows;
}

std::span<const field_row> maintenance_scheduled::fields() {
  using self = maintenance_scheduled;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Name of the window", one_line, key_text),
      row<&self::from>("from", "When it begins"),
      row<&self::to>("to", "When it ends; not included"),
      row<&self::services>("services", "Services whose events are held back; none: of all", max_length(1000)),
      row<&self::sources>("sources", "Sources whose events are held back; none: of all", max_length(1000)),
      row<&self::where>("where", "Condition on the record that the event would be"),
  };
  return rows;
}

std::span<const field_row> event_held_back::fields() {
  using self = event_held_back;
  static constexpr field_row rows[] = {
      row<&self::signal>("signal", "What the machine said"),
      row<&self::source>("source", "Machine that said it", one_line, key_text),
      row<&self::dedup_key>("dedup_key", "Deduplication key of the machine", one_line, dedup_text),
      row<&self::title>("title", "Title of the report", erasable, one_line),
      row<&self::category>("category", "Category"),
      row<&self::service>("service", "Service"),
      row<&self::team>("team", "Team that would have got it"),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "Technical severity"),
  };
  return rows;
}

std::span<const field_row> maintenance_ended::fields() {
  using self = maintenance_ended;
  static constexpr field_row rows[] = {
      row<&self::held_count>("held_count", "How many events it held back"),
      row<&self::held>("held", "Which", max_length(limits::held_events_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
