// What a desk gets from here: satisfaction.
#include <tocsin/satisfaction/commands.hpp>
#include <tocsin/satisfaction/events.hpp>

#include "desk/slice_rows.hpp"
#include "satisfaction/decide.hpp"
#include "satisfaction/fold.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type rate_resolution::descriptor =
    command_row<&rate_resolution::incident>(63, "rate_resolution", "Rate the resolution (CSAT)");

// ---- events

constinit const event_type resolution_rated::descriptor =
    event_row<resolution_rated, fold>(111, "resolution_rated", "Somebody rated the resolution");

namespace {

constexpr const command_type* commands[] = {
    &rate_resolution::descriptor,
};

constexpr const event_type* events[] = {
    &resolution_rated::descriptor,
};

}  // namespace

extern const slice satisfaction_slice;
constinit const slice satisfaction_slice{"satisfaction", commands, events};

}  // namespace tocsin::inline v1
