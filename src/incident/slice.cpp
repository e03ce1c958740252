// What a desk gets from here: incidents and requests, from logging to their end.
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "incident/answer.hpp"
#include "incident/decide.hpp"
#include "incident/fire.hpp"
#include "incident/fold.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type incident_details::descriptor = with_timers<incident_details, timers>(
    part_row<incident_details, erase>("details", "What few incidents have: custom fields, waits, attachments"));

// ---- commands

constinit const command_type log_incident::descriptor = command_row<log_incident>(2, "log_incident", "Log an incident");
constinit const command_type classify_incident::descriptor =
    command_row<&classify_incident::incident>(3, "classify_incident", "Set category and service");
constinit const command_type prioritise_incident::descriptor = command_row<&prioritise_incident::incident>(
    4, "prioritise_incident", "Set impact, urgency and severity, or override the priority");
constinit const command_type assign_incident::descriptor =
    command_row<&assign_incident::incident>(5, "assign_incident", "Assign it to a team or a person");
constinit const command_type acknowledge_incident::descriptor = as_in(
    command_row<&acknowledge_incident::incident>(6, "acknowledge_incident", "Acknowledge it: somebody has seen it"),
    plausible_notice_of);
constinit const command_type begin_work::descriptor =
    command_row<&begin_work::incident>(7, "begin_work", "Begin work; it is assigned to whoever does, if nobody had it");
constinit const command_type add_note::descriptor =
    command_row<&add_note::incident>(8, "add_note", "Add an internal note");
constinit const command_type add_update::descriptor =
    command_row<&add_update::incident>(9, "add_update", "Post an update to an audience");
constinit const command_type add_reply::descriptor =
    command_row<&add_reply::incident>(10, "add_reply", "Record a reply of the requester");
constinit const command_type hold_incident::descriptor =
    command_row<&hold_incident::incident>(11, "hold_incident", "Put it on hold with a reason, or change the reason");
constinit const command_type resume_incident::descriptor =
    command_row<&resume_incident::incident>(12, "resume_incident", "End the hold");
constinit const command_type resolve_incident::descriptor =
    command_row<&resolve_incident::incident>(13, "resolve_incident", "Resolve it, with a resolution code and notes");
constinit const command_type confirm_resolution::descriptor = command_row<&confirm_resolution::incident>(
    14, "confirm_resolution", "The requester confirms the resolution; it closes");
constinit const command_type refuse_resolution::descriptor =
    as_move<verb::reopen>(command_row<&refuse_resolution::incident>(
        15, "refuse_resolution", "The requester refuses the resolution; it reopens"));
constinit const command_type close_incident::descriptor =
    command_row<&close_incident::incident>(16, "close_incident", "Close it by hand");
constinit const command_type reopen_incident::descriptor = command_row<&reopen_incident::incident>(
    17, "reopen_incident", "Reopen it; from a closed one a new, linked incident is logged");
constinit const command_type cancel_incident::descriptor =
    command_row<&cancel_incident::incident>(18, "cancel_incident", "Cancel it as invalid");
constinit const command_type amend_incident::descriptor = after_end(command_row<&amend_incident::incident>(
    19, "amend_incident", "Correct a record, closed ones too; what stood there is kept beside it"));
constinit const command_type import_record::descriptor =
    command_row<import_record>(20, "import_record", "Import a history from elsewhere with its own instants");
constinit const command_type set_custom_fields::descriptor =
    command_row<&set_custom_fields::incident>(23, "set_custom_fields", "Set custom fields, or take their values away");
constinit const command_type convert_record::descriptor =
    as_in(command_row<&convert_record::incident>(
              33, "convert_record", "Convert it to another record type; it keeps its number and its journal"),
          plausible_conversion);
constinit const command_type verify_resolution::descriptor =
    as_in(command_row<&verify_resolution::incident>(34, "verify_resolution",
                                                    "Record whether the service recovered; if not, it reopens"),
          plausible_recovery_check);
constinit const command_type add_attachment::descriptor =
    command_row<&add_attachment::incident>(35, "add_attachment", "Attach a file that the host keeps");
constinit const command_type remove_attachment::descriptor =
    as_in(command_row<&remove_attachment::incident>(36, "remove_attachment", "Remove an attachment"),
          plausible_attachment_removal);
constinit const command_type log_work::descriptor =
    command_row<&log_work::incident>(37, "log_work", "Log time worked on it");
