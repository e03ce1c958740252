// What a desk gets from here: satisfaction.
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/satisfaction/commands.hpp>
#include <tocsin/satisfaction/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "satisfaction/answer.hpp"
#include "satisfaction/decide.hpp"
#include "satisfaction/fold.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type record_satisfaction::descriptor =
    part_row<record_satisfaction, erase>("satisfaction", "How satisfied people are with its resolutions");

// ---- commands

constinit const command_type rate_resolution::descriptor = after_end(as_in(
    command_row<&rate_resolution::incident>(63, "rate_resolution", "Rate the resolution (CSAT)"), plausible_rating));

// ---- events

constinit const event_type resolution_rated::descriptor =
    event_row<resolution_rated, fold>(111, "resolution_rated", "Somebody rated the resolution");

// ---- questions

constinit const query_type satisfaction_query::descriptor = filtering_query_row<satisfaction_query, answer>(
    39, "satisfaction", "How satisfied people were with resolutions, and how many of those who were asked answered");

namespace {

constexpr const part_type* parts[] = {
    &record_satisfaction::descriptor,
};

constexpr const command_type* commands[] = {
    &rate_resolution::descriptor,
};

constexpr const event_type* events[] = {
    &resolution_rated::descriptor,
};

constexpr const query_type* queries[] = {
    &satisfaction_query::descriptor,
};

}  // namespace

extern const slice satisfaction_slice;
constinit const slice satisfaction_slice{
    .name = "satisfaction", .parts = parts, .commands = commands, .events = events, .queries = queries};

}  // namespace tocsin::inline v1
