#include <tocsin/escalation/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length reason_text{1000};
constexpr max_length people_listed{limits::run_people_max};

}  // namespace

std::span<const field_row> escalation_started::fields() {
  using self = escalation_started;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::policy>("policy", "Policy that it is a run of"),
      row<&self::policy_version>("policy_version", "Version of that policy"),
      row<&self::on>("on", "What started it"),
      row<&self::cause>("cause", "The cause by name", reason_text),
      row<&self::reason>("reason", "Why", erasable, reason_text),
      row<&self::number>("number", "1, and one more for each reopening"),
  };
  return rows;
}

std::span<const field_row> escalation_step_fired::fields() {
  using self = escalation_step_fired;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::node>("node", "Key of the node"),
      row<&self::step>("step", "Number of the step"),
      row<&self::pass>("pass", "1, and one more for each repeat"),
      row<&self::version>("version", "Of the page"),
      row<&self::people>("people", "People it notified", people_listed),
      row<&self::shadows>("shadows", "Shadows: they are notified, and do not count", people_listed),
      row<&self::urgency>("urgency", "Of the page"),
      row<&self::scheduled_at>("scheduled_at", "When it was due"),
  };
  return rows;
}

std::span<const field_row> nobody_on_call::fields() {
  using self = nobody_on_call;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::node>("node", "Key of the node"),
      row<&self::step>("step", "Number of the step"),
      row<&self::pass>("pass", "1, and one more for each repeat"),
      row<&self::scheduled_at>("scheduled_at", "When it was due"),
  };
  return rows;
}

std::span<const field_row> escalation_steps_skipped::fields() {
  using self = escalation_steps_skipped;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::count>("count", "Steps that were due while the host was away"),
  };
  return rows;
}

std::span<const field_row> functional_escalation::fields() {
  using self = functional_escalation;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record; none: by hand"),
      row<&self::node>("node", "Key of the node"),
      row<&self::from>("from", "Team that had it"),
      row<&self::to>("to", "Team that gets it"),
      row<&self::level>("level", "Support level"),
      row<&self::handed_over>("handed_over", "The run went on at once"),
      row<&self::reason>("reason", "Why", erasable, reason_text),
      row<&self::count>("count", "Functional escalations of the record, with this one"),
  };
  return rows;
}

std::span<const field_row> hierarchical_escalation::fields() {
  using self = hierarchical_escalation;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record; none: by hand"),
      row<&self::node>("node", "Key of the node"),
      row<&self::to>("to", "Person to whom it is raised"),
      row<&self::reason>("reason", "Why", erasable, reason_text),
      row<&self::count>("count", "Hierarchical escalations of the record, with this one"),
  };
  return rows;
}

std::span<const field_row> major_proposed::fields() {
  using self = major_proposed;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::node>("node", "Key of the node"),
  };
  return rows;
}

std::span<const field_row> escalation_repeated::fields() {
  using self = escalation_repeated;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::node>("node", "Key of the node"),
      row<&self::pass>("pass", "The pass that begins"),
  };
  return rows;
}

std::span<const field_row> escalation_held::fields() {
  using self = escalation_held;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::node>("node", "Key of the node"),
  };
  return rows;
}

std::span<const field_row> escalation_exhausted::fields() {
  using self = escalation_exhausted;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
  };
  return rows;
}

std::span<const field_row> page_acknowledged::fields() {
  using self = page_acknowledged;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::version>("version", "Of the page"),
      row<&self::needed>("needed", "How many more people must acknowledge it"),
  };
  return rows;
}

std::span<const field_row> page_unacknowledged::fields() {
  using self = page_unacknowledged;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::timed_out>("timed_out", "The time for which an acknowledgement stands was over"),
      row<&self::reason>("reason", "Why", erasable, reason_text),
  };
  return rows;
}

std::span<const field_row> escalation_snoozed::fields() {
  using self = escalation_snoozed;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::until>("until", "When it notifies again"),
  };
  return rows;
}

std::span<const field_row> snooze_ended::fields() {
  using self = snooze_ended;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
  };
  return rows;
}

std::span<const field_row> escalation_taken_on::fields() {
  using self = escalation_taken_on;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::handed_over>("handed_over", "The record was handed over"),
      row<&self::undelivered>("undelivered", "Its page reached nobody"),
      row<&self::reason>("reason", "Why", erasable, reason_text),
  };
  return rows;
}

std::span<const field_row> escalation_ended::fields() {
  using self = escalation_ended;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::cause>("cause", "What ended it"),
  };
  return rows;
}

std::span<const field_row> delivery_reported::fields() {
  using self = delivery_reported;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::version>("version", "Of the page"),
      row<&self::person>("person", "Person it was meant for"),
      row<&self::method>("method", "Key of the contact method"),
      row<&self::outcome>("outcome", "Outcome"),
      row<&self::detail>("detail", "More about it", reason_text, personal),
  };
  return rows;
}

