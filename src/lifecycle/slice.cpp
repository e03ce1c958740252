// What a desk gets from here: moves and migrations of a workflow.
#include <tocsin/lifecycle/commands.hpp>
#include <tocsin/lifecycle/events.hpp>

#include "desk/slice_rows.hpp"
#include "incident/fold.hpp"
#include "lifecycle/decide.hpp"

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

namespace {

constexpr const command_type* commands[] = {
    &move_incident::descriptor,
    &migrate_records::descriptor,
};

constexpr const event_type* events[] = {
    &incident_moved::descriptor,
    &move_scheduled::descriptor,
    &record_migrated::descriptor,
    &move_withheld::descriptor,
};

}  // namespace

extern const slice lifecycle_slice;
constinit const slice lifecycle_slice{"lifecycle", commands, events};

}  // namespace tocsin::inline v1
