#include <tocsin/escalation/run.hpp>

namespace tocsin::inline v1 {

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
