// What a desk gets from here: events of machines, and maintenance windows.
#include <tocsin/model/monitoring.hpp>
#include <tocsin/monitoring/commands.hpp>
#include <tocsin/monitoring/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "monitoring/answer.hpp"
#include "monitoring/decide.hpp"
#include "monitoring/fire.hpp"
#include "monitoring/fold.hpp"
#include "monitoring/publish.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type incident_monitoring::descriptor = with_timers<incident_monitoring, timers>(
    part_row<incident_monitoring, erase>("monitoring", "What is kept of the machine that reported it"));
constinit const part_type incident_maintenance::descriptor = with_timers<incident_maintenance, timers>(
    part_row<incident_maintenance, erase>("maintenance", "What a maintenance window holds back"));

// ---- commands

constinit const command_type report_event::descriptor = command_row<report_event>(
    40, "report_event", "Report an event of a machine: something is wrong, it is over, or a heartbeat");
constinit const command_type schedule_maintenance::descriptor = command_row<schedule_maintenance>(
    41, "schedule_maintenance", "Schedule maintenance; events of machines are held back meanwhile");
constinit const command_type cancel_maintenance::descriptor =
    command_row<cancel_maintenance>(42, "cancel_maintenance", "Cancel a maintenance window, or end it early");
constinit const command_type change_maintenance::descriptor =
    command_row<change_maintenance>(59, "change_maintenance", "Change the bounds of a maintenance window");

// ---- events

constinit const event_type occurrence_added::descriptor =
    event_row<occurrence_added, fold>(54, "occurrence_added", "A machine reported it, for the first time or once more");
constinit const event_type event_cleared::descriptor =
    event_row<event_cleared, fold>(55, "event_cleared", "The machine reported that it is over");
constinit const event_type event_bundled::descriptor =
    event_row<event_bundled, fold>(56, "event_bundled", "It stands for one more event of a source that had too many");
constinit const event_type event_ignored::descriptor = event_row<event_ignored>(
    57, "event_ignored", "A machine reported the end of something that the desk does not know");
constinit const event_type heartbeat_received::descriptor =
    event_row<heartbeat_received, fold>(58, "heartbeat_received", "A machine is well");
constinit const event_type heartbeat_missed::descriptor =
    event_row<heartbeat_missed, fold>(59, "heartbeat_missed", "A heartbeat was missed");
constinit const event_type maintenance_scheduled::descriptor =
    event_row<maintenance_scheduled, fold>(60, "maintenance_scheduled", "Maintenance was scheduled");
constinit const event_type event_held_back::descriptor =
    event_row<event_held_back, fold>(61, "event_held_back", "Maintenance held an event back");
constinit const event_type maintenance_ended::descriptor =
    event_row<maintenance_ended, fold>(62, "maintenance_ended", "A maintenance window ended; what it held back");
constinit const event_type maintenance_changed::descriptor =
    event_row<maintenance_changed, fold>(100, "maintenance_changed", "The bounds of a maintenance window changed");

// ---- definitions

constinit const definition_type event_source::descriptor =
    definition_row<event_source>(11, "event_source", "How the events of one source are handled",
                                 word_kind::event_source, "event_sources", "How the events of machines are treated");

// ---- questions

constinit const query_type event_figures_query::descriptor = filtering_query_row<event_figures_query, answer>(
    66, "event_figures", "What became of the events of machines, by source; false alarms among incidents");

namespace {

constexpr timer_type timer_types[] = {
    {timer_kind::heartbeat, "heartbeat", report_missed},
    {timer_kind::maintenance_begin, "maintenance_begin", begin_maintenance},
    {timer_kind::maintenance_end, "maintenance_end", end_maintenance},
};

constexpr const part_type* parts[] = {
    &incident_monitoring::descriptor,
    &incident_maintenance::descriptor,
};

constexpr const command_type* commands[] = {
    &report_event::descriptor,
    &schedule_maintenance::descriptor,
    &cancel_maintenance::descriptor,
    &change_maintenance::descriptor,
};

constexpr const event_type* events[] = {
    &occurrence_added::descriptor,      &event_cleared::descriptor,      &event_bundled::descriptor,
    &event_ignored::descriptor,         &heartbeat_received::descriptor, &heartbeat_missed::descriptor,
    &maintenance_scheduled::descriptor, &event_held_back::descriptor,    &maintenance_ended::descriptor,
    &maintenance_changed::descriptor,
};

constexpr const definition_type* definitions[] = {
    &event_source::descriptor,
};

constexpr const query_type* queries[] = {
    &event_figures_query::descriptor,
};

}  // namespace

extern const slice monitoring_slice;
constinit const slice monitoring_slice{.name = "monitoring",
                                       .parts = parts,
                                       .timers = timer_types,
                                       .commands = commands,
                                       .events = events,
                                       .queries = queries,
                                       .definitions = definitions,
                                       .publication = &monitoring_publication};

}  // namespace tocsin::inline v1
