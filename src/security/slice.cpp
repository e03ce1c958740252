// What a desk gets from here: security incidents, embargo and disclosure, reporters outside.
#include <tocsin/security/commands.hpp>
#include <tocsin/security/disclosure.hpp>
#include <tocsin/security/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "security/answer.hpp"
#include "security/decide.hpp"
#include "security/fire.hpp"
#include "security/fold.hpp"
#include "security/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type security_policy::descriptor = definition_row<security_policy>(
    38, "security_policy", "Who knows of security incidents, and what becomes of reports from outside",
    word_kind::security_policy, "security_policies", "Policies of security incidents");

// ---- parts

constinit const part_type record_disclosure::descriptor =
    with_timers<record_disclosure, timers>(part_row<record_disclosure, erase>(
        "disclosure", "A security incident: its embargo, its disclosure, its reporters"));

// ---- commands

namespace {

// Of security incidents alone. It is offered as that is plausible.
constexpr command_type of_security(command_type row, void (*plausible)(const incident&, plausible_commands&)) {
  return as_in(about<record_disclosure>(row), plausible);
}

}  // namespace

constinit const command_type log_security_incident::descriptor = command_row<log_security_incident>(
    121, "log_security_incident", "Log a security incident, which is restricted from its first instant");
constinit const command_type declare_security_incident::descriptor =
    as_in(command_row<&declare_security_incident::incident>(
              122, "declare_security_incident", "Say that an incident is a security incident, and restrict it"),
          plausible_declaration);
constinit const command_type set_embargo::descriptor = of_security(
    command_row<&set_embargo::incident>(123, "set_embargo", "Say until when nothing public may be said of it"),
    plausible_embargo);
constinit const command_type lift_embargo::descriptor =
    of_security(command_row<&lift_embargo::incident>(124, "lift_embargo", "Lift the embargo"), plausible_embargo_end);
constinit const command_type set_disclosure_date::descriptor =
    of_security(command_row<&set_disclosure_date::incident>(125, "set_disclosure_date",
                                                            "Say when it is to be made public, or move that date"),
                plausible_disclosure_date);
constinit const command_type disclose::descriptor = of_security(
    command_row<&disclose::incident>(126, "disclose", "Say that it was made public, and where"), plausible_disclosure);
constinit const command_type invite_reporter::descriptor =
    of_security(command_row<&invite_reporter::incident>(127, "invite_reporter",
                                                        "Give somebody outside who reported it a thread of their own"),
                plausible_invitation);
constinit const command_type acknowledge_report::descriptor = of_security(
    command_row<&acknowledge_report::incident>(128, "acknowledge_report", "Tell a reporter that it is looked at"),
    plausible_acknowledgement);
constinit const command_type message_reporter::descriptor =
    of_security(command_row<&message_reporter::incident>(129, "message_reporter", "Write to a reporter outside"),
                plausible_message);
constinit const command_type report_vulnerability::descriptor = command_row<report_vulnerability>(
    130, "report_vulnerability", "Report from outside something that a few alone get to see");
constinit const command_type write_as_reporter::descriptor =
    command_row<write_as_reporter>(131, "write_as_reporter", "Write a message to those who look at one's report");

// ---- events

constinit const event_type security_incident_begun::descriptor =
    event_row<security_incident_begun, fold>(194, "security_incident_begun", "It is a security incident");
constinit const event_type embargo_set::descriptor =
    event_row<embargo_set, fold>(195, "embargo_set", "Until then nothing public may be said of it");
constinit const event_type embargo_lifted::descriptor =
    event_row<embargo_lifted, fold>(196, "embargo_lifted", "Its embargo was lifted");
constinit const event_type embargo_ended::descriptor =
    event_row<embargo_ended, fold>(197, "embargo_ended", "Effect: tell those who have it that its embargo is over");
constinit const event_type disclosure_date_set::descriptor =
    event_row<disclosure_date_set, fold>(198, "disclosure_date_set", "It is to be made public on a date");
constinit const event_type disclosure_due::descriptor =
    event_row<disclosure_due, fold>(199, "disclosure_due", "Effect: tell those who have it that its disclosure comes");
constinit const event_type disclosure_overdue::descriptor = event_row<disclosure_overdue, fold>(
    200, "disclosure_overdue", "Effect: tell those who have it that it was not disclosed on its date");
constinit const event_type security_disclosed::descriptor =
    event_row<security_disclosed, fold>(201, "security_disclosed", "It was made public");
constinit const event_type reporter_invited::descriptor =
    event_row<reporter_invited, fold>(202, "reporter_invited", "Somebody outside reported it, and has a thread");
constinit const event_type report_acknowledged::descriptor =
    event_row<report_acknowledged, fold>(203, "report_acknowledged", "A report from outside is looked at");
constinit const event_type reporter_message::descriptor =
    event_row<reporter_message, fold>(204, "reporter_message", "A reporter wrote, or was written to");
constinit const event_type reporter_notice::descriptor = event_row<reporter_notice>(
    205, "reporter_notice", "Effect: tell a reporter that there is something new in their thread");
constinit const event_type reporter_wrote::descriptor =
    event_row<reporter_wrote>(206, "reporter_wrote", "Effect: tell those who have it that a reporter wrote");

// ---- questions

constinit const query_type disclosure_query::descriptor = query_row<&disclosure_query::incident, answer>(
    62, "disclosure", "Embargo and disclosure of a security incident, its reporters, and who knows of it and why");
constinit const query_type reporter_thread_query::descriptor = query_row<reporter_thread_query, answer>(
    63, "reporter_thread", "What a reporter outside sees of their report, and of nothing else");

namespace {

constexpr const definition_type* definitions[] = {
    &security_policy::descriptor,
};

constexpr const part_type* parts[] = {
    &record_disclosure::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::embargo_end, "embargo_end", end_embargo},
    {timer_kind::disclosure_due, "disclosure_due", say_disclosure_due},
    {timer_kind::disclosure_overdue, "disclosure_overdue", say_disclosure_overdue},
};

constexpr const command_type* commands[] = {
    &log_security_incident::descriptor, &declare_security_incident::descriptor, &set_embargo::descriptor,
    &lift_embargo::descriptor,          &set_disclosure_date::descriptor,       &disclose::descriptor,
    &invite_reporter::descriptor,       &acknowledge_report::descriptor,        &message_reporter::descriptor,
    &report_vulnerability::descriptor,  &write_as_reporter::descriptor,
};

constexpr const event_type* events[] = {
    &security_incident_begun::descriptor, &embargo_set::descriptor,         &embargo_lifted::descriptor,
    &embargo_ended::descriptor,           &disclosure_date_set::descriptor, &disclosure_due::descriptor,
    &disclosure_overdue::descriptor,      &security_disclosed::descriptor,  &reporter_invited::descriptor,
    &report_acknowledged::descriptor,     &reporter_message::descriptor,    &reporter_notice::descriptor,
    &reporter_wrote::descriptor,
};

constexpr const query_type* queries[] = {
    &disclosure_query::descriptor,
    &reporter_thread_query::descriptor,
};

}  // namespace

extern const slice security_slice;
constinit const slice security_slice{.name = "security",
                                     .parts = parts,
                                     .timers = timer_types,
                                     .commands = commands,
                                     .events = events,
                                     .queries = queries,
                                     .definitions = definitions,
                                     .publication = &security_publication};

}  // namespace tocsin::inline v1