constinit const command_type restrict_incident::descriptor =
    command_row<&restrict_incident::incident>(38, "restrict_incident", "Restrict it to the people and teams named");
constinit const command_type lift_restriction::descriptor =
    as_in(command_row<&lift_restriction::incident>(39, "lift_restriction", "Lift the restriction"),
          plausible_restriction_end);
constinit const command_type report_notice::descriptor = after_end(
    as_in(command_row<&report_notice::incident>(61, "report_notice", "Report the delivery of a notice to a requester"),
          plausible_notice_report));

// ---- events

constinit const event_type incident_logged::descriptor =
    event_row<incident_logged, fold>(2, "incident_logged", "An incident was logged");
constinit const event_type incident_classified::descriptor =
    event_row<incident_classified, fold>(3, "incident_classified", "Category and service were set");
constinit const event_type incident_prioritised::descriptor =
    event_row<incident_prioritised, fold>(4, "incident_prioritised", "Its priority was set");
constinit const event_type incident_assigned::descriptor =
    event_row<incident_assigned, fold>(5, "incident_assigned", "It was assigned to a team or a person");
constinit const event_type incident_acknowledged::descriptor =
    event_row<incident_acknowledged, fold>(6, "incident_acknowledged", "Somebody acknowledged it");
constinit const event_type work_begun::descriptor = event_row<work_begun, fold>(7, "work_begun", "Work on it began");
constinit const event_type note_added::descriptor = event_row<note_added, fold>(8, "note_added", "A note was added");
constinit const event_type update_added::descriptor =
    event_row<update_added, fold>(9, "update_added", "An update was posted to an audience");
constinit const event_type reply_added::descriptor =
    event_row<reply_added, fold>(10, "reply_added", "The requester replied");
constinit const event_type incident_held::descriptor =
    event_row<incident_held, fold>(11, "incident_held", "It was put on hold");
constinit const event_type incident_resumed::descriptor =
    event_row<incident_resumed, fold>(12, "incident_resumed", "Its hold ended");
constinit const event_type incident_resolved::descriptor =
    event_row<incident_resolved, fold>(13, "incident_resolved", "It was resolved");
constinit const event_type resolution_confirmed::descriptor =
    event_row<resolution_confirmed, fold>(14, "resolution_confirmed", "The requester confirmed the resolution");
constinit const event_type resolution_refused::descriptor =
    event_row<resolution_refused, fold>(15, "resolution_refused", "The requester refused the resolution");
constinit const event_type incident_closed::descriptor =
    event_row<incident_closed, fold>(16, "incident_closed", "It was closed");
constinit const event_type incident_reopened::descriptor =
    event_row<incident_reopened, fold>(17, "incident_reopened", "It was reopened");
constinit const event_type incident_cancelled::descriptor =
    event_row<incident_cancelled, fold>(18, "incident_cancelled", "It was cancelled as invalid");
constinit const event_type incident_amended::descriptor =
    event_row<incident_amended, fold>(19, "incident_amended", "Its record was corrected");
constinit const event_type record_imported::descriptor =
    event_row<record_imported, fold>(20, "record_imported", "A history was imported");
constinit const event_type assignment_notice::descriptor = event_row<assignment_notice>(
    22, "assignment_notice", "Effect: tell a team or a person that an incident is assigned to them");
constinit const event_type requester_notice::descriptor =
    event_row<requester_notice>(23, "requester_notice", "Effect: tell the requester what happened to it");
constinit const event_type custom_fields_set::descriptor =
    event_row<custom_fields_set, fold>(26, "custom_fields_set", "Custom fields were set");
constinit const event_type record_converted::descriptor =
    event_row<record_converted, fold>(42, "record_converted", "It became a record of another type");
constinit const event_type resolution_verified::descriptor =
    event_row<resolution_verified, fold>(43, "resolution_verified", "It was recorded whether the service recovered");
constinit const event_type closing_deferred::descriptor = event_row<closing_deferred, fold>(
    44, "closing_deferred", "Silence would have closed it; it waits for verification");
constinit const event_type hold_reminder::descriptor =
    event_row<hold_reminder, fold>(45, "hold_reminder", "The requester was reminded that it waits");
constinit const event_type follow_up_set::descriptor =
    event_row<follow_up_set, fold>(46, "follow_up_set", "A follow-up of the hold was set");
constinit const event_type follow_up_due::descriptor =
    event_row<follow_up_due, fold>(47, "follow_up_due", "The follow-up of the hold is due");
