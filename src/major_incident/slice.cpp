// What a desk gets from here: major incidents, who responds to them, and when those outside are told next.
#include <tocsin/major_incident/commands.hpp>
#include <tocsin/major_incident/events.hpp>
#include <tocsin/major_incident/major_incident.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "major_incident/answer.hpp"
#include "major_incident/decide.hpp"
#include "major_incident/fire.hpp"
#include "major_incident/fold.hpp"
#include "major_incident/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type major_incident_policy::descriptor =
    definition_row<major_incident_policy, compiled_major_policy>(
        31, "major_incident_policy",
        "When an incident is proposed as a major one, who responds, how often those outside are told",
        word_kind::major_incident_policy, "major_incident_policies", "Policies of major incidents");

// ---- parts

constinit const part_type record_major_incident::descriptor = with_timers<record_major_incident, timers>(
    part_row<record_major_incident, erase>("major_incident", "The response to a major incident"));

// ---- commands

namespace {

// Of records that are or were proposed. It is offered as that is plausible.
constexpr command_type of_major(command_type row, void (*plausible)(const incident&, plausible_commands&)) {
  return as_in(about<record_major_incident>(row), plausible);
}

}  // namespace

constinit const command_type propose_major::descriptor =
    as_in(command_row<&propose_major::incident>(85, "propose_major", "Say that it may be a major incident"),
          plausible_proposal);
constinit const command_type accept_major::descriptor =
    of_major(command_row<&accept_major::incident>(86, "accept_major", "Make it a major incident, and give the roles"),
             plausible_acceptance);
constinit const command_type reject_major::descriptor = of_major(
    command_row<&reject_major::incident>(87, "reject_major", "Say why it is no major incident"), plausible_rejection);
constinit const command_type demote_major::descriptor = of_major(
    command_row<&demote_major::incident>(88, "demote_major", "Make it an ordinary incident again"), plausible_demotion);
constinit const command_type assume_role::descriptor =
    of_major(command_row<&assume_role::incident>(89, "assume_role", "Take a role in the response"), plausible_role);
// Whoever gets it: nothing can be given where nothing could be written down.
constinit const command_type assign_role::descriptor =
    of_major(command_row<&assign_role::incident>(
                 90, "assign_role", "Give a role to a person, whoever is on call, or the owner of the service"),
             plausible_action);
constinit const command_type relinquish_role::descriptor =
    of_major(command_row<&relinquish_role::incident>(91, "relinquish_role", "Give up a role"), plausible_relinquishing);
constinit const command_type transfer_command::descriptor = of_major(
    command_row<&transfer_command::incident>(92, "transfer_command", "Hand the command on to another, in one act"),
    plausible_transfer);
constinit const command_type log_decision::descriptor = of_major(
    command_row<&log_decision::incident>(93, "log_decision", "Write down a decision, and what it was made from"),
    plausible_decision);
constinit const command_type log_action::descriptor =
    of_major(command_row<&log_action::incident>(94, "log_action", "Write down an action, technical or coordinating"),
             plausible_action);
constinit const command_type open_situation_room::descriptor =
    of_major(command_row<&open_situation_room::incident>(95, "open_situation_room", "Say where those who respond meet"),
             plausible_room);
constinit const command_type join_room::descriptor =
    of_major(command_row<&join_room::incident>(96, "join_room", "Come into the situation room"), plausible_joining);
constinit const command_type leave_room::descriptor =
    of_major(command_row<&leave_room::incident>(97, "leave_room", "Leave the situation room"), plausible_leaving);

// ---- events

constinit const event_type major_incident_proposed::descriptor =
    event_row<major_incident_proposed, fold>(142, "major_incident_proposed", "It was proposed as a major incident");
constinit const event_type major_incident_accepted::descriptor =
    event_row<major_incident_accepted, fold>(143, "major_incident_accepted", "It is a major incident from now on");
constinit const event_type major_incident_rejected::descriptor =
    event_row<major_incident_rejected, fold>(144, "major_incident_rejected", "It is no major incident");
constinit const event_type major_incident_demoted::descriptor =
    event_row<major_incident_demoted, fold>(145, "major_incident_demoted", "It is a major incident no more");
constinit const event_type major_severity_noted::descriptor =
    event_row<major_severity_noted, fold>(146, "major_severity_noted", "Its severity went into its history");
