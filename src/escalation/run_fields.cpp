#include <tocsin/escalation/run.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(run_state) {
  static constexpr std::string_view all[] = {"triggered", "acknowledged", "snoozed", "ended"};
  return all;
}

std::span<const std::string_view> choices(run_place) {
  static constexpr std::string_view all[] = {"step", "wait", "pass", "held", "last_step"};
  return all;
}

std::span<const std::string_view> choices(run_output_kind) {
  static constexpr std::string_view all[] = {"started",
                                             "notified",
                                             "nobody_on_call",
                                             "skipped",
                                             "assigned",
                                             "handed_over",
                                             "raised",
                                             "major_declared",
                                             "automation_run",
                                             "repeated",
                                             "held",
                                             "escalation_exhausted",
                                             "acknowledged_in_part",
                                             "acknowledged",
                                             "acknowledgement_timed_out",
                                             "unacknowledged",
                                             "snoozed",
                                             "snooze_ended",
                                             "escalated",
                                             "ended",
                                             "reopened"};
  return all;
}

std::span<const std::string_view> choices(run_action_kind) {
  static constexpr std::string_view all[] = {"acknowledge", "unacknowledge", "snooze", "escalate", "hand_over",
                                             "resolve",     "close",         "cancel", "reopen"};
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
      row<&self::node>("node", "Place of the node where it stands", always),
      row<&self::place>("place", "What is waited for there"),
      row<&self::place_since>("place_since", "Since when"),
      row<&self::step_node>("step_node", "Place of the current step", always),
      row<&self::step_at>("step_at", "Scheduled instant of the current step"),
      row<&self::page_step>("page_step", "Number of the last step that notified somebody"),
      row<&self::version>("version", "Of that page"),
      row<&self::notified>("notified", "Whom that page notified"),
      row<&self::acknowledged_by>("acknowledged_by", "Who has acknowledged it"),
      row<&self::below>("below", "Whom the page before notified"),
      row<&self::pass>("pass", "1, and one more for each repeat", always),
      row<&self::pass_since>("pass_since", "When the pass began"),
      row<&self::pass_found>("pass_found", "The pass has notified somebody"),
      row<&self::pass_skipped>("pass_skipped", "Delays of its steps that found nobody and were not waited for"),
      row<&self::taken>("taken", "How often each repeat was taken"),
      row<&self::pages>("pages", "Steps that notified somebody"),
      row<&self::raised>("raised", "Hierarchical escalations"),
      row<&self::reassigned>("reassigned", "Functional escalations"),
  };
  return rows;
}

// What is never due has no instant in a document.
void write_run(json_writer& to, const escalation_run& run, const document_names& names) {
  escalation_run shown = run;
  if (shown.due == never) shown.due = no_instant;
  to.begin_object();
  write_members(to, shown, names);
  to.end_object();
}

escalation_run read_run(std::string_view json, const document_names& names) {
  escalation_run run;
  read_object(json, escalation_run::fields(), &run, names, "a run");
  if (!is_set(run.due)) run.due = never;
  return run;
}

}  // namespace tocsin::inline v1
