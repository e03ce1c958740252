// What a desk gets from here: the desk itself: definitions, personal data, purging, zone data.
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>

#include "desk/purge.hpp"
#include "desk/slice_rows.hpp"
#include "incident/decide.hpp"
#include "incident/fold.hpp"
#include "oncall/decide.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type publish::descriptor =
    command_row<publish>(1, "publish", "Publish definitions, new or as next versions");
constinit const command_type erase_personal::descriptor =
    command_row<&erase_personal::record>(21, "erase_personal", "Erase personal values for good");
constinit const command_type purge_records::descriptor =
    command_row<purge_records>(44, "purge_records", "Purge records that ended long ago, for good");

// ---- events

constinit const event_type definitions_published::descriptor =
    event_row<definitions_published>(1, "definitions_published", "Definitions came into force");
constinit const event_type personal_erased::descriptor =
    event_row<personal_erased, fold>(21, "personal_erased", "Personal values were erased");
constinit const event_type records_purged::descriptor = event_row<records_purged>(
    75, "records_purged", "Records that ended long ago were purged, with the entries that spoke of nothing else");
constinit const event_type zone_data_changed::descriptor =
    event_row<zone_data_changed>(102, "zone_data_changed", "The desk runs on other time zone data");

namespace {

constexpr const command_type* commands[] = {
    &publish::descriptor,
    &erase_personal::descriptor,
    &purge_records::descriptor,
};

constexpr const event_type* events[] = {
    &definitions_published::descriptor,
    &personal_erased::descriptor,
    &records_purged::descriptor,
    &zone_data_changed::descriptor,
};

}  // namespace

extern const slice desk_slice;
constinit const slice desk_slice{"desk", commands, events};

}  // namespace tocsin::inline v1
