#include <tocsin/workflow/workflow.hpp>

#include <tocsin/model/satisfaction.hpp>

namespace tocsin::inline v1 {
namespace {

using kind = tocsin::state_kind;

const std::vector<std::string>& open_states() {
  static const std::vector<std::string> states = {"new", "assigned", "in_progress", "on_hold"};
  return states;
}

}  // namespace

std::span<const std::string_view> choices(verb) {
  static constexpr std::string_view all[] = {"assign",  "begin_work",     "hold",       "resume", "resolve",
                                             "confirm", "close",          "reopen",     "cancel", "import_step",
                                             "move",    "mark_duplicate", "accept_risk"};
  static_assert(std::size(all) + 1 == verb_count);
  return all;
}

std::string_view command_of(verb v) {
  static constexpr std::string_view all[] = {"",
                                             "assign_incident",
                                             "begin_work",
                                             "hold_incident",
                                             "resume_incident",
                                             "resolve_incident",
                                             "confirm_resolution",
                                             "close_incident",
                                             "reopen_incident",
                                             "cancel_incident",
                                             "import_record",
                                             "move_incident",
                                             "mark_duplicate",
                                             "accept_risk"};
  static_assert(std::size(all) == verb_count);
  return all[static_cast<std::size_t>(v)];
}

std::span<const field_row> workflow_state::fields() {
  static constexpr field_row rows[] = {
      row<&workflow_state::name>("name", "Name of the state", required, one_line, max_length(limits::key_length_max)),
      row<&workflow_state::kind>("kind", "What the state means to the library", required),
      row<&workflow_state::initial>("initial", "Records begin in it"),
  };
  return rows;
}

std::span<const std::string_view> choices(move_trigger) {
  static constexpr std::string_view all[] = {"manual", "automatic", "timed"};
  return all;
}

std::span<const std::string_view> choices(hold_end) {
  static constexpr std::string_view all[] = {"resume", "resolve"};
  return all;
}

std::span<const std::string_view> choices(awaited) {
  static constexpr std::string_view all[] = {"problem", "change"};
  return all;
}

std::span<const field_row> workflow_guard::fields() {
  static constexpr field_row rows[] = {
      row<&workflow_guard::condition>("condition", "What must hold, in JsonLogic's syntax", required),
      row<&workflow_guard::says>("says", "What to tell where it does not hold", required, one_line),
  };
  return rows;
}

std::span<const field_row> workflow_host_guard::fields() {
  static constexpr field_row rows[] = {
      row<&workflow_host_guard::name>("name", "Name by which the host knows it", required, one_line,
                                      max_length(limits::key_length_max)),
      row<&workflow_host_guard::says>("says", "What to tell where the host says no", required, one_line),
  };
  return rows;
}

std::span<const field_row> workflow_transition::fields() {
  using self = workflow_transition;
  static constexpr field_row rows[] = {
      row<&workflow_transition::verb>("verb", "What moves the record", tocsin::required),
      row<&workflow_transition::from>("from", "States in which it is allowed", tocsin::required,
                                      max_length(limits::workflow_states_max)),
      row<&workflow_transition::to>("to", "State it leads to; none: it stays, or returns to the one before the hold",
                                    one_line, max_length(limits::key_length_max)),
      row<&self::guards>("guards", "Conditions for it, in addition to the library's own",
                         max_length(limits::guards_max)),
      row<&self::required>("required", "Paths of the record that must be set when it is over", max_length(100)),
      row<&self::permission>("permission",
                             "What the actor must have been granted, once a permission policy is in force", one_line,
                             max_length(limits::key_length_max)),
      row<&self::trigger>("trigger", "What makes the move; by hand where nothing is said"),
      row<&self::after>("after", "Of a timed move: time in the state", range{0, 3650 * day.us}),
      row<&self::calendar>("calendar", "Of a timed move: key of the calendar whose open time counts; none: real time",
                           one_line, max_length(limits::key_length_max)),
      row<&self::host_guards>("host_guards", "Conditions that the host decides, once all others are met",
                              max_length(limits::guards_max)),
  };
  return rows;
}

std::span<const field_row> workflow_hold_reason::fields() {
  using self = workflow_hold_reason;
  static constexpr field_row rows[] = {
      row<&workflow_hold_reason::name>("name", "Name of the reason", required, one_line,
                                       max_length(limits::key_length_max)),
      row<&workflow_hold_reason::resumed_by_reply>("resumed_by_reply", "A reply of the requester ends the wait"),
      row<&self::remind_after>("remind_after", "Time between reminders; none: there are none", range{0, 3650 * day.us}),
      row<&self::reminders_max>("reminders_max", "How many reminders", range{0, 100}),
      row<&self::after_reminders>("after_reminders",
                                  "What becomes of it when the last one has not been answered either"),
      row<&self::longest>("longest", "Longest stay; none: for ever", range{0, 3650 * day.us}),
      row<&self::after_longest>("after_longest", "What becomes of it then; resume where nothing is said"),
      row<&self::resolution_code>("resolution_code", "Of a resolution that the end of the wait brings", one_line,
                                  max_length(limits::key_length_max)),
      row<&self::awaits>("awaits", "What the wait is for, where what becomes of that ends it"),
  };
  return rows;
}

std::int64_t days_for_satisfaction(const workflow& w) {
  return w.satisfaction_days ? w.satisfaction_days.value : default_satisfaction_days;
}

std::span<const field_row> workflow::fields() {
  static constexpr field_row rows[] = {
      row<&workflow::key>("key", "Key of the workflow; \"incident\" is the one that incidents use", required, one_line,
                          max_length(limits::key_length_max)),
      row<&workflow::name>("name", "Name as people know it", one_line),
      row<&workflow::states>("states", "Its states", required, max_length(limits::workflow_states_max)),
      row<&workflow::transitions>("transitions", "Its moves", required, max_length(limits::workflow_transitions_max)),
      row<&workflow::hold_reasons>("hold_reasons", "Why a record may wait", max_length(200)),
      row<&workflow::resolution_codes>("resolution_codes", "How a record may be resolved", max_length(200)),
      row<&workflow::reopen_window>("reopen_window", "How long after resolving it may be reopened; none: for ever",
                                    range{0, 3650 * day.us}),
      row<&workflow::auto_close_after>(
          "auto_close_after", "Silence after resolving that closes it; none: it never does", range{0, 3650 * day.us}),
      row<&workflow::verify_before_closing>("verify_before_closing",
                                            "Somebody must say that the service recovered before it closes"),
      row<&workflow::auto_close_business_days>(
          "auto_close_business_days",
          "Instead of auto_close_after: silence up to the end of the n-th business day after that of the resolution",
          range{0, 3650}),
      row<&workflow::auto_close_calendar>("auto_close_calendar", "Key of the calendar whose business days they are",
                                          one_line, max_length(limits::key_length_max)),
      row<&workflow::satisfaction_days>("satisfaction_days",
                                        "Days after closing for which answers on satisfaction are taken; 30 where none "
                                        "is given",
                                        range{0, 3650}),
  };
  return rows;
}

const workflow& built_in_workflow() {
  static const workflow built_in{
      .key = "incident",
      .name = "Incident (built in)",
      .states =
          {
              {"new", kind::fresh, true},
              {"assigned", kind::assigned},
              {"in_progress", kind::in_progress},
              {"on_hold", kind::on_hold},
              {"resolved", kind::resolved},
              {"closed", kind::closed},
              {"cancelled", kind::cancelled},
          },
      .transitions =
          {
              {verb::assign, {"new"}, "assigned"},
              {verb::assign, {"assigned", "in_progress", "on_hold"}, ""},
              {verb::begin_work, {"new", "assigned"}, "in_progress"},
              {verb::hold, open_states(), "on_hold"},
              {verb::resume, {"on_hold"}, ""},
              {verb::resolve, open_states(), "resolved"},
              {verb::confirm, {"resolved"}, "closed"},
              {verb::close, {"resolved"}, "closed"},
              {verb::reopen, {"resolved"}, "in_progress"},
              {verb::cancel, open_states(), "cancelled"},
          },
      .hold_reasons =
          {
              {"awaiting_caller", true},
              {.name = "awaiting_change", .resolution_code = "fix", .awaits = awaited::change},
              {.name = "awaiting_problem", .resolution_code = "fix", .awaits = awaited::problem},
              {"awaiting_vendor"},
              {"awaiting_evidence"},
          },
      .resolution_codes = {"fix", "workaround", "known_error", "no_fault_found", "duplicate", "user_error",
                           "cancelled_by_user", "resolved_externally"},
      .reopen_window = 14 * day,
      .auto_close_after = 5 * day,
  };
  return built_in;
}

const workflow& built_in_request_workflow() {
  static const workflow built_in{
      .key = "request",
      .name = "Service request (built in)",
      .states =
          {
              {"new", kind::fresh, true},
              {"assigned", kind::assigned},
              {"in_progress", kind::in_progress},
              {"on_hold", kind::on_hold},
              {"fulfilled", kind::resolved},
              {"closed", kind::closed},
              {"cancelled", kind::cancelled},
          },
      .transitions =
          {
              {verb::assign, {"new"}, "assigned"},
              {verb::assign, {"assigned", "in_progress", "on_hold"}, ""},
              {verb::begin_work, {"new", "assigned"}, "in_progress"},
              {verb::hold, open_states(), "on_hold"},
              {verb::resume, {"on_hold"}, ""},
              {verb::resolve, open_states(), "fulfilled"},
              {verb::confirm, {"fulfilled"}, "closed"},
              {verb::close, {"fulfilled"}, "closed"},
              {verb::reopen, {"fulfilled"}, "in_progress"},
              {verb::cancel, open_states(), "cancelled"},
          },
      .hold_reasons =
          {
              {"awaiting_caller", true},
              {"awaiting_approval"},
              {"awaiting_vendor"},
          },
      .resolution_codes = {"fulfilled", "rejected", "no_longer_needed"},
      .reopen_window = 14 * day,
      .auto_close_after = 5 * day,
  };
  return built_in;
}

const workflow& built_in_heartbeat_workflow() {
  static const workflow built_in{
      .key = "heartbeat",
      .name = "Watch for heartbeats (built in)",
      .states = {{"watching", kind::in_progress, true}, {"ended", kind::closed}},
      .transitions = {{verb::close, {"watching"}, "ended"}},
  };
  return built_in;
}

const workflow& built_in_maintenance_workflow() {
  static const workflow built_in{
      .key = "maintenance",
      .name = "Maintenance window (built in)",
      .states =
          {
              {"scheduled", kind::fresh, true},
              {"under_way", kind::in_progress},
              {"over", kind::closed},
              {"cancelled", kind::cancelled},
          },
      .transitions =
          {
              {verb::begin_work, {"scheduled"}, "under_way"},
              {verb::close, {"scheduled", "under_way"}, "over"},
              {verb::cancel, {"scheduled", "under_way"}, "cancelled"},
          },
  };
  return built_in;
}

const workflow& built_in_problem_workflow() {
  static const std::vector<std::string> analysed = {"assess", "root_cause_analysis", "fix_in_progress"};
  static const std::vector<std::string> open = {"new", "assess", "root_cause_analysis", "fix_in_progress"};
  static const workflow built_in{
      .key = "problem",
      .name = "Problem (built in)",
      .states =
          {
              {"new", kind::fresh, true},
              {"assess", kind::in_progress},
              {"root_cause_analysis", kind::in_progress},
              {"fix_in_progress", kind::in_progress},
              {"resolved", kind::resolved},
              {"risk_accepted", kind::resolved},
              {"closed", kind::closed},
              {"cancelled", kind::cancelled},
              {"duplicate", kind::cancelled},
          },
      .transitions =
          {
              {verb::assign, open, ""},
              {verb::begin_work, {"new"}, "assess"},
              {verb::move, {"new", "assess", "fix_in_progress"}, "root_cause_analysis"},
              {verb::move, {"root_cause_analysis"}, "fix_in_progress"},
              {verb::resolve, analysed, "resolved"},
              {verb::accept_risk, analysed, "risk_accepted"},
              {verb::close, {"resolved", "risk_accepted"}, "closed"},
              {verb::reopen, {"resolved", "risk_accepted"}, "root_cause_analysis"},
              {verb::cancel, open, "cancelled"},
              {verb::mark_duplicate, open, "duplicate"},
          },
      .resolution_codes = {"fix_applied", "resolved_externally", "no_longer_occurs"},
  };
  return built_in;
}

const workflow& built_in_problem_proposal_workflow() {
  static const workflow built_in{
      .key = "problem_proposal",
      .name = "Proposed problem (built in)",
      .states =
          {
              {"proposed", kind::fresh, true},
              {"accepted", kind::closed},
              {"rejected", kind::cancelled},
              {"merged", kind::cancelled},
          },
      .transitions =
          {
              {verb::close, {"proposed"}, "accepted"},
              {verb::cancel, {"proposed"}, "rejected"},
              {verb::mark_duplicate, {"proposed"}, "merged"},
          },
  };
  return built_in;
}

const workflow& built_in_change_workflow() {
  static const std::vector<std::string> planned = {"new", "assess", "authorised", "scheduled"};
  static const std::vector<std::string> open = {"new", "assess", "authorised", "scheduled", "implementing"};
  static const workflow_guard is_standard{{R"({"==":[{"var":"change_kind"},"standard"]})"},
                                          "only a standard change is scheduled without an assessment"};
  static const workflow_guard is_emergency{{R"({"==":[{"var":"change_kind"},"emergency"]})"},
                                           "only an emergency change leaves out what comes before"};
  static const workflow built_in{
      .key = "change",
      .name = "Change (built in)",
      .states =
          {
              {"new", kind::fresh, true},
              {"assess", kind::in_progress},
              {"authorised", kind::in_progress},
              {"scheduled", kind::in_progress},
              {"implementing", kind::in_progress},
              {"review", kind::resolved},
              {"failed", kind::resolved},
              {"closed", kind::closed},
              {"cancelled", kind::cancelled},
          },
      .transitions =
          {
              {verb::assign, open, ""},
              {verb::move, {"new", "authorised", "scheduled"}, "assess"},
              {verb::move, {"assess"}, "authorised"},
              {verb::move, {"new"}, "authorised", {is_emergency}},
              {verb::move, {"authorised"}, "scheduled"},
              {verb::move, {"new"}, "scheduled", {is_standard}},
              {verb::begin_work, {"scheduled"}, "implementing"},
              {verb::begin_work, {"authorised"}, "implementing", {is_emergency}},
              {verb::resolve, {"implementing"}, "review"},
              {verb::move, {"implementing"}, "failed"},
              {verb::close, {"review", "failed"}, "closed"},
              {verb::reopen, {"review", "failed"}, "assess"},
              {verb::cancel, planned, "cancelled"},
          },
      .resolution_codes = {"implemented"},
  };
  return built_in;
}

const workflow& built_in_review_workflow() {
  static const std::vector<std::string> open = {"pending", "in_progress"};
  static const workflow built_in{
      .key = "review",
      .name = "Review (built in)",
      .states =
          {
              {"pending", kind::fresh, true},
              {"in_progress", kind::in_progress},
              {"published", kind::resolved},
              {"closed", kind::closed},
              {"skipped", kind::cancelled},
          },
      .transitions =
          {
              {verb::assign, open, ""},
              {verb::begin_work, {"pending"}, "in_progress"},
              {verb::resolve, open, "published"},
              {verb::close, {"published"}, "closed"},
              {verb::reopen, {"published"}, "in_progress"},
              {verb::cancel, open, "skipped"},
          },
      .resolution_codes = {"published"},
  };
  return built_in;
}

const workflow& built_in_known_error_workflow() {
  static const workflow built_in{
      .key = "known_error",
      .name = "Known error (built in)",
      .states =
          {
              {"published", kind::fresh, true},
              {"retired", kind::closed},
          },
      .transitions =
          {
              {verb::close, {"published"}, "retired"},
          },
  };
  return built_in;
}

}  // namespace tocsin::inline v1
