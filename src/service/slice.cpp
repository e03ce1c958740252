// What a desk gets from here: services, configuration items, the graph of what needs what, and the category tree.
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/service/commands.hpp>
#include <tocsin/service/events.hpp>
#include <tocsin/service/subscription.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "service/answer.hpp"
#include "service/decide.hpp"
#include "service/fold.hpp"
#include "service/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type service::descriptor = definition_row<service>(
    3, "service", "A service that incidents interrupt", word_kind::service, "services", "Services");
constinit const definition_type category::descriptor = definition_row<category>(
    4, "category", "A node of the category tree", word_kind::category, "categories", "Categories");
constinit const definition_type configuration_item::descriptor = definition_row<configuration_item>(
    29, "configuration_item", "Something that services need: a server, a database, a line",
    word_kind::configuration_item, "configuration_items", "Configuration items");
constinit const definition_type subscription::descriptor = definition_row<subscription>(
    39, "subscription", "Who is told of incidents that affect a service, an item or a customer",
    word_kind::subscription, "subscriptions", "Subscriptions");

// ---- parts

constinit const part_type record_affected_items::descriptor =
    part_row<record_affected_items>("affected_items", "What it affects");

// ---- commands

constinit const command_type set_affected_items::descriptor =
    as_in(command_row<&set_affected_items::incident>(68, "set_affected_items",
                                                     "Say which services and configuration items it affects"),
          plausible_affected_items);

// ---- events

constinit const event_type affected_items_set::descriptor = event_row<affected_items_set, fold>(
    117, "affected_items_set", "It was said which services and configuration items it affects");

// ---- questions

constinit const query_type impact_query::descriptor = query_row<&impact_query::incident, answer>(
    41, "impact", "What is affected when items of the service graph fail, whose it is, and what that means");

namespace {

constexpr const definition_type* definitions[] = {
    &service::descriptor,
    &category::descriptor,
    &configuration_item::descriptor,
    &subscription::descriptor,
};

constexpr const part_type* parts[] = {
    &record_affected_items::descriptor,
};

constexpr const command_type* commands[] = {
    &set_affected_items::descriptor,
};

constexpr const event_type* events[] = {
    &affected_items_set::descriptor,
};

constexpr const query_type* queries[] = {
    &impact_query::descriptor,
};

}  // namespace

extern const slice service_slice;
constinit const slice service_slice{.name = "service",
                                    .parts = parts,
                                    .commands = commands,
                                    .events = events,
                                    .queries = queries,
                                    .definitions = definitions,
                                    .publication = &service_publication};

}  // namespace tocsin::inline v1
