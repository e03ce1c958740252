// What a desk gets from here: escalation runs and pages.
#include <tocsin/escalation/commands.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "escalation/answer.hpp"
#include "escalation/decide.hpp"
#include "escalation/fire.hpp"
#include "escalation/fold.hpp"
#include "escalation/publish.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type incident_escalations::descriptor = with_timers<incident_escalations, timers>(
    part_row<incident_escalations, erase>("escalations", "Its escalations: runs, and whom they paged"));

// ---- commands

constinit const command_type start_escalation::descriptor =
    as_in(command_row<&start_escalation::incident>(52, "start_escalation", "Start a run of an escalation policy"),
          plausible_escalation_start);
constinit const command_type acknowledge_page::descriptor = as_in(
    command_row<&acknowledge_page::incident>(53, "acknowledge_page", "Acknowledge a page; its escalation run stops"),
    plausible_page_acknowledgement);
constinit const command_type unacknowledge_page::descriptor =
    as_in(command_row<&unacknowledge_page::incident>(54, "unacknowledge_page",
                                                     "Take an acknowledgement back; the step notifies again"),
          plausible_page_unacknowledgement);
constinit const command_type snooze_escalation::descriptor =
    as_in(command_row<&snooze_escalation::incident>(55, "snooze_escalation",
                                                    "Snooze an escalation run; then its step notifies again"),
          plausible_snooze);
constinit const command_type escalate::descriptor = as_in(
    command_row<&escalate::incident>(
        56, "escalate", "Escalate to the next support level, to the manager chain, or take a run to its next step"),
    plausible_escalating);
constinit const command_type hand_over::descriptor =
    as_in(command_row<&hand_over::incident>(57, "hand_over", "Hand it over to others; escalation runs go on at once"),
          plausible_handover);
constinit const command_type report_delivery::descriptor =
    as_in(command_row<&report_delivery::incident>(
              58, "report_delivery",
              "Report the delivery of a page; where it failed, the next contact method is tried at once"),
          plausible_page_report);
constinit const command_type acknowledge_bundle::descriptor =
    after_end(as_in(command_row<&acknowledge_bundle::incident>(62, "acknowledge_bundle",
                                                               "Acknowledge every page that a grouped page lists"),
                    plausible_page_report));

// ---- events

constinit const event_type escalation_started::descriptor =
    event_row<escalation_started>(79, "escalation_started", "A run of an escalation policy began");
constinit const event_type escalation_step_fired::descriptor =
    event_row<escalation_step_fired>(80, "escalation_step_fired", "A step notified somebody");
constinit const event_type nobody_on_call::descriptor =
    event_row<nobody_on_call>(81, "nobody_on_call", "A step found nobody");
constinit const event_type escalation_steps_skipped::descriptor =
    event_row<escalation_steps_skipped>(82, "escalation_steps_skipped", "Steps that a late host missed were skipped");
constinit const event_type functional_escalation::descriptor =
    event_row<functional_escalation, fold>(83, "functional_escalation", "It went to another support level");
constinit const event_type hierarchical_escalation::descriptor =
    event_row<hierarchical_escalation, fold>(84, "hierarchical_escalation", "It was raised to a manager");
constinit const event_type major_proposed::descriptor =
    event_row<major_proposed, fold>(85, "major_proposed", "A policy proposed a major incident");
constinit const event_type escalation_repeated::descriptor =
    event_row<escalation_repeated>(86, "escalation_repeated", "A run goes back for another pass");
constinit const event_type escalation_held::descriptor =
    event_row<escalation_held>(87, "escalation_held", "A run waits a minute, as it passed too many nodes at once");
constinit const event_type escalation_exhausted::descriptor =
    event_row<escalation_exhausted>(88, "escalation_exhausted", "A run came to its end, and nobody has acknowledged");
constinit const event_type page_acknowledged::descriptor =
    event_row<page_acknowledged>(89, "page_acknowledged", "Somebody acknowledged a page");
constinit const event_type page_unacknowledged::descriptor =
    event_row<page_unacknowledged>(90, "page_unacknowledged", "An acknowledgement was taken back, or lapsed");
constinit const event_type escalation_snoozed::descriptor =
    event_row<escalation_snoozed>(91, "escalation_snoozed", "A run was snoozed");
constinit const event_type snooze_ended::descriptor = event_row<snooze_ended>(92, "snooze_ended", "A snooze ended");
constinit const event_type escalation_taken_on::descriptor =
    event_row<escalation_taken_on>(93, "escalation_taken_on", "A run goes on at once");
