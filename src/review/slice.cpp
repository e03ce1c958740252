// What a desk gets from here: reviews of incidents, what is done after them, and reports.
#include <tocsin/review/commands.hpp>
#include <tocsin/review/events.hpp>
#include <tocsin/review/review.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "review/answer.hpp"
#include "review/decide.hpp"
#include "review/fire.hpp"
#include "review/fold.hpp"
#include "review/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type review_policy::descriptor = definition_row<review_policy, compiled_review_policy>(
    35, "review_policy", "When a review of an incident is demanded, of whom, by when, and what it must say",
    word_kind::review_policy, "review_policies", "Policies of reviews");

// ---- parts

constinit const part_type record_review::descriptor = with_timers<record_review, timers>(
    part_row<record_review, erase>("review", "What is found out after an incident, and what is done about it"));
constinit const part_type record_review_demand::descriptor =
    part_row<record_review_demand>("review_demand", "That a review of the incident was demanded");

// ---- commands

namespace {

// Of reviews alone. It is offered as that is plausible.
constexpr command_type of_review(command_type row, void (*plausible)(const incident&, plausible_commands&)) {
  return as_in(about<record_review>(row), plausible);
}

}  // namespace

constinit const command_type request_review::descriptor =
    after_end(as_in(command_row<&request_review::incident>(106, "request_review", "Demand a review of an incident"),
                    plausible_request));
constinit const command_type write_section::descriptor = of_review(
    command_row<&write_section::review>(107, "write_section", "Write a section of a review, or write it anew"),
    plausible_section);
constinit const command_type approve_review::descriptor =
    of_review(command_row<&approve_review::review>(136, "approve_review", "Approve a review that others have written"),
              plausible_review_approval);
constinit const command_type return_review::descriptor =
    of_review(command_row<&return_review::review>(137, "return_review",
                                                  "Say what is to be changed before a review may be approved"),
              plausible_review_return);
constinit const command_type add_action_item::descriptor =
    of_review(command_row<&add_action_item::review>(
                  108, "add_action_item", "Say what is done so that it does not happen again, by whom and by when"),
              plausible_item);
constinit const command_type complete_action_item::descriptor = of_review(
    command_row<&complete_action_item::review>(109, "complete_action_item", "Say that an action item is done"),
    plausible_completion);
constinit const command_type verify_action_item::descriptor = of_review(
    command_row<&verify_action_item::review>(110, "verify_action_item", "Say whether a completed action item worked"),
    plausible_verification);
constinit const command_type drop_action_item::descriptor =
    of_review(command_row<&drop_action_item::review>(111, "drop_action_item", "Say why an action item is not done"),
              plausible_dropping);

// ---- events

constinit const event_type review_opened::descriptor =
    event_row<review_opened, fold>(168, "review_opened", "It is the review of an incident");
constinit const event_type review_demanded::descriptor =
    event_row<review_demanded, fold>(169, "review_demanded", "A review of it was demanded");
constinit const event_type review_settled::descriptor = event_row<review_settled, fold>(
    170, "review_settled", "Its review was published or skipped, or is to be done again");
constinit const event_type section_written::descriptor =
    event_row<section_written, fold>(171, "section_written", "A section was written");
constinit const event_type review_approved::descriptor =
    event_row<review_approved, fold>(210, "review_approved", "Somebody else than its authors approved it");
constinit const event_type review_returned::descriptor =
    event_row<review_returned, fold>(211, "review_returned", "Something is to be changed before it is approved");
constinit const event_type action_item_added::descriptor =
    event_row<action_item_added, fold>(172, "action_item_added", "There is something to be done about it");
constinit const event_type action_item_completed::descriptor =
    event_row<action_item_completed, fold>(173, "action_item_completed", "An action item is done");
constinit const event_type action_item_verified::descriptor =
    event_row<action_item_verified, fold>(174, "action_item_verified", "It was looked whether an action item worked");
constinit const event_type action_item_dropped::descriptor =
    event_row<action_item_dropped, fold>(175, "action_item_dropped", "An action item is not done");
constinit const event_type review_overdue::descriptor =
    event_row<review_overdue, fold>(176, "review_overdue", "Effect: tell those who have the review that it is overdue");
constinit const event_type action_item_overdue::descriptor = event_row<action_item_overdue, fold>(
    177, "action_item_overdue", "Effect: tell those who have the action item that it is overdue");
constinit const event_type action_item_notice::descriptor =
    event_row<action_item_notice>(178, "action_item_notice", "Effect: tell of an action item");

// ---- questions

constinit const query_type milestones_query::descriptor = query_row<&milestones_query::incident, answer>(
    53, "milestones", "The milestones of an incident in order, and the gaps between them");
constinit const query_type review_report_query::descriptor = query_row<&review_report_query::review, answer>(
    54, "review_report", "A review to be read: as Markdown, as an HTML page, as JSON; with or without names");
constinit const query_type closure_report_query::descriptor = query_row<&closure_report_query::incident, answer>(
    55, "closure_report", "What became of an incident: as Markdown, as an HTML page, as JSON");

namespace {

constexpr const definition_type* definitions[] = {
    &review_policy::descriptor,
};

constexpr const part_type* parts[] = {
    &record_review::descriptor,
    &record_review_demand::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::review_due, "review_due", say_review_overdue},
    {timer_kind::action_item_due, "action_item_due", say_action_items_overdue},
};

constexpr const command_type* commands[] = {
    &request_review::descriptor,       &write_section::descriptor,      &add_action_item::descriptor,
    &complete_action_item::descriptor, &verify_action_item::descriptor, &drop_action_item::descriptor,
    &approve_review::descriptor,       &return_review::descriptor,
};

constexpr const event_type* events[] = {
    &review_opened::descriptor,        &review_demanded::descriptor,     &review_settled::descriptor,
    &section_written::descriptor,      &action_item_added::descriptor,   &action_item_completed::descriptor,
    &action_item_verified::descriptor, &action_item_dropped::descriptor, &review_overdue::descriptor,
    &action_item_overdue::descriptor,  &action_item_notice::descriptor,  &review_approved::descriptor,
    &review_returned::descriptor,
};

constexpr const query_type* queries[] = {
    &milestones_query::descriptor,
    &review_report_query::descriptor,
    &closure_report_query::descriptor,
};

}  // namespace

extern const slice review_slice;
constinit const slice review_slice{.name = "review",
                                   .parts = parts,
                                   .timers = timer_types,
                                   .commands = commands,
                                   .events = events,
                                   .queries = queries,
                                   .definitions = definitions,
                                   .publication = &review_publication};

}  // namespace tocsin::inline v1
