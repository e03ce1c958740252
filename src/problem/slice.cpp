// What a desk gets from here: problems, their causes, and recurrence that proposes them.
#include <tocsin/problem/commands.hpp>
#include <tocsin/problem/events.hpp>
#include <tocsin/problem/problem.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "problem/answer.hpp"
#include "problem/decide.hpp"
#include "problem/fire.hpp"
#include "problem/fold.hpp"
#include "problem/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type recurrence_rule::descriptor = definition_row<recurrence_rule, recurrence_plan>(
    30, "recurrence_rule", "When incidents that are alike have come so often that they are a problem",
    word_kind::recurrence_rule, "recurrence_rules", "Recurrence rules", limits::recurrence_rules_max);

// ---- parts

constinit const part_type record_problem::descriptor = not_for_conditions(with_timers<record_problem, timers>(
    part_row<record_problem, erase>("problem", "What is known of why incidents happen")));
constinit const part_type record_problem_proposal::descriptor = not_for_conditions(
    part_row<record_problem_proposal, erase>("problem_proposal", "Incidents that may have one cause"));

// ---- commands

constinit const command_type log_problem::descriptor =
    command_row<log_problem>(69, "log_problem", "Log a problem, with the incidents that it causes");
constinit const command_type state_cause::descriptor = about<record_problem>(
    command_row<&state_cause::problem>(70, "state_cause", "State a cause as a hypothesis, or state one anew"));
constinit const command_type add_cause_evidence::descriptor = about<record_problem>(
    command_row<&add_cause_evidence::problem>(71, "add_cause_evidence", "Add what speaks for a cause, or against it"));
constinit const command_type decide_cause::descriptor = about<record_problem>(command_row<&decide_cause::problem>(
    72, "decide_cause", "Confirm a cause, rule it out, or make it a hypothesis again"));
constinit const command_type add_diagnostic_action::descriptor =
    about<record_problem>(command_row<&add_diagnostic_action::problem>(
        73, "add_diagnostic_action", "Add what was done to find out, and what it showed"));
constinit const command_type communicate_workaround::descriptor =
    about<record_problem>(command_row<&communicate_workaround::problem>(
        74, "communicate_workaround", "Tell those who work on its open incidents what helps until it is fixed"));
constinit const command_type communicate_fix::descriptor = about<record_problem>(command_row<&communicate_fix::problem>(
    75, "communicate_fix", "Tell those who work on its open incidents what the fix is"));
constinit const command_type accept_risk::descriptor = about<record_problem>(command_row<&accept_risk::problem>(
    76, "accept_risk", "Accept its risk until a review, and decide on each incident that awaits it"));
constinit const command_type raise_known_error::descriptor =
    as_in(about<record_problem>(command_row<&raise_known_error::problem>(
              77, "raise_known_error", "Publish a known error from a problem whose root cause is known")),
          plausible_known_error);
constinit const command_type accept_proposal::descriptor = about<record_problem_proposal>(
    command_row<&accept_proposal::proposal>(78, "accept_proposal", "Make a problem of a proposed one"));
constinit const command_type reject_proposal::descriptor = about<record_problem_proposal>(
    command_row<&reject_proposal::proposal>(79, "reject_proposal", "Say why a proposed problem is none"));
constinit const command_type merge_proposal::descriptor =
    about<record_problem_proposal>(command_row<&merge_proposal::proposal>(
        80, "merge_proposal", "Move the incidents of a proposed problem to another, or to a problem"));

// ---- events

constinit const event_type problem_opened::descriptor =
    event_row<problem_opened, fold>(118, "problem_opened", "It is a problem");
constinit const event_type cause_stated::descriptor =
    event_row<cause_stated, fold>(119, "cause_stated", "A cause was stated");
constinit const event_type cause_evidence_added::descriptor =
    event_row<cause_evidence_added, fold>(120, "cause_evidence_added", "Evidence for or against a cause was added");
constinit const event_type cause_decided::descriptor = event_row<cause_decided, fold>(
    121, "cause_decided", "A cause was confirmed, ruled out, or made a hypothesis again");
constinit const event_type diagnostic_action_added::descriptor =
    event_row<diagnostic_action_added, fold>(122, "diagnostic_action_added", "Something was done to find out");
constinit const event_type workaround_communicated::descriptor =
    event_row<workaround_communicated, fold>(123, "workaround_communicated", "A workaround was communicated");
