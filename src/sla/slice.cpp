// What a desk gets from here: SLA clocks.
#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/commands.hpp>
#include <tocsin/sla/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "sla/answer.hpp"
#include "sla/decide.hpp"
#include "sla/fire.hpp"
#include "sla/fold.hpp"
#include "sla/publish.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type incident_clocks::descriptor = with_timers<incident_clocks, timers>(
    not_for_conditions(part_row<incident_clocks>("clocks", "What its clocks read, and how they stand")));

// ---- commands

constinit const command_type excuse_breach::descriptor = after_end(
    as_in(command_row<&excuse_breach::incident>(43, "excuse_breach", "Excuse an SLA breach; reports give both figures"),
          plausible_excuse));

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

// ---- definitions

constinit const definition_type sla_policy::descriptor = definition_row<sla_policy, sla_agreement>(
    13, "sla_policy", "Targets for a clock, and what happens on the way to them", word_kind::sla_policy, "sla_policies",
    "SLA policies", limits::sla_policies_max);
constinit const definition_type contract::descriptor = definition_row<contract, compiled_contract>(
    23, "contract", "Which policies hold for the records of a customer, or of services", word_kind::contract,
    "contracts", "Contracts");

// ---- questions

constinit const query_type clocks_query::descriptor =
    query_row<&clocks_query::incident, answer>(13, "clocks", "The clocks of one record, as of an instant");
constinit const query_type clock_proof_query::descriptor =
    query_row<&clock_proof_query::incident, answer>(14, "clock_proof", "The intervals behind a clock's verdict");
constinit const query_type clock_attribution_query::descriptor = query_row<&clock_attribution_query::incident, answer>(
    15, "clock_attribution", "Who held the time that a clock counted");
constinit const query_type breaches_ahead_query::descriptor = filtering_query_row<breaches_ahead_query, answer>(
    16, "breaches_ahead", "Deadlines that come next, of clocks that run");
constinit const query_type attainment_query::descriptor = filtering_query_row<attainment_query, answer>(
    17, "attainment", "How many clocks met their target, by policy or by what records have");

namespace {

constexpr timer_type timer_types[] = {
    {timer_kind::sla, "sla", look_at_clocks},
};

constexpr const part_type* parts[] = {
    &incident_clocks::descriptor,
};

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

constexpr const definition_type* definitions[] = {
    &sla_policy::descriptor,
    &contract::descriptor,
};

constexpr const query_type* queries[] = {
    &clocks_query::descriptor,         &clock_proof_query::descriptor, &clock_attribution_query::descriptor,
    &breaches_ahead_query::descriptor, &attainment_query::descriptor,
};

}  // namespace

extern const slice sla_slice;
constinit const slice sla_slice{.name = "sla",
                                .parts = parts,
                                .timers = timer_types,
                                .commands = commands,
                                .events = events,
                                .queries = queries,
                                .definitions = definitions,
                                .publication = &sla_publication};

}  // namespace tocsin::inline v1