std::span<const field_row> escalation_run_changed::fields() {
  using self = escalation_run_changed;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::now>("now", "State of the run"),
  };
  return rows;
}

std::span<const field_row> escalation_watches_set::fields() {
  using self = escalation_watches_set;
  static constexpr field_row rows[] = {
      row<&self::watches>("watches", "Times after which policies start runs",
                          max_length(limits::escalation_watches_max)),
  };
  return rows;
}

std::span<const field_row> page::fields() {
  using self = page;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record; none: raised by hand"),
      row<&self::run_number>("run_number", "1, and one more for each reopening"),
      row<&self::step>("step", "Number of the step"),
      row<&self::version>("version", "Version to cite in an answer"),
      row<&self::pass>("pass", "1, and one more for each repeat"),
      row<&self::person>("person", "Person to page"),
      row<&self::shadow>("shadow", "Is notified as a shadow, and does not count"),
      row<&self::method>("method", "Key of the contact method of the person; none: as the host likes"),
      row<&self::attempt>("attempt", "1: the first method that is tried"),
      row<&self::urgency>("urgency", "How urgent it is"),
      row<&self::policy>("policy", "Escalation policy"),
      row<&self::reason>("reason", "Why the run was started, or it was raised", erasable, reason_text),
      row<&self::title>("title", "Title of the record", erasable),
      row<&self::priority>("priority", "Priority of the record"),
      row<&self::severity>("severity", "Severity of the record"),
      row<&self::service>("service", "Service that is affected"),
      row<&self::scheduled_at>("due_at", "When it was due"),
      row<&self::superseded>("superseded", "The run ended within the same call"),
  };
  return rows;
}

std::span<const field_row> automation_requested::fields() {
  using self = automation_requested;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::node>("node", "Key of the node"),
      row<&self::automation>("automation", "Key of what is to be run"),
  };
  return rows;
}

std::span<const std::string_view> choices(storm_limit) {
  static constexpr std::string_view all[] = {"person", "service"};
  return all;
}

std::span<const field_row> page_held::fields() {
  using self = page_held;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::version>("version", "Of the page"),
      row<&self::step>("step", "Number of the step"),
      row<&self::person>("person", "Person to page"),
      row<&self::method>("method", "Key of the contact method of the person"),
      row<&self::attempt>("attempt", "1: the first method that is tried"),
      row<&self::by>("by", "Limit that holds it: pages to the person, or to the person about the service"),
      row<&self::scheduled_at>("due_at", "When it was due"),
      row<&self::until>("until", "When it goes with others"),
  };
  return rows;
}

std::span<const field_row> bundled_page::fields() {
  using self = bundled_page;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record that it is about"),
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::run_number>("run_number", "1, and one more for each reopening"),
      row<&self::step>("step", "Number of the step"),
      row<&self::version>("version", "Version to cite in an answer"),
      row<&self::held>("held", "Pages that were held, of all methods"),
      row<&self::urgency>("urgency", "How urgent it is"),
      row<&self::policy>("policy", "Escalation policy"),
      row<&self::title>("title", "Title of the record", erasable),
      row<&self::priority>("priority", "Priority of the record"),
      row<&self::service>("service", "Service that is affected"),
      row<&self::held_since>("held_since", "When the first of them was due"),
  };
  return rows;
}

std::span<const field_row> page_bundle::fields() {
  using self = page_bundle;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Person to page"),
      row<&self::method>("method", "Key of the contact method of the person; none: as the host likes"),
      row<&self::urgency>("urgency", "The highest of those of the pages"),
      row<&self::pages>("pages", "Pages that it groups", max_length(limits::bundle_pages_max)),
      row<&self::others>("others", "How many more pages it groups than it lists"),
      row<&self::scheduled_at>("due_at", "When it was due"),
  };
  return rows;
}

std::span<const field_row> page_bundled::fields() {
  using self = page_bundled;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Run by its number on the record", always),
      row<&self::version>("version", "Of the page"),
      row<&self::step>("step", "Number of the step"),
      row<&self::person>("person", "Who was paged"),
      row<&self::into>("into", "Record that sent the bundle"),
  };
  return rows;
}

std::span<const field_row> unanswered_page::fields() {
  using self = unanswered_page;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record that it is about"),
      row<&self::run>("run", "Run by its number on the record"),
      row<&self::version>("version", "Of the page"),
      row<&self::reason>("reason", "Why it was not taken", erasable, max_length(limits::text_length_max)),
  };
  return rows;
}

std::span<const field_row> bundle_acknowledged::fields() {
  using self = bundle_acknowledged;
  static constexpr field_row rows[] = {
      row<&self::bundle>("bundle", "Id of the effect"),
      row<&self::taken>("taken", "Pages that were taken"),
      row<&self::past>("past", "Pages that were not, and why", max_length(limits::bundle_pages_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