constinit const event_type fix_communicated::descriptor =
    event_row<fix_communicated, fold>(124, "fix_communicated", "A fix was communicated");
constinit const event_type risk_accepted::descriptor =
    event_row<risk_accepted, fold>(125, "risk_accepted", "Its risk was accepted");
constinit const event_type risk_review_due::descriptor =
    event_row<risk_review_due, fold>(126, "risk_review_due", "Effect: tell that its accepted risk is due for review");
constinit const event_type known_error_raised::descriptor =
    event_row<known_error_raised, fold>(127, "known_error_raised", "A known error was published from it");
constinit const event_type problem_notice::descriptor =
    event_row<problem_notice>(128, "problem_notice", "Effect: tell those who work on it what became of its problem");
constinit const event_type incidents_reached::descriptor = event_row<incidents_reached, fold>(
    129, "incidents_reached", "What became of it has reached some of its incidents, or all");
constinit const event_type problem_proposed::descriptor =
    event_row<problem_proposed, fold>(130, "problem_proposed", "A problem is proposed: incidents came again and again");
constinit const event_type proposal_joined::descriptor =
    event_row<proposal_joined, fold>(131, "proposal_joined", "Another incident of its group came");
constinit const event_type proposal_decided::descriptor =
    event_row<proposal_decided, fold>(132, "proposal_decided", "It was accepted, rejected or merged");
constinit const event_type groups_taken_over::descriptor = event_row<groups_taken_over, fold>(
    133, "groups_taken_over", "It stands for the groups of another that was merged into it");

// ---- questions

constinit const query_type causes_query::descriptor = query_row<&causes_query::problem, answer>(
    42, "causes", "Why a problem is there: causes, root causes, chains of why, what was done to find out");
constinit const query_type known_at_opening_query::descriptor = filtering_query_row<known_at_opening_query, answer>(
    43, "known_at_opening", "How many incidents were known errors already when they were opened");
constinit const query_type workarounds_without_problem_query::descriptor =
    filtering_query_row<workarounds_without_problem_query, answer>(
        44, "workarounds_without_problem", "Incidents resolved by a workaround that no open problem looks into");
constinit const query_type recurrence_query::descriptor =
    filtering_query_row<recurrence_query, answer>(45, "recurrence", "What recurs most: incidents by a dimension");

namespace {

constexpr const definition_type* definitions[] = {
    &recurrence_rule::descriptor,
};

constexpr const part_type* parts[] = {
    &record_problem::descriptor,
    &record_problem_proposal::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::problem_cascade, "problem_cascade", go_on_with_cascade},
    {timer_kind::risk_review, "risk_review", say_risk_review_due},
};

constexpr const command_type* commands[] = {
    &log_problem::descriptor,     &state_cause::descriptor,           &add_cause_evidence::descriptor,
    &decide_cause::descriptor,    &add_diagnostic_action::descriptor, &communicate_workaround::descriptor,
    &communicate_fix::descriptor, &accept_risk::descriptor,           &raise_known_error::descriptor,
    &accept_proposal::descriptor, &reject_proposal::descriptor,       &merge_proposal::descriptor,
};

constexpr const event_type* events[] = {
    &problem_opened::descriptor,          &cause_stated::descriptor,
    &cause_evidence_added::descriptor,    &cause_decided::descriptor,
    &diagnostic_action_added::descriptor, &workaround_communicated::descriptor,
    &fix_communicated::descriptor,        &risk_accepted::descriptor,
    &risk_review_due::descriptor,         &known_error_raised::descriptor,
    &problem_notice::descriptor,          &incidents_reached::descriptor,
    &problem_proposed::descriptor,        &proposal_joined::descriptor,
    &proposal_decided::descriptor,        &groups_taken_over::descriptor,
};

constexpr const query_type* queries[] = {
    &causes_query::descriptor,
    &known_at_opening_query::descriptor,
    &workarounds_without_problem_query::descriptor,
    &recurrence_query::descriptor,
};

}  // namespace

extern const slice problem_slice;
constinit const slice problem_slice{.name = "problem",
                                    .parts = parts,
                                    .timers = timer_types,
                                    .commands = commands,
                                    .events = events,
                                    .queries = queries,
                                    .definitions = definitions,
                                    .publication = &problem_publication};

}  // namespace tocsin::inline v1
