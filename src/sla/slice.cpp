// What a desk gets from here: SLA clocks.
#include <tocsin/sla/commands.hpp>
#include <tocsin/sla/events.hpp>

#include "desk/slice_rows.hpp"
#include "sla/decide.hpp"
#include "sla/fold.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type excuse_breach::descriptor =
    command_row<&excuse_breach::incident>(43, "excuse_breach", "Excuse an SLA breach; reports give both figures");

// ---- events

constinit const event_type clock_history_begun::descriptor =
    event_row<clock_history_begun, fold>(63, "clock_history_begun", "Clocks keep their history of it from now on");
constinit const event_type clock_attached::descriptor =
    event_row<clock_attached, fold>(64, "clock_attached", "An SLA clock was attached");
constinit const event_type clock_retargeted::descriptor =
    event_row<clock_retargeted, fold>(65, "clock_retargeted", "A clock got other terms");
constinit const event_type clock_changed::descriptor =
    event_row<clock_changed, fold>(66, "clock_changed", "A clock runs, pauses, ends, or begins a cycle");
constinit const event_type clock_withdrawn::descriptor =
    event_row<clock_withdrawn, fold>(67, "clock_withdrawn", "A policy's clocks were cancelled");
constinit const event_type clock_judged::descriptor =
    event_row<clock_judged, fold>(68, "clock_judged", "A policy's own conditions changed their outcome");
constinit const event_type sla_threshold_reached::descriptor =
    event_row<sla_threshold_reached, fold>(69, "sla_threshold_reached", "A clock reached a threshold");
constinit const event_type sla_breached::descriptor =
    event_row<sla_breached, fold>(70, "sla_breached", "More time has elapsed than the target allows");
constinit const event_type sla_breach_lifted::descriptor =
    event_row<sla_breach_lifted, fold>(71, "sla_breach_lifted", "A breach was reversed");
constinit const event_type sla_breach_excused::descriptor =
    event_row<sla_breach_excused, fold>(72, "sla_breach_excused", "A breach was excused");
constinit const event_type clock_without_calendar::descriptor = event_row<clock_without_calendar, fold>(
    73, "clock_without_calendar", "A policy covers it, but has no calendar for it");
constinit const event_type sla_notice::descriptor =
    event_row<sla_notice>(74, "sla_notice", "Effect: do what a policy says on the way to a deadline");
constinit const event_type maintenance_agreed::descriptor = event_row<maintenance_agreed, fold>(
    101, "maintenance_agreed", "Other maintenance of its service is agreed from then on");

namespace {

constexpr const command_type* commands[] = {
    &excuse_breach::descriptor,
};

constexpr const event_type* events[] = {
    &clock_history_begun::descriptor,   &clock_attached::descriptor,         &clock_retargeted::descriptor,
    &clock_changed::descriptor,         &clock_withdrawn::descriptor,        &clock_judged::descriptor,
    &sla_threshold_reached::descriptor, &sla_breached::descriptor,           &sla_breach_lifted::descriptor,
    &sla_breach_excused::descriptor,    &clock_without_calendar::descriptor, &sla_notice::descriptor,
    &maintenance_agreed::descriptor,
};

}  // namespace

extern const slice sla_slice;
constinit const slice sla_slice{"sla", commands, events};

}  // namespace tocsin::inline v1
