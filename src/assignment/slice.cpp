// What a desk gets from here: assignment by rules.
#include <tocsin/assignment/commands.hpp>
#include <tocsin/assignment/events.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "assignment/answer.hpp"
#include "assignment/decide.hpp"
#include "assignment/publish.hpp"

namespace tocsin::inline v1 {

// ---- commands

constinit const command_type apply_assignment_rules::descriptor = as_in(
    command_row<&apply_assignment_rules::incident>(60, "apply_assignment_rules", "Assign it by the assignment rules"),
    plausible_assignment_rules);

// ---- events

constinit const event_type assignment_rules_applied::descriptor =
    event_row<assignment_rules_applied>(104, "assignment_rules_applied", "The assignment rules chose who gets it");
constinit const event_type assignment_requested::descriptor =
    event_row<assignment_requested>(105, "assignment_requested", "Effect: choose who gets it, and assign it");

// ---- definitions

constinit const definition_type assignment_rule::descriptor = definition_row<assignment_rule, compiled_assignment_rule>(
    26, "assignment_rule", "A rule that assigns records: which ones, and to whom", word_kind::assignment_rule,
    "assignment_rules", "Assignment rules", limits::assignment_rules_max);

// ---- questions

constinit const query_type explain_assignment_query::descriptor =
    query_row<&explain_assignment_query::incident, answer>(
        33, "explain_assignment", "Why an incident is assigned as it is: each assignment, by rule or by hand");
constinit const query_type propose_assignment_query::descriptor =
    query_row<&propose_assignment_query::incident, answer>(
        34, "propose_assignment", "Who would get an incident by the assignment rules now, and why");
constinit const query_type workload_query::descriptor =
    query_row<workload_query, answer>(35, "workload", "How many open records people have, and what their capacity is");

namespace {

constexpr const command_type* commands[] = {
    &apply_assignment_rules::descriptor,
};

constexpr const event_type* events[] = {
    &assignment_rules_applied::descriptor,
    &assignment_requested::descriptor,
};

constexpr const definition_type* definitions[] = {
    &assignment_rule::descriptor,
};

constexpr const query_type* queries[] = {
    &explain_assignment_query::descriptor,
    &propose_assignment_query::descriptor,
    &workload_query::descriptor,
};

}  // namespace

extern const slice assignment_slice;
constinit const slice assignment_slice{.name = "assignment",
                                       .commands = commands,
                                       .events = events,
                                       .queries = queries,
                                       .definitions = definitions,
                                       .publication = &assignment_publication};

}  // namespace tocsin::inline v1
