// What a desk gets from here: tasks.
#include <tocsin/model/task.hpp>
#include <tocsin/task/commands.hpp>
#include <tocsin/task/events.hpp>

#include <tocsin/desk/slice_rows.hpp>
#include "task/decide.hpp"
#include "task/fire.hpp"
#include "task/fold.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type record_tasks::descriptor =
    with_timers<record_tasks, timers>(part_row<record_tasks, erase>("tasks", "What has to be done for it"));

// ---- commands

constinit const command_type add_task::descriptor =
    as_in(command_row<&add_task::incident>(25, "add_task", "Add a task"), plausible_task);
constinit const command_type change_task::descriptor =
    as_in(command_row<&change_task::incident>(26, "change_task", "Change a task that is open"), plausible_task_change);
constinit const command_type begin_task::descriptor =
    as_in(command_row<&begin_task::incident>(27, "begin_task", "Begin a task"), plausible_task_start);
constinit const command_type complete_task::descriptor =
    as_in(command_row<&complete_task::incident>(28, "complete_task", "Complete a task, with its outcome"),
          plausible_task_completion);
constinit const command_type skip_task::descriptor =
    as_in(command_row<&skip_task::incident>(29, "skip_task", "Skip a task: it is not to be done after all"),
          plausible_task_skip);

// ---- events

constinit const event_type task_added::descriptor = event_row<task_added, fold>(28, "task_added", "A task was added");
constinit const event_type task_changed::descriptor =
    event_row<task_changed, fold>(29, "task_changed", "A task was changed");
constinit const event_type task_given::descriptor =
    event_row<task_given, fold>(212, "task_given", "A task is its owner's by their role in the response");
constinit const event_type task_begun::descriptor = event_row<task_begun, fold>(30, "task_begun", "A task was begun");
constinit const event_type task_completed::descriptor =
    event_row<task_completed, fold>(31, "task_completed", "A task was completed");
constinit const event_type task_skipped::descriptor =
    event_row<task_skipped, fold>(32, "task_skipped", "A task was skipped");
constinit const event_type task_overdue::descriptor =
    event_row<task_overdue, fold>(33, "task_overdue", "A task is overdue");
constinit const event_type tasks_ended::descriptor =
    event_row<tasks_ended, fold>(34, "tasks_ended", "Its tasks ended with it");

namespace {

constexpr timer_type timer_types[] = {
    {timer_kind::task_due, "task_due", say_overdue},
};

constexpr const part_type* parts[] = {
    &record_tasks::descriptor,
};

constexpr const command_type* commands[] = {
    &add_task::descriptor,      &change_task::descriptor, &begin_task::descriptor,
    &complete_task::descriptor, &skip_task::descriptor,
};

constexpr const event_type* events[] = {
    &task_added::descriptor,   &task_changed::descriptor, &task_begun::descriptor,  &task_completed::descriptor,
    &task_skipped::descriptor, &task_overdue::descriptor, &tasks_ended::descriptor, &task_given::descriptor,
};

}  // namespace

extern const slice task_slice;
constinit const slice task_slice{
    .name = "task", .parts = parts, .timers = timer_types, .commands = commands, .events = events};

}  // namespace tocsin::inline v1
