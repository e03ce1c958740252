#include <tocsin/incident/commands.hpp>

#include <tocsin/workflow/workflow.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_text{limits::key_length_max};
constexpr max_length custom_values{limits::custom_fields_max};
constexpr max_length template_values_max{limits::template_variables_max};
constexpr max_length restricted_to{limits::restricted_to_max};
constexpr max_length reason_text{1000};
constexpr range effect_ids{1, INT64_MAX};

// The last of each command that moves a record by a transition whose guards somebody may override.
template <class T>
constexpr field_row override_row = row<&T::override_reason>("override_reason", override_meaning, erasable, full_text);

}  // namespace

std::span<const field_row> log_incident::fields() {
  using self = log_incident;
  static constexpr field_row rows[] = {
      row<&self::title>("title", "One line that says what is wrong; a template may give it", erasable, one_line),
      row<&self::description>("description", "What happened, in full", full_text, personal),
      row<&self::caller>("caller", "Person who is affected or reported it", personal),
      row<&self::reporter>("reporter", "Person who reported it for the caller", personal),
      row<&self::contact>("contact", "Where the requester can be reached about it", one_line, personal),
      row<&self::location>("location", "Where it happened", erasable, one_line),
      row<&self::channel>("channel", "Channel by which it was reported"),
      row<&self::category>("category", "Category"),
      row<&self::service>("service", "Service that is affected"),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "Technical severity, apart from priority"),
      row<&self::team>("team", "Team that gets it at once"),
      row<&self::assignee>("assignee", "Person who gets it at once"),
      row<&self::occurred_at>("occurred_at", "When it began, if known"),
      row<&self::detected_at>("detected_at", "When it was noticed"),
      row<&self::reported_at>("reported_at", "When it was reported, if earlier than it was logged"),
      row<&self::workflow>("workflow", "Workflow that it runs on; \"incident\" where none is given"),
      row<&self::external_key>("external_key", "Its key in another system", erasable, one_line),
      row<&self::retrospective>("retrospective", "It is entered after the fact, and has no effects"),
      row<&self::type>("type", "Type of the record; \"incident\", an ordinary one, where none is given"),
      row<&self::custom>("custom", "Values of custom fields", custom_values, personal),
      row<&self::record_template>("template", "Template of what is not given here"),
      row<&self::variables>("variables", "Values of the template's variables", template_values_max, personal),
      row<&self::affected_items>("affected_items", "Services and configuration items that it affects",
                                 max_length(limits::affected_items_max)),
  };
  return rows;
}

std::span<const field_row> classify_incident::fields() {
  using self = classify_incident;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::category>("category", "Category that it belongs to"),
      row<&self::service>("service", "Service that is affected"),
  };
  return rows;
}

std::span<const field_row> prioritise_incident::fields() {
  using self = prioritise_incident;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "Technical severity, apart from priority"),
      row<&self::override_with>("override_with", "Priority that overrides the matrix; needs a reason"),
      row<&self::end_override>("end_override", "Let the matrix decide again"),
      row<&self::reason>("reason", "Why", erasable, one_line, max_length(1000)),
  };
  return rows;
}

std::span<const field_row> assign_incident::fields() {
  using self = assign_incident;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::team>("team", "Team that gets it"),
      row<&self::assignee>("assignee", "Person who gets it; none where only a team is given"),
      row<&self::reason>("reason", "Why", erasable, one_line, max_length(1000)),
  };
  return rows;
}

std::span<const field_row> acknowledge_incident::fields() {
  static constexpr field_row rows[] = {
      row<&acknowledge_incident::incident>("incident", "Incident by number or id", required),
  };
  return rows;
}

std::span<const field_row> begin_work::fields() {
  static constexpr field_row rows[] = {
      row<&begin_work::incident>("incident", "Incident by number or id", required),
  };
  return rows;
}

std::span<const field_row> add_note::fields() {
  static constexpr field_row rows[] = {
      row<&add_note::incident>("incident", "Incident by number or id", required),
      row<&add_note::text>("text", "The note, for those who work on it", required, full_text, personal),
  };
  return rows;
}

std::span<const field_row> add_update::fields() {
  static constexpr field_row rows[] = {
      row<&add_update::incident>("incident", "Incident by number or id", required),
      row<&add_update::text>("text", "The update; the reply of a template where none is given", full_text, personal),
      row<&add_update::visibility>("visibility", "Who may see it; the requester where none is given"),
      row<&add_update::record_template>("template", "Template of the reply"),
      row<&add_update::variables>("variables", "Values of the template's variables", template_values_max, personal),
  };
  return rows;
}

