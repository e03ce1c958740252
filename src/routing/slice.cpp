// What a desk gets from here: assignment by rules.
#include <tocsin/routing/commands.hpp>
#include <tocsin/routing/events.hpp>

#include "desk/slice_rows.hpp"
#include "routing/decide.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type route_incident::descriptor =
    command_row<&route_incident::incident>(60, "route_incident", "Assign it by the assignment rules");

// ---- events

constinit const event_type incident_routed::descriptor =
    event_row<incident_routed>(104, "incident_routed", "The assignment rules chose who gets it");
constinit const event_type assignment_requested::descriptor =
    event_row<assignment_requested>(105, "assignment_requested", "Effect: choose who gets it, and assign it");

namespace {

constexpr const command_type* commands[] = {
    &route_incident::descriptor,
};

constexpr const event_type* events[] = {
    &incident_routed::descriptor,
    &assignment_requested::descriptor,
};

}  // namespace

extern const slice routing_slice;
constinit const slice routing_slice{"routing", commands, events};

}  // namespace tocsin::inline v1
