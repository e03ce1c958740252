// What a desk gets from here: changes, and what was done to bring something back.
#include <tocsin/change/change.hpp>
#include <tocsin/change/commands.hpp>
#include <tocsin/change/events.hpp>
#include <tocsin/change/remediation.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "change/answer.hpp"
#include "change/decide.hpp"
#include "change/fire.hpp"
#include "change/fold.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type change_details::descriptor = with_timers<change_details, timers>(
    part_row<change_details, erase>("change", "What is changed, when, and what came of it"));
constinit const part_type record_remediation_actions::descriptor = not_for_conditions(
    part_row<record_remediation_actions, erase>("remediation_actions", "What was done to bring something back"));

// ---- commands

constinit const command_type log_change::descriptor =
    command_row<log_change>(81, "log_change", "Log a change, with the incidents and problems that it is for");
constinit const command_type plan_change::descriptor =
    as_in(about<change_details>(command_row<&plan_change::change>(82, "plan_change",
                                                                  "Say when it is made, of which kind, at which risk")),
          plausible_plan);
constinit const command_type report_change::descriptor =
    as_in(about<change_details>(command_row<&report_change::change>(
              83, "report_change", "Report what came of it; of a failed one, log the incident")),
          plausible_report);
constinit const command_type record_remediation::descriptor =
    as_in(command_row<&record_remediation::record>(
              84, "record_remediation", "Record what was done to bring something back, and whether it worked"),
          plausible_remediation);

// ---- events

constinit const event_type change_opened::descriptor =
    event_row<change_opened, fold>(134, "change_opened", "It is a change");
constinit const event_type change_planned::descriptor =
    event_row<change_planned, fold>(135, "change_planned", "Its plan is another one");
constinit const event_type implementation_begun::descriptor =
    event_row<implementation_begun, fold>(136, "implementation_begun", "The implementation of the change began");
constinit const event_type implementation_ended::descriptor = event_row<implementation_ended, fold>(
    137, "implementation_ended", "The implementation of the change ended, with no report of what came of it");
constinit const event_type change_reported::descriptor =
    event_row<change_reported, fold>(138, "change_reported", "What came of the change was reported");
constinit const event_type change_notice::descriptor = event_row<change_notice>(
    139, "change_notice", "Effect: tell those who work on it what became of the change that it awaited");
constinit const event_type change_reached::descriptor = event_row<change_reached, fold>(
    140, "change_reached", "The end of the change has reached some of its incidents, or all");
constinit const event_type remediation_recorded::descriptor = event_row<remediation_recorded, fold>(
    141, "remediation_recorded", "It was recorded what was done to bring something back");

// ---- questions

constinit const query_type changes_before_query::descriptor = query_row<&changes_before_query::incident, answer>(
    46, "changes_before", "Changes before an incident began, near to what it affects");
constinit const query_type change_collisions_query::descriptor = filtering_query_row<change_collisions_query, answer>(
    47, "change_collisions", "Changes that are planned for the same time, and are near to each other");
constinit const query_type change_calendar_query::descriptor = filtering_query_row<change_calendar_query, answer>(
    48, "change_calendar", "Changes that are planned for a time, as a list or an iCalendar");

namespace {

constexpr const part_type* parts[] = {
    &change_details::descriptor,
    &record_remediation_actions::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::change_cascade, "change_cascade", go_on_with_change},
};

constexpr const command_type* commands[] = {
    &log_change::descriptor,
    &plan_change::descriptor,
    &report_change::descriptor,
    &record_remediation::descriptor,
};

constexpr const event_type* events[] = {
    &change_opened::descriptor,        &change_planned::descriptor,       &implementation_begun::descriptor,
    &implementation_ended::descriptor, &change_reported::descriptor,      &change_notice::descriptor,
    &change_reached::descriptor,       &remediation_recorded::descriptor,
};

constexpr const query_type* queries[] = {
    &changes_before_query::descriptor,
    &change_collisions_query::descriptor,
    &change_calendar_query::descriptor,
};

}  // namespace

extern const slice change_slice;
constinit const slice change_slice{.name = "change",
                                   .parts = parts,
                                   .timers = timer_types,
                                   .commands = commands,
                                   .events = events,
                                   .queries = queries};

}  // namespace tocsin::inline v1
