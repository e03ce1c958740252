#include <tocsin/incident/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length restricted_to{limits::restricted_to_max};
constexpr max_length reason_text{1000};

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

std::span<const field_row> custom_fields_set::fields() {
  static constexpr field_row rows[] = {
      row<&custom_fields_set::custom>("custom", "What changed; null: the value was taken away",
                                      max_length(limits::custom_fields_max), personal),
  };
  return rows;
}

std::span<const std::string_view> choices(reopen_cause) {
  static constexpr std::string_view all[] = {"by_agent", "by_requester", "refused", "verification_failed", "by_parent"};
  return all;
}

std::span<const std::string_view> choices(work_notice_cause) {
  static constexpr std::string_view all[] = {"task_assigned", "task_overdue", "follow_up_due", "review_approved",
                                             "review_returned"};
  return all;
}

std::span<const field_row> record_converted::fields() {
  using self = record_converted;
  static constexpr field_row rows[] = {
      row<&self::type>("type", "Type of the record from now on; none: an incident"),
      row<&self::workflow>("workflow", "Workflow that it runs on from now on"),
      row<&self::workflow_version>("workflow_version", "Version of that workflow"),
      row<&self::state>("state", "State from now on"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::held_from>("held_from", "State that it returns to when its wait ends; none: the wait is over"),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> resolution_verified::fields() {
  static constexpr field_row rows[] = {
      row<&resolution_verified::passed>("passed", "The service recovered"),
      row<&resolution_verified::note>("note", "What was tried", full_text, personal),
  };
  return rows;
}

std::span<const field_row> closing_deferred::fields() { return {}; }

std::span<const field_row> hold_reminder::fields() {
  static constexpr field_row rows[] = {
      row<&hold_reminder::count>("count", "Reminders that have not been answered, with this one"),
      row<&hold_reminder::next_at>("next_at", "When the next one comes, or what follows the last"),
  };
  return rows;
}

std::span<const field_row> follow_up_set::fields() {
  static constexpr field_row rows[] = {row<&follow_up_set::at>("at", "When to look after the wait")};
  return rows;
}

std::span<const field_row> follow_up_due::fields() { return {}; }

std::span<const field_row> attachment_added::fields() {
  using self = attachment_added;
  static constexpr field_row rows[] = {
      row<&self::attachment>("attachment", "Its number in the record"),
      row<&self::name>("name", "Name of the file", personal),
      row<&self::media_type>("media_type", "Media type"),
      row<&self::size>("size", "Size in bytes"),
      row<&self::sha256>("sha256", "SHA-256 of the bytes"),
      row<&self::uri>("uri", "Where the host keeps them", max_length(2000), personal),
      row<&self::visibility>("visibility", "Who may see it"),
  };
  return rows;
}

std::span<const field_row> attachment_removed::fields() {
  static constexpr field_row rows[] = {
      row<&attachment_removed::attachment>("attachment", "Its number in the record"),
      row<&attachment_removed::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> work_logged::fields() {
  using self = work_logged;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Who did it"),
      row<&self::spent>("spent", "Time spent"),
      row<&self::began_at>("began_at", "When it began"),
      row<&self::text>("text", "What was done", full_text, personal),
  };
  return rows;
}

std::span<const field_row> incident_restricted::fields() {
  using self = incident_restricted;
  static constexpr field_row rows[] = {
      row<&self::people>("people", "People who may see it", restricted_to),
      row<&self::teams>("teams", "Teams whose members may see it", restricted_to),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> restriction_lifted::fields() {
  static constexpr field_row rows[] = {row<&restriction_lifted::reason>("reason", "Why", erasable, full_text)};
  return rows;
}

std::span<const field_row> work_notice::fields() {
  using self = work_notice;
  static constexpr field_row rows[] = {
      row<&self::cause>("cause", "What is to be done"),
      row<&self::task>("task", "Of a task: its number in the record"),
      row<&self::team>("team", "Team to tell"),
      row<&self::person>("person", "Person to tell"),
  };
  return rows;
}

std::span<const field_row> notice_reported::fields() {
  using self = notice_reported;
  static constexpr field_row rows[] = {
      row<&self::notice>("notice", "Id of the effect"),
      row<&self::outcome>("outcome", "Outcome"),
      row<&self::method>("method", "How it went"),
      row<&self::detail>("detail", "More about it", reason_text, personal),
  };
  return rows;
}

}  // namespace tocsin::inline v1
