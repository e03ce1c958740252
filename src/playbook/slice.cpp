// What a desk gets from here: playbooks, how they are followed, and whether they were.
#include <tocsin/playbook/commands.hpp>
#include <tocsin/playbook/events.hpp>
#include <tocsin/playbook/playbook_run.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "playbook/answer.hpp"
#include "playbook/decide.hpp"
#include "playbook/fire.hpp"
#include "playbook/fold.hpp"
#include "playbook/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type playbook::descriptor = definition_row<playbook, compiled_playbook>(
    36, "playbook", "The model by which incidents of one kind are handled: a graph of steps", word_kind::playbook,
    "playbooks", "Playbooks");

// ---- parts

constinit const part_type record_playbook_runs::descriptor = with_timers<record_playbook_runs, timers>(
    part_row<record_playbook_runs, erase>("playbook_runs", "Playbooks that are followed for the record"));

// ---- commands

constinit const command_type start_playbook::descriptor = as_in(
    command_row<&start_playbook::record>(112, "start_playbook", "Follow a playbook for a record"), plausible_playbook);
constinit const command_type start_step::descriptor =
    as_in(about<record_playbook_runs>(
              command_row<&start_step::record>(113, "start_step", "Say that a step of a playbook is being done")),
          plausible_step_start);
constinit const command_type complete_step::descriptor =
    as_in(about<record_playbook_runs>(command_row<&complete_step::record>(
              114, "complete_step", "Say that a step of a playbook is done, with its outcome and evidence")),
          plausible_completed_step);
constinit const command_type skip_step::descriptor =
    as_in(about<record_playbook_runs>(
              command_row<&skip_step::record>(115, "skip_step", "Say why a step of a playbook is not done")),
          plausible_skipped_step);
constinit const command_type stop_playbook::descriptor =
    as_in(about<record_playbook_runs>(
              command_row<&stop_playbook::record>(116, "stop_playbook", "Say why a playbook is followed no more")),
          plausible_stop);

// ---- events

constinit const event_type playbook_started::descriptor =
    event_row<playbook_started, fold>(179, "playbook_started", "A playbook is followed for it from now on");
constinit const event_type step_started::descriptor =
    event_row<step_started, fold>(180, "step_started", "A step of a playbook is being done");
constinit const event_type step_completed::descriptor =
    event_row<step_completed, fold>(181, "step_completed", "A step of a playbook is done");
constinit const event_type step_skipped::descriptor =
    event_row<step_skipped, fold>(182, "step_skipped", "A step of a playbook is not done");
constinit const event_type playbook_ended::descriptor =
    event_row<playbook_ended, fold>(183, "playbook_ended", "A playbook was completed, stopped, or cut short");
constinit const event_type step_overdue::descriptor = event_row<step_overdue, fold>(
    184, "step_overdue", "Effect: tell whoever a step of a playbook is for that it takes too long");

// ---- questions

constinit const query_type playbook_query::descriptor = query_row<&playbook_query::record, answer>(
    56, "playbook", "How the playbooks of a record stand: which steps may be done next, how and by whom");
constinit const query_type left_to_do_query::descriptor = query_row<&left_to_do_query::record, answer>(
    57, "left_to_do", "What is left before a record may be resolved, and before it may be closed");
constinit const query_type conformance_query::descriptor = query_row<&conformance_query::record, answer>(
    58, "conformance", "Was a record handled by its playbook: the alignment of both, and the first deviation");

namespace {

constexpr const definition_type* definitions[] = {
    &playbook::descriptor,
};

constexpr const part_type* parts[] = {
    &record_playbook_runs::descriptor,
};

constexpr timer_type timer_types[] = {
    {timer_kind::playbook_step_due, "playbook_step_due", say_steps_overdue},
};

constexpr const command_type* commands[] = {
    &start_playbook::descriptor, &start_step::descriptor,    &complete_step::descriptor,
    &skip_step::descriptor,      &stop_playbook::descriptor,
};

constexpr const event_type* events[] = {
    &playbook_started::descriptor, &step_started::descriptor,   &step_completed::descriptor,
    &step_skipped::descriptor,     &playbook_ended::descriptor, &step_overdue::descriptor,
};

constexpr const query_type* queries[] = {
    &playbook_query::descriptor,
    &left_to_do_query::descriptor,
    &conformance_query::descriptor,
};

}  // namespace

extern const slice playbook_slice;
constinit const slice playbook_slice{.name = "playbook",
                                     .parts = parts,
                                     .timers = timer_types,
                                     .commands = commands,
                                     .events = events,
                                     .queries = queries,
                                     .definitions = definitions,
                                     .publication = &playbook_publication};

}  // namespace tocsin::inline v1