constinit const event_type attachment_added::descriptor =
    event_row<attachment_added, fold>(48, "attachment_added", "A file was attached");
constinit const event_type attachment_removed::descriptor =
    event_row<attachment_removed, fold>(49, "attachment_removed", "An attachment was removed");
constinit const event_type work_logged::descriptor =
    event_row<work_logged, fold>(50, "work_logged", "Time worked on it was logged");
constinit const event_type incident_restricted::descriptor =
    event_row<incident_restricted, fold>(51, "incident_restricted", "It was restricted to some people and teams");
constinit const event_type restriction_lifted::descriptor =
    event_row<restriction_lifted, fold>(52, "restriction_lifted", "Its restriction was lifted");
constinit const event_type work_notice::descriptor =
    event_row<work_notice>(53, "work_notice", "Effect: tell a team or a person that there is something to do");
constinit const event_type incident_class_derived::descriptor =
    event_row<incident_class_derived, fold>(103, "incident_class_derived", "Its class changed by the class policy");
constinit const event_type notice_reported::descriptor =
    event_row<notice_reported>(109, "notice_reported", "The delivery of a notice to a requester was reported");

// ---- questions

constinit const query_type deliveries_query::descriptor = query_row<&deliveries_query::incident, answer>(
    38, "deliveries", "Whom the notices about an incident went to, and whether they reached them");

namespace {

constexpr timer_type timer_types[] = {
    {timer_kind::auto_close, "auto_close", close_by_silence}, {timer_kind::move, "move", move_by_itself},
    {timer_kind::follow_up, "follow_up", look_after_wait},    {timer_kind::hold_reminder, "hold_reminder", remind},
    {timer_kind::hold_end, "hold_end", end_longest_wait},
};

constexpr const part_type* parts[] = {
    &incident_details::descriptor,
};

constexpr const command_type* commands[] = {
    &log_incident::descriptor,       &classify_incident::descriptor,    &prioritise_incident::descriptor,
    &assign_incident::descriptor,    &acknowledge_incident::descriptor, &begin_work::descriptor,
    &add_note::descriptor,           &add_update::descriptor,           &add_reply::descriptor,
    &hold_incident::descriptor,      &resume_incident::descriptor,      &resolve_incident::descriptor,
    &confirm_resolution::descriptor, &refuse_resolution::descriptor,    &close_incident::descriptor,
    &reopen_incident::descriptor,    &cancel_incident::descriptor,      &amend_incident::descriptor,
    &import_record::descriptor,      &set_custom_fields::descriptor,    &convert_record::descriptor,
    &verify_resolution::descriptor,  &add_attachment::descriptor,       &remove_attachment::descriptor,
    &log_work::descriptor,           &restrict_incident::descriptor,    &lift_restriction::descriptor,
    &report_notice::descriptor,
};

constexpr const event_type* events[] = {
    &incident_logged::descriptor,      &incident_classified::descriptor,    &incident_prioritised::descriptor,
    &incident_assigned::descriptor,    &incident_acknowledged::descriptor,  &work_begun::descriptor,
    &note_added::descriptor,           &update_added::descriptor,           &reply_added::descriptor,
    &incident_held::descriptor,        &incident_resumed::descriptor,       &incident_resolved::descriptor,
    &resolution_confirmed::descriptor, &resolution_refused::descriptor,     &incident_closed::descriptor,
    &incident_reopened::descriptor,    &incident_cancelled::descriptor,     &incident_amended::descriptor,
    &record_imported::descriptor,      &assignment_notice::descriptor,      &requester_notice::descriptor,
    &custom_fields_set::descriptor,    &record_converted::descriptor,       &resolution_verified::descriptor,
    &closing_deferred::descriptor,     &hold_reminder::descriptor,          &follow_up_set::descriptor,
    &follow_up_due::descriptor,        &attachment_added::descriptor,       &attachment_removed::descriptor,
    &work_logged::descriptor,          &incident_restricted::descriptor,    &restriction_lifted::descriptor,
    &work_notice::descriptor,          &incident_class_derived::descriptor, &notice_reported::descriptor,
};

constexpr const query_type* queries[] = {
    &deliveries_query::descriptor,
};

}  // namespace

extern const slice incident_slice;
constinit const slice incident_slice{.name = "incident",
                                     .parts = parts,
                                     .timers = timer_types,
                                     .commands = commands,
                                     .events = events,
                                     .queries = queries};

}  // namespace tocsin::inline v1
