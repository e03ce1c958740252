// Tasks: what has to be done for a record (L10).
#include <tocsin/incident/events.hpp>
#include <tocsin/task/commands.hpp>
#include <tocsin/task/events.hpp>

#include "desk/deciding.hpp"
#include "desk/gates.hpp"
#include "desk/timing.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Each must be a task there, and be named once.
void check_numbers(const std::vector<task>& tasks, const std::vector<std::uint32_t>& numbers, objections& against) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    against.unless(find_task(tasks, numbers[i]) != nullptr, "task.unknown",
                   "depends_on: there is no task " + std::to_string(numbers[i]));
    const auto before = numbers.begin() + static_cast<std::ptrdiff_t>(i);
    against.unless(std::find(numbers.begin(), before, numbers[i]) == before, "task.named_twice",
                   "depends_on names task " + std::to_string(numbers[i]) + " twice");
  }
}

}  // namespace

const task& deciding::open_task(const incident& r, std::uint32_t number, std::string_view what) {
  const task* t = find_task(details_of(r).tasks, number);
  if (!t) {
    throw error(status::not_found, "task.unknown",
                name_of(r) + " has no task " + std::to_string(number) + ", it has " +
                    std::to_string(details_of(r).tasks.size()));
  }
  refuse_as(what, r);
  against_.unless(
      is_open(t->state), "task.ended",
      named(*t) + " is " +
          (is_open(t->state) ? "" : std::string(choices(t->state)[static_cast<std::size_t>(t->state) - 1])));
  return *t;
}

void deciding::check_due(instant due) {
  against_.unless(!is_set(due) || due > given_.recorded_at, "task.due_passed", "due_at has passed already");
}

// As an instant, by a time from now, or by the end of a business day: pinned as it is given, whatever becomes of the
// calendar.
template <class Command>
instant deciding::due_of(const Command& c) {
  const int ways = (is_set(c.due_at) ? 1 : 0) + (c.due_in.us != 0 ? 1 : 0) + (c.due_business_days ? 1 : 0);
  against_.unless(ways <= 1, "task.contradiction", "due_at, due_in and due_business_days contradict each other");
  against_.unless(c.due_in.us != 0 || c.due_business_days || !c.due_calendar, "task.due_calendar",
                  "due_calendar is for due_in and due_business_days");
  against_.unless(!c.due_business_days || c.due_calendar, "task.due_calendar", "due_business_days needs due_calendar");
  if (ways != 1 || is_set(c.due_at)) {
    check_due(c.due_at);
    return c.due_at;
  }
  const instant due = task_due(state_, c.due_in, c.due_business_days, c.due_calendar, given_.recorded_at);
  against_.unless(
      is_set(due), "task.never_due",
      "calendar " + quoted(word_kind::business_calendar, c.due_calendar.index) + " never has that much time");
  return due;
}

// What a task waits for must not be open any more.
void deciding::check_ready(const incident& r, const task& t) {
  for (const std::uint32_t number : t.depends_on) {
    const task* before = find_task(details_of(r).tasks, number);
    against_.unless(!is_open(before->state), "task.depends", "it depends on " + named(*before) + ", which is open");
  }
}

void deciding::tell_of_task(const incident& r, std::uint32_t number, team_ref team, person_ref owner) {
  if (!team && !owner) return;
  notify(r, work_notice{work_notice_cause::task_assigned, number, team, owner});
}

void deciding::operator()(const add_task& c) {
  const incident& r = open_or_resolved(c.incident, "add_task");
  const std::vector<task>& tasks = details_of(r).tasks;
  refuse_as("add_task", r);
  check_in_use({}, {}, c.team);
  against_.unless(tasks.size() < limits::tasks_per_record_max, "task.too_many",
                  "a record has at most " + std::to_string(limits::tasks_per_record_max) + " tasks");
  const instant due = due_of(c);
  check_numbers(tasks, c.depends_on, against_);
  const auto number = static_cast<std::uint32_t>(tasks.size() + 1);
  emit(c.incident, task_added{number, c.title, c.description, c.owner, c.team, due, c.blocking, c.depends_on});
  tell_of_task(r, number, c.team, c.owner);
}

void deciding::operator()(const change_task& c) {
  const incident& r = open_or_resolved(c.incident, "change_task");
  const task& t = open_task(r, c.task, "change_task");
  check_in_use({}, {}, c.team);
  against_.unless(c.depends_on.empty() || !c.without_dependencies, "task.contradiction",
                  "depends_on and without_dependencies contradict each other");
  const instant due = due_of(c);
  against_.unless(!is_set(due) || !c.without_due, "task.contradiction",
                  "a due time and without_due contradict each other");
  check_numbers(details_of(r).tasks, c.depends_on, against_);
  const std::string circle = dependency_circle(details_of(r).tasks, t.number, c.depends_on);
  against_.unless(circle.empty(), "task.circle", "the tasks would wait for each other: " + circle);
  task_changed e{t.number, t.title, c.description, t.owner, t.team, t.due_at, t.blocking, t.depends_on};
  if (!c.title.empty()) e.title = c.title;
  if (c.owner) e.owner = c.owner;
  if (c.team) e.team = c.team;
  if (is_set(due)) e.due_at = due;
  if (c.without_due) e.due_at = no_instant;
  if (c.blocking) e.blocking = c.blocking.value != 0;
  if (!c.depends_on.empty()) e.depends_on = c.depends_on;
  if (c.without_dependencies) e.depends_on.clear();
  const bool moved = !(e.owner == t.owner) || !(e.team == t.team);
  const bool changed = moved || !c.description.empty() || e.title != t.title || e.due_at != t.due_at ||
                       e.blocking != t.blocking || e.depends_on != t.depends_on;
  against_.unless(changed, "task.unchanged", "the task is like that already");
  emit(c.incident, std::move(e));
  if (moved) tell_of_task(r, t.number, c.team ? c.team : t.team, c.owner ? c.owner : t.owner);
}

void deciding::operator()(const begin_task& c) {
  const incident& r = open_or_resolved(c.incident, "begin_task");
  const task& t = open_task(r, c.task, "begin_task");
  against_.unless(t.state != task_state::begun, "task.begun", named(t) + " was begun already");
  check_ready(r, t);
  emit(c.incident, task_begun{t.number});
}

void deciding::operator()(const complete_task& c) {
  const incident& r = open_or_resolved(c.incident, "complete_task");
  const task& t = open_task(r, c.task, "complete_task");
  check_ready(r, t);
  emit(c.incident, task_completed{t.number, c.outcome});
}

void deciding::operator()(const skip_task& c) {
  const incident& r = open_or_resolved(c.incident, "skip_task");
  const task& t = open_task(r, c.task, "skip_task");
  emit(c.incident, task_skipped{t.number, c.reason});
}

}  // namespace tocsin::inline v1
