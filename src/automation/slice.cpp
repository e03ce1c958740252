// What a desk gets from here: rules that do something by themselves when something has happened to a record.
#include <tocsin/automation/automation_record.hpp>
#include <tocsin/automation/commands.hpp>
#include <tocsin/automation/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "automation/answer.hpp"
#include "automation/decide.hpp"
#include "automation/fire.hpp"
#include "automation/fold.hpp"
#include "automation/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type automation_rule::descriptor = definition_row<automation_rule, compiled_automation_rule>(
    37, "automation_rule", "What is done by itself when something has happened to a record", word_kind::automation_rule,
    "automation_rules", "Automation rules");

// ---- parts

constinit const part_type record_automation::descriptor = with_timers<record_automation, timers>(
    part_row<record_automation, erase>("automation", "What automation rules do with it, and what they may not"));

// ---- commands

constinit const command_type suspend_automation::descriptor =
    as_in(command_row<&suspend_automation::incident>(117, "suspend_automation",
                                                     "Let an automation rule, or none of them, run on a record"),
          plausible_suspension);
constinit const command_type resume_automation::descriptor =
    as_in(about<record_automation>(command_row<&resume_automation::incident>(
              118, "resume_automation", "Let automation rules run on a record again")),
          plausible_resumption);
constinit const command_type run_automation::descriptor = as_in(
    command_row<&run_automation::incident>(119, "run_automation", "Have an automation rule run on a record by hand"),
    plausible_automation_run);
constinit const command_type report_automation::descriptor =
    after_end(as_in(about<record_automation>(command_row<&report_automation::incident>(
                        120, "report_automation", "Say what came of something that a rule had the host run")),
                    plausible_automation_report));

// ---- events

constinit const event_type automation_begun::descriptor =
    event_row<automation_begun, fold>(186, "automation_begun", "An automation rule runs on the record");
constinit const event_type automation_acted::descriptor =
    event_row<automation_acted, fold>(187, "automation_acted", "An action of an automation rule was taken, or refused");
constinit const event_type automation_run_requested::descriptor = event_row<automation_run_requested, fold>(
    188, "automation_run_requested", "Effect: run what an automation rule names, and report what came of it");
constinit const event_type automation_stopped::descriptor = event_row<automation_stopped, fold>(
    189, "automation_stopped", "An automation rule that would run does not, or goes on no more");
constinit const event_type automation_suspended::descriptor =
    event_row<automation_suspended, fold>(190, "automation_suspended", "Automation rules do not run on the record");
constinit const event_type automation_resumed::descriptor =
    event_row<automation_resumed, fold>(191, "automation_resumed", "Automation rules run on the record again");
constinit const event_type automation_reported::descriptor = event_row<automation_reported, fold>(
    192, "automation_reported", "It was said what came of something that a rule had the host run");

// ---- questions

constinit const query_type automation_runs_query::descriptor = query_row<&automation_runs_query::incident, answer>(
    60, "automation_runs", "Which automation rules ran on a record, why, and what they did; and which did not");
constinit const query_type dry_run_automation_query::descriptor =
    query_row<&dry_run_automation_query::incident, answer>(
        61, "dry_run_automation", "What automation rules would do if something happened to a record now");

namespace {

constexpr const definition_type* definitions[] = {
    &automation_rule::descriptor,
};

constexpr const part_type* parts[] = {
    &record_automation::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::automation, "automation", go_on_with_automation},
};

constexpr const command_type* commands[] = {
    &suspend_automation::descriptor,
    &resume_automation::descriptor,
    &run_automation::descriptor,
    &report_automation::descriptor,
};

constexpr const event_type* events[] = {
    &automation_begun::descriptor,    &automation_acted::descriptor,     &automation_run_requested::descriptor,
    &automation_stopped::descriptor,  &automation_suspended::descriptor, &automation_resumed::descriptor,
    &automation_reported::descriptor,
};

constexpr const query_type* queries[] = {
    &automation_runs_query::descriptor,
    &dry_run_automation_query::descriptor,
};

}  // namespace

extern const slice automation_slice;
constinit const slice automation_slice{.name = "automation",
                                       .parts = parts,
                                       .timers = timer_types,
                                       .commands = commands,
                                       .events = events,
                                       .queries = queries,
                                       .definitions = definitions,
                                       .publication = &automation_publication};

}  // namespace tocsin::inline v1