std::span<const field_row> add_reply::fields() {
  static constexpr field_row rows[] = {
      row<&add_reply::incident>("incident", "Incident by number or id", required),
      row<&add_reply::text>("text", "What the requester says", required, full_text, personal),
  };
  return rows;
}

std::span<const field_row> hold_incident::fields() {
  static constexpr field_row rows[] = {
      row<&hold_incident::incident>("incident", "Incident by number or id", required),
      row<&hold_incident::reason>("reason", "Why it waits, a reason of its workflow", required),
      row<&hold_incident::note>("note", "More about the wait", erasable, one_line, max_length(1000)),
      row<&hold_incident::follow_up_at>("follow_up_at", "When to look after the wait"),
      override_row<hold_incident>,
  };
  return rows;
}

std::span<const field_row> resume_incident::fields() {
  static constexpr field_row rows[] = {
      row<&resume_incident::incident>("incident", "Incident by number or id", required),
      row<&resume_incident::note>("note", "Why the wait is over", erasable, one_line, max_length(1000)),
      override_row<resume_incident>,
  };
  return rows;
}

std::span<const field_row> resolve_incident::fields() {
  static constexpr field_row rows[] = {
      row<&resolve_incident::incident>("incident", "Incident by number or id", required),
      row<&resolve_incident::code>("code", "How it was resolved, a code of its workflow", required),
      row<&resolve_incident::notes>("notes", "What was done about it", erasable, required, full_text),
      row<&resolve_incident::permanent>("permanent", "It is a permanent resolution, not a workaround"),
      override_row<resolve_incident>,
  };
  return rows;
}

std::span<const field_row> confirm_resolution::fields() {
  static constexpr field_row rows[] = {
      row<&confirm_resolution::incident>("incident", "Incident by number or id", required),
      row<&confirm_resolution::comment>("comment", "What the requester says", full_text, personal),
  };
  return rows;
}

std::span<const field_row> refuse_resolution::fields() {
  static constexpr field_row rows[] = {
      row<&refuse_resolution::incident>("incident", "Incident by number or id", required),
      row<&refuse_resolution::reason>("reason", "What is still wrong", required, full_text, personal),
  };
  return rows;
}

std::span<const field_row> close_incident::fields() {
  static constexpr field_row rows[] = {
      row<&close_incident::incident>("incident", "Incident by number or id", required),
      row<&close_incident::note>("note", "More about the closing", erasable, one_line, max_length(1000)),
      override_row<close_incident>,
  };
  return rows;
}

std::span<const field_row> reopen_incident::fields() {
  static constexpr field_row rows[] = {
      row<&reopen_incident::incident>("incident", "Incident by number or id", required),
      row<&reopen_incident::reason>("reason", "Why it is not over", required, full_text, personal),
      override_row<reopen_incident>,
  };
  return rows;
}

std::span<const field_row> cancel_incident::fields() {
  static constexpr field_row rows[] = {
      row<&cancel_incident::incident>("incident", "Incident by number or id", required),
      row<&cancel_incident::reason>("reason", "Why it is cancelled", erasable, required, one_line, max_length(1000)),
      override_row<cancel_incident>,
  };
  return rows;
}

std::span<const field_row> amend_incident::fields() {
  using self = amend_incident;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::reason>("reason", "Why the record is amended", erasable, required, one_line, max_length(1000)),
      row<&self::title>("title", "Title as it should be", erasable, one_line),
      row<&self::description>("description", "Description as it should be", full_text, personal),
      row<&self::category>("category", "Category as it should be"),
      row<&self::service>("service", "Service as it should be"),
      row<&self::severity>("severity", "Severity as it should be"),
      row<&self::resolution_code>("resolution_code", "Resolution code as it should be"),
      row<&self::resolution_notes>("resolution_notes", "Resolution notes as they should be", erasable, full_text),
      row<&self::occurred_at>("occurred_at", "When it really began"),
      row<&self::detected_at>("detected_at", "When it was really noticed"),
  };
  return rows;
}

std::span<const field_row> import_step::fields() {
  using self = import_step;
  static constexpr field_row rows[] = {
      row<&self::at>("at", "When it happened", required),
      row<&self::actor>("actor", "Person who did it"),
      row<&self::state>("state", "State that it was in from then on"),
      row<&self::hold_reason>("hold_reason", "Why it waited, where the state is one of waiting"),
      row<&self::team>("team", "Team that had it from then on"),
      row<&self::assignee>("assignee", "Person who had it from then on"),
      row<&self::unassign_team>("unassign_team", "No team had it from then on"),
      row<&self::unassign_assignee>("unassign_assignee", "Nobody had it from then on"),
      row<&self::impact>("impact", "How much was affected"),
      row<&self::urgency>("urgency", "How quickly it had to be resolved"),
      row<&self::severity>("severity", "Technical severity"),
      row<&self::category>("category", "Category"),
      row<&self::service>("service", "Service that was affected"),
      row<&self::resolution_code>("resolution_code", "How it was resolved"),
      row<&self::resolution_notes>("resolution_notes", "What was done about it", erasable, full_text),
      row<&self::resolved_at>("resolved_at", "When it was resolved, where that was not the instant of the step"),
      row<&self::note>("note", "An internal note", full_text, personal),
      row<&self::reply>("reply", "What the requester said", full_text, personal),
  };
  return rows;
}

