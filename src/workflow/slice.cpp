// What a desk gets from here: moves and migrations of a workflow.
#include <tocsin/workflow/commands.hpp>
#include <tocsin/workflow/events.hpp>

#include <tocsin/desk/slice_rows.hpp>
#include "incident/fold.hpp"
#include "workflow/decide.hpp"
#include "workflow/publish.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type move_incident::descriptor = command_row<&move_incident::incident>(
    22, "move_incident", "Move it to another state by a move that its workflow declares");
constinit const command_type migrate_records::descriptor = command_row<migrate_records>(
    24, "migrate_records", "Move running records to the current version of their workflow");

// ---- events

constinit const event_type incident_moved::descriptor = event_row<incident_moved, fold>(
    24, "incident_moved", "It moved to another state by a move that its workflow declares");
constinit const event_type move_scheduled::descriptor =
    event_row<move_scheduled, fold>(25, "move_scheduled", "A timed move is due");
constinit const event_type record_migrated::descriptor =
    event_row<record_migrated, fold>(27, "record_migrated", "It runs on a later version of its workflow from now on");
constinit const event_type move_withheld::descriptor =
    event_row<move_withheld>(41, "move_withheld", "A move that should have followed was not allowed");
constinit const event_type guards_overridden::descriptor =
    event_row<guards_overridden, fold>(185, "guards_overridden", "It was moved though guards did not hold, and why");
constinit const event_type guard_answered::descriptor =
    event_row<guard_answered>(193, "guard_answered", "The host was asked before a move, and answered");

// ---- definitions

constinit const definition_type workflow::descriptor =
    definition_row<workflow, workflow_graph>(5, "workflow", "The states of a record and the transitions between them",
                                             word_kind::workflow, "workflows", "Workflows", 1000);
constinit const definition_type priority_matrix::descriptor =
    definition_row<priority_matrix>(6, "priority_matrix", "Priority by impact and urgency", word_kind::priority_matrix,
                                    "priority_matrices", "Priority matrices", 1000);
constinit const definition_type custom_field::descriptor =
    definition_row<custom_field>(7, "custom_field", "A field that a host declares", word_kind::custom_field,
                                 "custom_fields", "Custom fields", limits::custom_fields_max);
constinit const definition_type record_type::descriptor =
    definition_row<record_type>(8, "record_type", "A type of record: incidents, requests", word_kind::record_type,
                                "record_types", "Record types", 1000);
constinit const definition_type record_template::descriptor = definition_row<record_template, compiled_template>(
    10, "record_template", "Templates of records, and canned replies", word_kind::record_template, "record_templates",
    "Templates of records and replies");
constinit const definition_type incident_class_policy::descriptor =
    definition_row<incident_class_policy, compiled_class_policy>(
        24, "incident_class_policy", "Rules that derive the class of an incident", word_kind::incident_class_policy,
        "incident_class_policies", "Policies of incident classes");

namespace {

constexpr const command_type* commands[] = {
    &move_incident::descriptor,
    &migrate_records::descriptor,
};

constexpr const event_type* events[] = {
    &incident_moved::descriptor, &move_scheduled::descriptor,    &record_migrated::descriptor,
    &move_withheld::descriptor,  &guards_overridden::descriptor, &guard_answered::descriptor,
};

constexpr const definition_type* definitions[] = {
    &workflow::descriptor,    &priority_matrix::descriptor, &custom_field::descriptor,
    &record_type::descriptor, &record_template::descriptor, &incident_class_policy::descriptor,
};

}  // namespace

extern const slice workflow_slice;
constinit const slice workflow_slice{.name = "workflow",
                                     .commands = commands,
                                     .events = events,
                                     .definitions = definitions,
                                     .publication = &workflow_publication};

}  // namespace tocsin::inline v1