constinit const event_type escalation_ended::descriptor =
    event_row<escalation_ended>(94, "escalation_ended", "A run ended");
constinit const event_type delivery_reported::descriptor =
    event_row<delivery_reported>(95, "delivery_reported", "The delivery of a page was reported");
constinit const event_type escalation_run_changed::descriptor =
    event_row<escalation_run_changed, fold>(96, "escalation_run_changed", "How a run stands from now on");
constinit const event_type escalation_watches_set::descriptor = event_row<escalation_watches_set, fold>(
    97, "escalation_watches_set", "After what time policies start a run, from now on");
constinit const event_type page::descriptor = event_row<page>(98, "page", "Effect: page the person");
constinit const event_type automation_requested::descriptor =
    event_row<automation_requested>(99, "automation_requested", "Effect: run the automation that a policy names");
constinit const event_type page_held::descriptor =
    event_row<page_held>(106, "page_held", "A page was held back to be grouped with others");
constinit const event_type page_bundle::descriptor =
    event_row<page_bundle>(107, "page_bundle", "Effect: page the person once for many");
constinit const event_type page_bundled::descriptor =
    event_row<page_bundled>(108, "page_bundled", "A held page went out with others");
constinit const event_type bundle_acknowledged::descriptor =
    event_row<bundle_acknowledged>(110, "bundle_acknowledged", "The pages of a grouped page were acknowledged");

// ---- definitions

constinit const definition_type escalation_policy::descriptor = definition_row<escalation_policy, escalation_plan>(
    21, "escalation_policy", "Whom to page, how long to wait, and what then", word_kind::escalation_policy,
    "escalation_policies", "Escalation policies", limits::escalation_policies_max);

// ---- questions

constinit const query_type check_escalation_query::descriptor = query_row<check_escalation_query, answer>(
    28, "check_escalation", "What an escalation policy would do in the weeks to come");
constinit const query_type escalations_query::descriptor = query_row<&escalations_query::incident, answer>(
    29, "escalations", "The escalation runs of one incident: state, what comes next, and history");
constinit const query_type escalation_latency_query::descriptor =
    query_row<escalation_latency_query, answer>(30, "escalation_latency", "How late escalation steps fired");
constinit const query_type simulate_query::descriptor = query_row<simulate_query, answer>(
    36, "simulate", "Who is paged when, if an incident opens at an instant: played on a fork of the desk");

namespace {

constexpr timer_type timer_types[] = {
    {timer_kind::escalation, "escalation", escalate_further},
    {timer_kind::page_bundle, "page_bundle", release_bundle},
};

constexpr const part_type* parts[] = {
    &incident_escalations::descriptor,
};

constexpr const command_type* commands[] = {
    &start_escalation::descriptor,  &acknowledge_page::descriptor,   &unacknowledge_page::descriptor,
    &snooze_escalation::descriptor, &escalate::descriptor,           &hand_over::descriptor,
    &report_delivery::descriptor,   &acknowledge_bundle::descriptor,
};

constexpr const event_type* events[] = {
    &escalation_started::descriptor,
    &escalation_step_fired::descriptor,
    &nobody_on_call::descriptor,
    &escalation_steps_skipped::descriptor,
    &functional_escalation::descriptor,
    &hierarchical_escalation::descriptor,
    &major_proposed::descriptor,
    &escalation_repeated::descriptor,
    &escalation_held::descriptor,
    &escalation_exhausted::descriptor,
    &page_acknowledged::descriptor,
    &page_unacknowledged::descriptor,
    &escalation_snoozed::descriptor,
    &snooze_ended::descriptor,
    &escalation_taken_on::descriptor,
    &escalation_ended::descriptor,
    &delivery_reported::descriptor,
    &escalation_run_changed::descriptor,
    &escalation_watches_set::descriptor,
    &page::descriptor,
    &automation_requested::descriptor,
    &page_held::descriptor,
    &page_bundle::descriptor,
    &page_bundled::descriptor,
    &bundle_acknowledged::descriptor,
};

constexpr const definition_type* definitions[] = {
    &escalation_policy::descriptor,
};

constexpr const query_type* queries[] = {
    &check_escalation_query::descriptor,
    &escalations_query::descriptor,
    &escalation_latency_query::descriptor,
    &simulate_query::descriptor,
};

}  // namespace

extern const slice escalation_slice;
constinit const slice escalation_slice{.name = "escalation",
                                       .parts = parts,
                                       .timers = timer_types,
                                       .commands = commands,
                                       .events = events,
                                       .queries = queries,
                                       .definitions = definitions,
                                       .publication = &escalation_publication};

}  // namespace tocsin::inline v1
