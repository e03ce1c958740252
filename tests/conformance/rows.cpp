// The numbers in typed rows are those of the core.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include <tocsin.h>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/sla/sla_policy.hpp>

TEST_CASE("each effect of the library has its number as a constant of tocsin.h") {
  const std::map<std::string, int> known = {{"assignment_notice", TOCSIN_EFFECT_KIND_ASSIGNMENT_NOTICE},
                                            {"requester_notice", TOCSIN_EFFECT_KIND_REQUESTER_NOTICE},
                                            {"work_notice", TOCSIN_EFFECT_KIND_WORK_NOTICE},
                                            {"sla_notice", TOCSIN_EFFECT_KIND_SLA_NOTICE},
                                            {"oncall_notice", TOCSIN_EFFECT_KIND_ONCALL_NOTICE},
                                            {"page", TOCSIN_EFFECT_KIND_PAGE},
                                            {"automation_requested", TOCSIN_EFFECT_KIND_AUTOMATION_REQUESTED},
                                            {"assignment_requested", TOCSIN_EFFECT_KIND_ASSIGNMENT_REQUESTED},
                                            {"page_bundle", TOCSIN_EFFECT_KIND_PAGE_BUNDLE},
                                            {"risk_review_due", TOCSIN_EFFECT_KIND_RISK_REVIEW_DUE},
                                            {"problem_notice", TOCSIN_EFFECT_KIND_PROBLEM_NOTICE},
                                            {"change_notice", TOCSIN_EFFECT_KIND_CHANGE_NOTICE},
                                            {"update_overdue", TOCSIN_EFFECT_KIND_UPDATE_OVERDUE},
                                            {"major_incident_notice", TOCSIN_EFFECT_KIND_MAJOR_INCIDENT_NOTICE},
                                            {"audience_update", TOCSIN_EFFECT_KIND_AUDIENCE_UPDATE},
                                            {"audience_update_overdue", TOCSIN_EFFECT_KIND_AUDIENCE_UPDATE_OVERDUE},
                                            {"review_overdue", TOCSIN_EFFECT_KIND_REVIEW_OVERDUE},
                                            {"action_item_overdue", TOCSIN_EFFECT_KIND_ACTION_ITEM_OVERDUE},
                                            {"action_item_notice", TOCSIN_EFFECT_KIND_ACTION_ITEM_NOTICE},
                                            {"step_overdue", TOCSIN_EFFECT_KIND_STEP_OVERDUE},
                                            {"automation_run_requested", TOCSIN_EFFECT_KIND_AUTOMATION_RUN_REQUESTED},
                                            {"embargo_ended", TOCSIN_EFFECT_KIND_EMBARGO_ENDED},
                                            {"disclosure_due", TOCSIN_EFFECT_KIND_DISCLOSURE_DUE},
                                            {"disclosure_overdue", TOCSIN_EFFECT_KIND_DISCLOSURE_OVERDUE},
                                            {"reporter_notice", TOCSIN_EFFECT_KIND_REPORTER_NOTICE},
                                            {"reporter_wrote", TOCSIN_EFFECT_KIND_REPORTER_WROTE},
                                            {"audience_update_due", TOCSIN_EFFECT_KIND_AUDIENCE_UPDATE_DUE}};
  std::map<std::string, int> found;
  for (const tocsin::event_type* type : tocsin::event_types()) {
    if (type->is_effect) found[std::string(type->name)] = static_cast<int>(type->number);
  }
  CHECK(found == known);
}

TEST_CASE("each kind of timer has its number as a constant of tocsin.h") {
  const std::map<std::string, int> known = {{"auto_close", TOCSIN_TIMER_KIND_AUTO_CLOSE},
                                            {"move", TOCSIN_TIMER_KIND_MOVE},
                                            {"follow_up", TOCSIN_TIMER_KIND_FOLLOW_UP},
                                            {"hold_reminder", TOCSIN_TIMER_KIND_HOLD_REMINDER},
                                            {"hold_end", TOCSIN_TIMER_KIND_HOLD_END},
                                            {"task_due", TOCSIN_TIMER_KIND_TASK_DUE},
                                            {"heartbeat", TOCSIN_TIMER_KIND_HEARTBEAT},
                                            {"maintenance_begin", TOCSIN_TIMER_KIND_MAINTENANCE_BEGIN},
                                            {"maintenance_end", TOCSIN_TIMER_KIND_MAINTENANCE_END},
                                            {"sla", TOCSIN_TIMER_KIND_SLA},
                                            {"escalation", TOCSIN_TIMER_KIND_ESCALATION},
                                            {"page_bundle", TOCSIN_TIMER_KIND_PAGE_BUNDLE},
                                            {"problem_cascade", TOCSIN_TIMER_KIND_PROBLEM_CASCADE},
                                            {"risk_review", TOCSIN_TIMER_KIND_RISK_REVIEW},
                                            {"major_update_due", TOCSIN_TIMER_KIND_MAJOR_UPDATE_DUE},
                                            {"change_cascade", TOCSIN_TIMER_KIND_CHANGE_CASCADE},
                                            {"audience_update_due", TOCSIN_TIMER_KIND_AUDIENCE_UPDATE_DUE},
                                            {"review_due", TOCSIN_TIMER_KIND_REVIEW_DUE},
                                            {"action_item_due", TOCSIN_TIMER_KIND_ACTION_ITEM_DUE},
                                            {"playbook_step_due", TOCSIN_TIMER_KIND_PLAYBOOK_STEP_DUE},
                                            {"automation", TOCSIN_TIMER_KIND_AUTOMATION},
                                            {"embargo_end", TOCSIN_TIMER_KIND_EMBARGO_END},
                                            {"disclosure_due", TOCSIN_TIMER_KIND_DISCLOSURE_DUE},
                                            {"disclosure_overdue", TOCSIN_TIMER_KIND_DISCLOSURE_OVERDUE},
                                            {"audience_update_reminder", TOCSIN_TIMER_KIND_AUDIENCE_UPDATE_REMINDER}};
  std::map<std::string, int> found;
  for (int kind = 1; kind < static_cast<int>(tocsin::timer_kind::host); ++kind) {
    const tocsin::timer_type* type = tocsin::find_timer_type(static_cast<tocsin::timer_kind>(kind));
    if (type) found[std::string(type->name)] = kind;
  }
  CHECK(found == known);
}

TEST_CASE("each metric of a clock has its number as a constant of tocsin.h") {
  const std::map<std::string, int> known = {{"response", TOCSIN_CLOCK_METRIC_RESPONSE},
                                            {"resolution", TOCSIN_CLOCK_METRIC_RESOLUTION},
                                            {"update", TOCSIN_CLOCK_METRIC_UPDATE},
                                            {"assignment", TOCSIN_CLOCK_METRIC_ASSIGNMENT},
                                            {"acknowledgement", TOCSIN_CLOCK_METRIC_ACKNOWLEDGEMENT},
                                            {"custom", TOCSIN_CLOCK_METRIC_CUSTOM},
                                            {"task", TOCSIN_CLOCK_METRIC_TASK}};
  std::map<std::string, int> found;
  const auto names = choices(tocsin::clock_metric{});
  for (std::size_t i = 0; i < names.size(); ++i) found[std::string(names[i])] = static_cast<int>(i + 1);
  CHECK(found == known);
}