std::span<const field_row> import_record::fields() {
  using self = import_record;
  static constexpr field_row rows[] = {
      row<&self::number>("number", "Number that it had, kept if it is of this desk's form and free", one_line,
                         key_text),
      row<&self::external_key>("external_key", "Its key in another system", erasable, one_line),
      row<&self::workflow>("workflow", "Workflow that it runs on; \"incident\" where none is given"),
      row<&self::title>("title", "One line that says what is wrong", erasable, required, one_line),
      row<&self::description>("description", "What happened, in full", full_text, personal),
      row<&self::caller>("caller", "Person who is affected or reported it", personal),
      row<&self::reporter>("reporter", "Person who reported it for the caller", personal),
      row<&self::contact>("contact", "Where the requester can be reached about it", one_line, personal),
      row<&self::location>("location", "Where it happened", erasable, one_line),
      row<&self::channel>("channel", "Channel by which it was reported"),
      row<&self::opened_at>("opened_at", "When it was opened; the first step's instant where none is given"),
      row<&self::occurred_at>("occurred_at", "When it began"),
      row<&self::detected_at>("detected_at", "When it was noticed"),
      row<&self::reported_at>("reported_at", "When it was reported"),
      row<&self::history>("history", "What happened to it, in the order of time", required,
                          max_length(limits::history_steps_max)),
      row<&self::affected_items>("affected_items", "Services and configuration items that it affects",
                                 max_length(limits::affected_items_max)),
  };
  return rows;
}

std::span<const field_row> set_custom_fields::fields() {
  using self = set_custom_fields;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::custom>("custom", "The fields that change, by key; null takes a value away", required,
                         max_length(limits::custom_fields_max), personal),
  };
  return rows;
}

std::span<const field_row> convert_record::fields() {
  using self = convert_record;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record by number or id", required),
      row<&self::type>("type", "Type of record that it becomes; \"incident\", an ordinary one, where none is given"),
      row<&self::reason>("reason", "Why", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> verify_resolution::fields() {
  using self = verify_resolution;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::passed>("passed", "The service recovered; false: it did not, and the incident reopens", required),
      row<&self::note>("note", "What was tried", full_text, personal),
  };
  return rows;
}

std::span<const field_row> add_attachment::fields() {
  using self = add_attachment;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::name>("name", "Name of the file", required, one_line, personal),
      row<&self::media_type>("media_type", "Media type, as type/subtype (RFC 6838)", required, one_line),
      row<&self::size>("size", "Size in bytes", range{0, INT64_MAX}),
      row<&self::sha256>("sha256", "SHA-256 of the bytes, as 64 lower-case hexadecimal digits", required, one_line),
      row<&self::uri>("uri", "Where the host keeps them", one_line, max_length(2000), personal),
      row<&self::visibility>("visibility", "Who may see it; internal where nothing is said"),
  };
  return rows;
}

std::span<const field_row> remove_attachment::fields() {
  using self = remove_attachment;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::attachment>("attachment", "Attachment by its number in the incident", required, range{1, UINT32_MAX}),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> log_work::fields() {
  using self = log_work;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::spent>("spent", "Time spent", required, range{1, 366 * day.us}),
      row<&self::began_at>("began_at", "When it began"),
      row<&self::person>("person", "Who did it; the actor where nobody is named"),
      row<&self::text>("text", "What was done", full_text, personal),
  };
  return rows;
}

std::span<const field_row> restrict_incident::fields() {
  using self = restrict_incident;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::people>("people", "People who may see it", restricted_to),
      row<&self::teams>("teams", "Teams whose members may see it", restricted_to),
      row<&self::reason>("reason", "Why", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> lift_restriction::fields() {
  using self = lift_restriction;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> report_notice::fields() {
  using self = report_notice;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record that the notice is about, by number or id", required),
      row<&self::notice>("notice", "Id of the effect", required, effect_ids),
      row<&self::outcome>("outcome", "Outcome", required),
      row<&self::method>("method", "How it went: the name of a channel or a contact method", one_line),
      row<&self::detail>("detail", "More about it", one_line, reason_text, personal),
  };
  return rows;
}

}  // namespace tocsin::inline v1