constinit const event_type role_assumed::descriptor =
    event_row<role_assumed, fold>(147, "role_assumed", "Somebody has a role from now on");
constinit const event_type role_relinquished::descriptor =
    event_row<role_relinquished, fold>(148, "role_relinquished", "Somebody gave up a role");
constinit const event_type command_transferred::descriptor =
    event_row<command_transferred, fold>(149, "command_transferred", "The command was handed on");
constinit const event_type span_of_control_exceeded::descriptor = event_row<span_of_control_exceeded>(
    150, "span_of_control_exceeded", "More people report to a role than one can lead");
constinit const event_type decision_logged::descriptor =
    event_row<decision_logged, fold>(151, "decision_logged", "A decision was written down");
constinit const event_type action_logged::descriptor =
    event_row<action_logged, fold>(152, "action_logged", "An action was written down");
constinit const event_type situation_room_opened::descriptor =
    event_row<situation_room_opened, fold>(153, "situation_room_opened", "Those who respond meet there from now on");
constinit const event_type room_joined::descriptor =
    event_row<room_joined, fold>(154, "room_joined", "Somebody came into the situation room");
constinit const event_type room_left::descriptor =
    event_row<room_left, fold>(155, "room_left", "Somebody left the situation room");
constinit const event_type update_scheduled::descriptor =
    event_row<update_scheduled, fold>(156, "update_scheduled", "When the next update is due");
constinit const event_type update_overdue::descriptor =
    event_row<update_overdue, fold>(157, "update_overdue", "Effect: tell whoever communicates that an update is due");
constinit const event_type major_incident_notice::descriptor = event_row<major_incident_notice>(
    158, "major_incident_notice", "Effect: tell of a major incident, or of a role in the response");

// ---- questions

constinit const query_type response_roles_query::descriptor = query_row<&response_roles_query::incident, answer>(
    49, "response_roles", "Who had which role in the response to a major incident at an instant, and which are open");
constinit const query_type join_list_query::descriptor = query_row<&join_list_query::incident, answer>(
    50, "join_list", "Who belongs into the situation room of a major incident, and why");
constinit const query_type response_effort_query::descriptor = query_row<&response_effort_query::incident, answer>(
    51, "response_effort", "What the response to a major incident cost in time: by role, by person, by kind of action");

namespace {

constexpr const definition_type* definitions[] = {
    &major_incident_policy::descriptor,
};

constexpr const part_type* parts[] = {
    &record_major_incident::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::major_update_due, "major_update_due", say_update_overdue},
};

constexpr const command_type* commands[] = {
    &propose_major::descriptor,   &accept_major::descriptor,        &reject_major::descriptor,
    &demote_major::descriptor,    &assume_role::descriptor,         &assign_role::descriptor,
    &relinquish_role::descriptor, &transfer_command::descriptor,    &log_decision::descriptor,
    &log_action::descriptor,      &open_situation_room::descriptor, &join_room::descriptor,
    &leave_room::descriptor,
};

constexpr const event_type* events[] = {
    &major_incident_proposed::descriptor,
    &major_incident_accepted::descriptor,
    &major_incident_rejected::descriptor,
    &major_incident_demoted::descriptor,
    &major_severity_noted::descriptor,
    &role_assumed::descriptor,
    &role_relinquished::descriptor,
    &command_transferred::descriptor,
    &span_of_control_exceeded::descriptor,
    &decision_logged::descriptor,
    &action_logged::descriptor,
    &situation_room_opened::descriptor,
    &room_joined::descriptor,
    &room_left::descriptor,
    &update_scheduled::descriptor,
    &update_overdue::descriptor,
    &major_incident_notice::descriptor,
};

constexpr const query_type* queries[] = {
    &response_roles_query::descriptor,
    &join_list_query::descriptor,
    &response_effort_query::descriptor,
};

}  // namespace

extern const slice major_incident_slice;
constinit const slice major_incident_slice{.name = "major_incident",
                                           .parts = parts,
                                           .timers = timer_types,
                                           .commands = commands,
                                           .events = events,
                                           .queries = queries,
                                           .definitions = definitions,
                                           .publication = &major_incident_publication};

}  // namespace tocsin::inline v1
