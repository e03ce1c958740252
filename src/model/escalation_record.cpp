#include <tocsin/model/escalation_record.hpp>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(run_state) {
  static constexpr std::string_view all[] = {"triggered", "acknowledged", "snoozed", "ended"};
  return all;
}

std::span<const std::string_view> choices(run_place) {
  static constexpr std::string_view all[] = {"step", "wait", "pass", "held", "last_step"};
  return all;
}

std::span<const field_row> escalation_run::fields() {
  using self = escalation_run;
  static constexpr field_row rows[] = {
      row<&self::number>("number", "1, and one more for each reopening"),
      row<&self::policy_version>("policy_version", "Version of the policy that it goes by"),
      row<&self::state>("state", "What it is in"),
      row<&self::exhausted>("exhausted", "The path has come to its end, and nobody has acknowledged"),
      row<&self::clock>("clock", "The latest instant that it was taken to"),
      row<&self::due>("due", "When it acts by itself"),
      row<&self::started_at>("started_at", "When it began"),
      row<&self::node>("node", "Place of the node where it stands"),
      row<&self::place>("place", "What is waited for there"),
      row<&self::place_since>("place_since", "Since when"),
      row<&self::step_node>("step_node", "Place of the current step"),
      row<&self::step_at>("step_at", "Scheduled instant of the current step"),
      row<&self::page_step>("page_step", "Number of the last step that notified somebody"),
      row<&self::version>("version", "Of that page"),
      row<&self::notified>("notified", "Whom that page notified", max_length(limits::run_people_max)),
      row<&self::acknowledged_by>("acknowledged_by", "Who has acknowledged it", max_length(limits::run_people_max)),
      row<&self::below>("below", "Whom the page before notified", max_length(limits::run_people_max)),
      row<&self::pass>("pass", "1, and one more for each repeat", always),
      row<&self::pass_since>("pass_since", "When the pass began"),
      row<&self::pass_found>("pass_found", "The pass has notified somebody"),
      row<&self::pass_skipped>("pass_skipped", "Delays of its steps that found nobody and were not waited for"),
      row<&self::taken>("taken", "How often each repeat was taken", max_length(limits::run_people_max)),
      row<&self::pages>("pages", "Steps that notified somebody"),
      row<&self::raised>("raised", "Hierarchical escalations"),
      row<&self::reassigned>("reassigned", "Functional escalations"),
  };
  return rows;
}

// ---- what a desk keeps beside a run

std::span<const std::string_view> choices(escalation_cause) {
  static constexpr std::string_view all[] = {"logged",         "prioritised",     "assigned", "threshold",
                                             "unassigned_for", "not_updated_for", "by_hand",  "unresolved_for"};
  return all;
}

std::span<const field_row> paged_person::fields() {
  using self = paged_person;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Whom the page reached"),
      row<&self::version>("version", "Of the page"),
      row<&self::step>("step", "Number of the step"),
      row<&self::urgency>("urgency", "Of the page"),
      row<&self::shadow>("shadow", "Is notified as a shadow, and does not count"),
      row<&self::reached_at>("reached_at", "When it reached the person"),
      row<&self::tried_until>("tried_until", "What the person's own rules say up to then has been tried"),
      row<&self::next_at>("next_at", "When the next method is tried"),
      row<&self::tries>("tries", "Methods that were tried"),
      row<&self::failures>("failures", "Tries that are known to have failed"),
      row<&self::held_until>("held_until", "When what is held goes with other pages, as one"),
      row<&self::held_since>("held_since", "When the first page that is held was due"),
      row<&self::held_method>("held_method", "Method of that page", one_line),
      row<&self::held>("held", "Pages that are held"),
  };
  return rows;
}

std::span<const field_row> page_window::fields() {
  using self = page_window;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Who was paged"),
      row<&self::service>("service", "Service that it was about"),
      row<&self::until>("until", "When the person's window ends"),
      row<&self::service_until>("service_until", "When the window of the person and the service ends"),
      row<&self::pages>("pages", "How many pages"),
      row<&self::bundled_at>("bundled_at", "When one of them was sent for many"),
  };
  return rows;
}

std::span<const field_row> record_run::fields() {
  using self = record_run;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy that it is a run of"),
      row<&self::started_by>("started_by", "What started it"),
      row<&self::cause>("cause", "The cause by name; the same one does not start it twice", max_length(1000)),
      row<&self::reason>("reason", "Why somebody started it", erasable, max_length(1000)),
      row<&self::run>("run", "State of the run"),
      row<&self::paged>("paged", "People whom its pages reached, and whose own rules go on",
                        max_length(limits::run_people_max)),
      row<&self::ended_at>("ended_at", "When it ended, each time", max_length(limits::run_restarts_max)),
      row<&self::windows>("windows", "How often it has paged somebody lately", max_length(limits::run_windows_max)),
  };
  return rows;
}

std::span<const field_row> escalation_watch::fields() {
  using self = escalation_watch;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Policy that would start a run"),
      row<&self::trigger>("trigger", "Place of the trigger in the policy, from 0", always),
      row<&self::on>("on", "What is waited for"),
      row<&self::since>("since", "Since when"),
      row<&self::due>("due", "When it has gone on for too long"),
  };
  return rows;
}

std::span<const field_row> incident_escalations::fields() {
  using self = incident_escalations;
  static constexpr field_row rows[] = {
      row<&self::escalations>("escalations", "Runs of escalation policies", max_length(limits::record_runs_max)),
      row<&self::escalation_watches>("escalation_watches", "Times after which policies start runs",
                                     max_length(limits::escalation_watches_max)),
      row<&self::functional_escalations>("functional_escalations", "How often it went to another support level"),
      row<&self::hierarchical_escalations>("hierarchical_escalations", "How often it was raised to a manager"),
      row<&self::raised_to>("raised_to", "Person to whom it was raised last"),
      row<&self::major_proposed>("major_proposed", "A policy proposed a major incident"),
  };
  return rows;
}

const std::vector<record_run>& runs_of(const incident& record) {
  return record.part_or_empty<incident_escalations>().escalations;
}

}  // namespace tocsin::inline v1
