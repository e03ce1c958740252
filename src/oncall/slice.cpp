// What a desk gets from here: on-call: overrides, swaps, absences.
#include <tocsin/oncall/commands.hpp>
#include <tocsin/oncall/events.hpp>

#include "desk/slice_rows.hpp"
#include "oncall/decide.hpp"

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

constinit const event_type duty_changed::descriptor =
    event_row<duty_changed>(76, "duty_changed", "Who is on call in the weeks ahead changed");
constinit const event_type unqualified_assignment::descriptor =
    event_row<unqualified_assignment>(77, "unqualified_assignment", "It was assigned to somebody who is not qualified");
constinit const event_type duty_notice::descriptor =
    event_row<duty_notice>(78, "duty_notice", "Effect: tell somebody how a swap of shifts stands");

namespace {

constexpr const command_type* commands[] = {
    &override_schedule::descriptor, &withdraw_override::descriptor, &propose_swap::descriptor,
    &accept_swap::descriptor,       &decline_swap::descriptor,      &record_absence::descriptor,
    &withdraw_absence::descriptor,
};

constexpr const event_type* events[] = {
    &duty_changed::descriptor,
    &unqualified_assignment::descriptor,
    &duty_notice::descriptor,
};

}  // namespace

extern const slice oncall_slice;
constinit const slice oncall_slice{"oncall", commands, events};

}  // namespace tocsin::inline v1
