// What a desk gets from here: who is told of incidents, what and when, and status pages.
#include <tocsin/communication/commands.hpp>
#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "communication/answer.hpp"
#include "communication/decide.hpp"
#include "communication/fire.hpp"
#include "communication/fold.hpp"
#include "communication/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type communication_policy::descriptor = definition_row<communication_policy>(
    32, "communication_policy", "Who is told of an incident, how often, by which channels, and what must be approved",
    word_kind::communication_policy, "communication_policies", "Policies of communication");
constinit const definition_type status_page::descriptor =
    definition_row<status_page>(33, "status_page", "What is shown to everyone of how services are",
                                word_kind::status_page, "status_pages", "Status pages");
constinit const definition_type status_override::descriptor = definition_row<status_override>(
    34, "status_override", "What was said by hand of a component of a status page, for a time",
    word_kind::status_override, "status_overrides", "Statuses of components that were set by hand");

// ---- parts

constinit const part_type record_communication::descriptor = with_timers<record_communication, timers>(
    part_row<record_communication, erase>("communication", "What those who are affected by it are told"));

// ---- commands

namespace {

// Of records of which anything was drafted, subscribed or due. It is offered as that is plausible.
constexpr command_type of_told(command_type row, void (*plausible)(const incident&, plausible_commands&)) {
  return as_in(about<record_communication>(row), plausible);
}

}  // namespace

constinit const command_type draft_update::descriptor = as_in(
    command_row<&draft_update::incident>(98, "draft_update", "Write what an audience is to be told"), plausible_draft);
constinit const command_type approve_update::descriptor = of_told(
    command_row<&approve_update::incident>(99, "approve_update", "Approve an update that somebody else has written"),
    plausible_approval);
constinit const command_type withdraw_update::descriptor = of_told(
    command_row<&withdraw_update::incident>(100, "withdraw_update", "Say why an update is not published after all"),
    plausible_withdrawal);
constinit const command_type publish_update::descriptor =
    of_told(command_row<&publish_update::incident>(101, "publish_update", "Send an update to its audience"),
            plausible_publication);
constinit const command_type subscribe::descriptor =
    as_in(command_row<&subscribe::incident>(102, "subscribe", "Be told of an incident, as its audience is"),
          plausible_subscription);
constinit const command_type unsubscribe::descriptor =
    as_in(command_row<&unsubscribe::incident>(103, "unsubscribe", "Be told of an incident no more"),
          plausible_leaving_audience);
constinit const command_type subscribe_to::descriptor = command_row<subscribe_to>(
    134, "subscribe_to", "Be told of every incident that affects a service, an item or a customer");
constinit const command_type unsubscribe_from::descriptor = command_row<unsubscribe_from>(
    135, "unsubscribe_from", "Be told no more of what affects a service, an item or a customer");
constinit const command_type override_component::descriptor = command_row<override_component>(
    104, "override_component", "Set the status of a component of a status page by hand, for a time");
constinit const command_type end_override::descriptor =
    command_row<end_override>(105, "end_override", "Let the status of a component follow from incidents again");

// ---- events

constinit const event_type update_drafted::descriptor =
    event_row<update_drafted, fold>(159, "update_drafted", "It was written what an audience is to be told");
constinit const event_type update_approved::descriptor =
    event_row<update_approved, fold>(160, "update_approved", "Somebody else than its author approved an update");
constinit const event_type update_withdrawn::descriptor =
    event_row<update_withdrawn, fold>(161, "update_withdrawn", "An update is not published after all");
constinit const event_type update_published::descriptor =
    event_row<update_published, fold>(162, "update_published", "An audience is told");
constinit const event_type audience_subscribed::descriptor =
    event_row<audience_subscribed, fold>(163, "audience_subscribed", "Somebody is told of it from now on");
constinit const event_type audience_unsubscribed::descriptor =
    event_row<audience_unsubscribed, fold>(164, "audience_unsubscribed", "Somebody is told of it no more");
constinit const event_type audience_update_scheduled::descriptor = event_row<audience_update_scheduled, fold>(
    165, "audience_update_scheduled", "When the next update of an audience is due");
constinit const event_type audience_update::descriptor =
    event_row<audience_update>(166, "audience_update", "Effect: send an update by one channel");
constinit const event_type audience_update_overdue::descriptor = event_row<audience_update_overdue, fold>(
    167, "audience_update_overdue", "Effect: tell whoever communicates that an audience was to be told");
constinit const event_type audience_update_due::descriptor = event_row<audience_update_due, fold>(
    209, "audience_update_due", "Effect: remind whoever communicates that an audience is to be told soon");

// ---- questions

constinit const query_type public_status_query::descriptor = query_row<public_status_query, answer>(
    52, "public_status", "What a status page shows to everyone, as JSON or as an HTML page");
constinit const query_type subscriber_view_query::descriptor = query_row<&subscriber_view_query::incident, answer>(
    65, "subscriber_view", "An incident as those see it who are told of it");

namespace {

constexpr const definition_type* definitions[] = {
    &communication_policy::descriptor,
    &status_page::descriptor,
    &status_override::descriptor,
};

constexpr const part_type* parts[] = {
    &record_communication::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::audience_update_due, "audience_update_due", say_audience_update_overdue},
    {timer_kind::audience_update_reminder, "audience_update_reminder", say_audience_update_due},
};

constexpr const command_type* commands[] = {
    &draft_update::descriptor,   &approve_update::descriptor,   &withdraw_update::descriptor,
    &publish_update::descriptor, &subscribe::descriptor,        &unsubscribe::descriptor,
    &subscribe_to::descriptor,   &unsubscribe_from::descriptor, &override_component::descriptor,
    &end_override::descriptor,
};

constexpr const event_type* events[] = {
    &update_drafted::descriptor,
    &update_approved::descriptor,
    &update_withdrawn::descriptor,
    &update_published::descriptor,
    &audience_subscribed::descriptor,
    &audience_unsubscribed::descriptor,
    &audience_update_scheduled::descriptor,
    &audience_update::descriptor,
    &audience_update_overdue::descriptor,
    &audience_update_due::descriptor,
};

constexpr const query_type* queries[] = {
    &public_status_query::descriptor,
    &subscriber_view_query::descriptor,
};

}  // namespace

extern const slice communication_slice;
constinit const slice communication_slice{.name = "communication",
                                          .parts = parts,
                                          .timers = timer_types,
                                          .commands = commands,
                                          .events = events,
                                          .queries = queries,
                                          .definitions = definitions,
                                          .publication = &communication_publication};

}  // namespace tocsin::inline v1
