// What a desk gets from here: on-call: overrides, swaps, absences.
#include <tocsin/oncall/commands.hpp>
#include <tocsin/oncall/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "oncall/answer.hpp"
#include "oncall/decide.hpp"
#include "oncall/publish.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type override_schedule::descriptor =
    command_row<override_schedule>(45, "override_schedule", "Override an on-call schedule for a time");
constinit const command_type withdraw_override::descriptor =
    command_row<withdraw_override>(46, "withdraw_override", "Withdraw an override; what it did before stays");
constinit const command_type propose_swap::descriptor =
    command_row<propose_swap>(47, "propose_swap", "Propose to swap shifts");
constinit const command_type accept_swap::descriptor =
    command_row<accept_swap>(48, "accept_swap", "Accept a proposed swap");
constinit const command_type decline_swap::descriptor =
    command_row<decline_swap>(49, "decline_swap", "Decline a proposed swap, or withdraw the proposal");
constinit const command_type record_absence::descriptor =
    command_row<record_absence>(50, "record_absence", "Record an absence");
constinit const command_type withdraw_absence::descriptor =
    command_row<withdraw_absence>(51, "withdraw_absence", "Withdraw an absence");

// ---- events

constinit const event_type oncall_changed::descriptor =
    event_row<oncall_changed>(76, "oncall_changed", "Who is on call in the weeks ahead changed");
constinit const event_type unqualified_assignment::descriptor =
    event_row<unqualified_assignment>(77, "unqualified_assignment", "It was assigned to somebody who is not qualified");
constinit const event_type oncall_notice::descriptor =
    event_row<oncall_notice>(78, "oncall_notice", "Effect: tell somebody how a swap of shifts stands");

// ---- definitions

constinit const definition_type rotation::descriptor = definition_row<rotation>(
    14, "rotation", "People who take turns at being on call", word_kind::rotation, "rotations", "Rotations");
constinit const definition_type schedule::descriptor =
    definition_row<schedule>(15, "schedule", "Layers of people and rotations that say who is on call",
                             word_kind::schedule, "schedules", "Schedules");
constinit const definition_type contact_profile::descriptor = about_person(
    definition_row<contact_profile>(16, "contact_profile", "How a person is reached", word_kind::contact_profile,
                                    "contact_profiles", "How people are reached"));
constinit const definition_type role::descriptor = definition_row<role>(
    17, "role", "A role: who is qualified for it, and who has it by being on call", word_kind::role, "roles", "Roles");
constinit const definition_type schedule_override::descriptor = definition_row<schedule_override>(
    18, "schedule_override", "A change of who is on call for a time", word_kind::schedule_override,
    "schedule_overrides", "Changes of who is on call for a time");
constinit const definition_type shift_swap::descriptor =
    definition_row<shift_swap>(19, "shift_swap", "A swap of on-call shifts between two people", word_kind::shift_swap,
                               "shift_swaps", "Shift swaps");
constinit const definition_type absence::descriptor = definition_row<absence>(
    20, "absence", "A time in which a person is absent", word_kind::absence, "absences", "Absences");

// ---- questions

constinit const query_type who_is_on_call_query::descriptor =
    query_row<who_is_on_call_query, answer>(18, "who_is_on_call", "Who is on call at an instant");
constinit const query_type shifts_query::descriptor =
    query_row<shifts_query, answer>(19, "shifts", "Who is on call when, by person");
constinit const query_type hand_offs_query::descriptor =
    query_row<hand_offs_query, answer>(20, "hand_offs", "When the turns of a rotation begin");
constinit const query_type gaps_query::descriptor =
    query_row<gaps_query, answer>(21, "gaps", "Where nobody is on call");
constinit const query_type fairness_query::descriptor =
    query_row<fairness_query, answer>(22, "fairness", "How duty, nights and weekends are shared");
constinit const query_type oncall_calendar_query::descriptor =
    query_row<oncall_calendar_query, answer>(23, "oncall_calendar", "Shifts as iCalendar");
constinit const query_type contact_attempts_query::descriptor = query_row<contact_attempts_query, answer>(
    24, "contact_attempts", "What is tried for a page that nobody acknowledges");
constinit const query_type swaps_query::descriptor =
    query_row<swaps_query, answer>(25, "swaps", "Shift swaps and their states");
constinit const query_type coverage_gaps_query::descriptor = query_row<coverage_gaps_query, answer>(
    26, "coverage_gaps", "What nobody covers in the weeks to come: hours, services, roles");
constinit const query_type role_holders_query::descriptor =
    query_row<role_holders_query, answer>(27, "role_holders", "Who is qualified for a role, and who has it now");

namespace {

constexpr const command_type* commands[] = {
    &override_schedule::descriptor, &withdraw_override::descriptor, &propose_swap::descriptor,
    &accept_swap::descriptor,       &decline_swap::descriptor,      &record_absence::descriptor,
    &withdraw_absence::descriptor,
};

constexpr const event_type* events[] = {
    &oncall_changed::descriptor,
    &unqualified_assignment::descriptor,
    &oncall_notice::descriptor,
};

constexpr const definition_type* definitions[] = {
    &rotation::descriptor,          &schedule::descriptor,   &contact_profile::descriptor, &role::descriptor,
    &schedule_override::descriptor, &shift_swap::descriptor, &absence::descriptor,
};

constexpr const query_type* queries[] = {
    &who_is_on_call_query::descriptor,   &shifts_query::descriptor,
    &hand_offs_query::descriptor,        &gaps_query::descriptor,
    &fairness_query::descriptor,         &oncall_calendar_query::descriptor,
    &contact_attempts_query::descriptor, &swaps_query::descriptor,
    &coverage_gaps_query::descriptor,    &role_holders_query::descriptor,
};

}  // namespace

extern const slice oncall_slice;
constinit const slice oncall_slice{.name = "oncall",
                                   .commands = commands,
                                   .events = events,
                                   .queries = queries,
                                   .definitions = definitions,
                                   .publication = &oncall_publication};

}  // namespace tocsin::inline v1
