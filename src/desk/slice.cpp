#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "desk/answer.hpp"
#include "desk/purge.hpp"
#include "incident/decide.hpp"
#include "incident/fold.hpp"
#include "oncall/decide.hpp"
#include "publish_calendars.hpp"
#include "publish_permissions.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type publish::descriptor =
    command_row<publish>(1, "publish", "Publish definitions, new or as next versions");
constinit const command_type erase_personal::descriptor =
    after_end(command_row<&erase_personal::record>(21, "erase_personal", "Erase personal values for good"));
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

// ---- definitions

constinit const definition_type permission_policy::descriptor =
    definition_row<permission_policy>(9, "permission_policy", "Who may do and see what", word_kind::permission_policy,
                                      "permission_policies", "Permission policies", 100);
constinit const definition_type business_calendar_definition::descriptor =
    definition_row<business_calendar_definition, business_calendar>(
        12, "business_calendar", "Business hours and holidays", word_kind::business_calendar, "business_calendars",
        "Business calendars", limits::calendars_max);

// ---- questions

constinit const query_type get_query::descriptor =
    query_row<&get_query::incident, answer>(1, "get", "One incident, as it is or as it was");
constinit const query_type find_query::descriptor =
    filtering_query_row<find_query, answer>(2, "find", "Incidents that meet conditions, live and closed ones alike");
constinit const query_type count_query::descriptor =
    filtering_query_row<count_query, answer>(3, "count", "How many incidents meet conditions, by the values of fields");
constinit const query_type timeline_query::descriptor =
    query_row<&timeline_query::incident, answer>(4, "timeline", "What happened to one incident, in order");
constinit const query_type timers_query::descriptor =
    query_row<timers_query, answer>(5, "timers", "What is waiting, in the order in which it fires");
constinit const query_type definitions_query::descriptor =
    query_row<definitions_query, answer>(6, "definitions", "The current definitions of one kind");
constinit const query_type status_query::descriptor =
    query_row<status_query, answer>(8, "status", "The state of the desk: clock, sequence, counts");
constinit const query_type allowed_actions_query::descriptor = query_row<&allowed_actions_query::incident, answer>(
    9, "allowed_actions", "What an actor may do with a record now, and what rules out the rest");
constinit const query_type form_query::descriptor = query_row<&form_query::incident, answer>(
    10, "form", "The fields of a command as a screen needs them, custom fields included");
constinit const query_type changes_query::descriptor = filtering_query_row<changes_query, answer>(
    11, "changes", "What happened since an entry: a feed that resumes where it stopped");
constinit const query_type explain_query::descriptor =
    query_row<&explain_query::incident, answer>(12, "explain", "Whether a condition holds for an incident, and why");
constinit const query_type optional_packs_query::descriptor = query_row<optional_packs_query, answer>(
    31, "optional_packs", "Packs that the library brings along, to be published by whoever wants them");
constinit const query_type presence_query::descriptor =
    query_row<&presence_query::incident, answer>(32, "presence", "Who has an incident open now, as hosts say");

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

constexpr const definition_type* definitions[] = {
    &permission_policy::descriptor,
    &business_calendar_definition::descriptor,
};

constexpr const query_type* queries[] = {
    &get_query::descriptor,      &find_query::descriptor,
    &count_query::descriptor,    &timeline_query::descriptor,
    &timers_query::descriptor,   &definitions_query::descriptor,
    &status_query::descriptor,   &allowed_actions_query::descriptor,
    &form_query::descriptor,     &changes_query::descriptor,
    &explain_query::descriptor,  &optional_packs_query::descriptor,
    &presence_query::descriptor,
};

void check(const publication_check& against) {
  check_attributes(against.all, against.state.words);
  check_permissions(against.all, against.schemas);
}

void derive(const definitions_published&, desk_state& state, undo_list& undo) { derive_permissions(state, undo); }

constexpr publication_rules rules{.check = check, .extend = add_combinations, .derive = derive};

}  // namespace

extern const slice desk_slice;
constinit const slice desk_slice{.name = "desk",
                                 .commands = commands,
                                 .events = events,
                                 .queries = queries,
                                 .definitions = definitions,
                                 .publication = &rules};

}  // namespace tocsin::inline v1
