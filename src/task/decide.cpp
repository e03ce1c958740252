// Tasks: what has to be done for a record (L10).
#include "decide.hpp"

#include <tocsin/incident/events.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/task/commands.hpp>
#include <tocsin/task/events.hpp>

#include "desk/move_check.hpp"
#include "desk/timing.hpp"
#include "incident/decide.hpp"

#include "decide_skills.hpp"

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

const task& open_task(deciding& d, const incident& r, std::uint32_t number, std::string_view what) {
  const task* t = find_task(tasks_of(r), number);
  if (!t) {
    throw error(
        status::not_found, "task.unknown",
        d.name_of(r) + " has no task " + std::to_string(number) + ", it has " + std::to_string(tasks_of(r).size()));
  }
  d.refuse_as(what, r);
  d.against.unless(
      is_open(t->state), "task.ended",
      named(*t) + " is " +
          (is_open(t->state) ? "" : std::string(choices(t->state)[static_cast<std::size_t>(t->state) - 1])));
  return *t;
}

void check_due(deciding& d, instant due) {
  d.against.unless(!is_set(due) || due > d.given.recorded_at, "task.due_passed", "due_at has passed already");
}

// As an instant, by a time from now, or by the end of a business day: pinned as it is given, whatever becomes of the
// calendar.
template <class Command>
instant due_of(deciding& d, const Command& c) {
  const int ways = (is_set(c.due_at) ? 1 : 0) + (c.due_in.us != 0 ? 1 : 0) + (c.due_business_days ? 1 : 0);
  d.against.unless(ways <= 1, "task.contradiction", "due_at, due_in and due_business_days contradict each other");
  d.against.unless(c.due_in.us != 0 || c.due_business_days || !c.due_calendar, "task.due_calendar",
                   "due_calendar is for due_in and due_business_days");
  d.against.unless(!c.due_business_days || c.due_calendar, "task.due_calendar", "due_business_days needs due_calendar");
  if (ways != 1 || is_set(c.due_at)) {
    check_due(d, c.due_at);
    return c.due_at;
  }
  const instant due = task_due(d.state, c.due_in, c.due_business_days, c.due_calendar, d.given.recorded_at);
  d.against.unless(
      is_set(due), "task.never_due",
      "calendar " + d.quoted(word_kind::business_calendar, c.due_calendar.index) + " never has that much time");
  return due;
}

// What a task waits for must not be open any more.
void check_ready(deciding& d, const incident& r, const task& t) {
  for (const std::uint32_t number : t.depends_on) {
    const task* before = find_task(tasks_of(r), number);
    d.against.unless(!is_open(before->state), "task.depends", "it depends on " + named(*before) + ", which is open");
  }
}

// Whoever owns it must have what it needs; a team need not, as long as nobody of it has it.
void check_skills(deciding& d, person_ref owner, const std::vector<skill_ref>& skills) {
  for (auto one = skills.begin(); one != skills.end(); ++one) {
    d.against.unless(std::find(skills.begin(), one, *one) == one, "task.named_twice",
                     "skills names " + d.quoted(word_kind::skill, one->index) + " twice");
  }
  const skill_ref lacking = owner ? lacking_skill(d.state, owner, skills) : skill_ref{};
  if (!lacking) return;
  d.against.add("task.lacks_skill",
                d.person_name(owner) + " lacks the skill " + d.quoted(word_kind::skill, lacking.index));
}

void tell_of_task(deciding& d, const incident& r, std::uint32_t number, team_ref team, person_ref owner) {
  if (!team && !owner) return;
  d.notify(r, work_notice{work_notice_cause::task_assigned, number, team, owner});
}

}  // namespace

void decide(const add_task& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "add_task");
  const std::vector<task>& tasks = tasks_of(r);
  d.refuse_as("add_task", r);
  check_in_use(d, {}, {}, c.team);
  d.against.unless(tasks.size() < limits::tasks_per_record_max, "task.too_many",
                   "a record has at most " + std::to_string(limits::tasks_per_record_max) + " tasks");
  const instant due = due_of(d, c);
  check_numbers(tasks, c.depends_on, d.against);
  check_skills(d, c.owner, c.skills);
  const auto number = static_cast<std::uint32_t>(tasks.size() + 1);
  d.emit(c.incident, task_added{number, c.title, c.description, c.owner, c.team, due, c.blocking, c.depends_on,
                                c.diagnosis, c.skills});
  tell_of_task(d, r, number, c.team, c.owner);
}

void decide(const change_task& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "change_task");
  const task& t = open_task(d, r, c.task, "change_task");
  check_in_use(d, {}, {}, c.team);
  d.against.unless(c.depends_on.empty() || !c.without_dependencies, "task.contradiction",
                   "depends_on and without_dependencies contradict each other");
  const instant due = due_of(d, c);
  d.against.unless(!is_set(due) || !c.without_due, "task.contradiction",
                   "a due time and without_due contradict each other");
  check_numbers(tasks_of(r), c.depends_on, d.against);
  const std::string circle = dependency_circle(tasks_of(r), t.number, c.depends_on);
  d.against.unless(circle.empty(), "task.circle", "the tasks would wait for each other: " + circle);
  task_changed e{t.number,   t.title,      c.description, t.owner,      t.team,  t.due_at,
                 t.blocking, t.depends_on, t.diagnosis,   t.owner_role, t.skills};
  if (!c.title.empty()) e.title = c.title;
  if (c.owner) e.owner = c.owner;
  if (c.team) e.team = c.team;
  if (is_set(due)) e.due_at = due;
  if (c.without_due) e.due_at = no_instant;
  if (c.blocking) e.blocking = c.blocking.value != 0;
  if (!c.depends_on.empty()) e.depends_on = c.depends_on;
  if (c.without_dependencies) e.depends_on.clear();
  if (c.diagnosis) e.diagnosis = c.diagnosis.value != 0;
  if (c.owner || c.team || !e.diagnosis) e.owner_role.clear();
  d.against.unless(c.skills.empty() || !c.without_skills, "task.contradiction",
                   "skills and without_skills contradict each other");
  if (!c.skills.empty()) e.skills = c.skills;
  if (c.without_skills) e.skills.clear();
  check_skills(d, e.owner, e.skills);
  const bool moved = !(e.owner == t.owner) || !(e.team == t.team);
  const bool changed = moved || !c.description.empty() || e.title != t.title || e.due_at != t.due_at ||
                       e.blocking != t.blocking || e.depends_on != t.depends_on || e.diagnosis != t.diagnosis ||
                       e.owner_role != t.owner_role || e.skills != t.skills;
  d.against.unless(changed, "task.unchanged", "the task is like that already");
  d.emit(c.incident, std::move(e));
  if (moved) tell_of_task(d, r, t.number, c.team ? c.team : t.team, c.owner ? c.owner : t.owner);
}

void decide(const begin_task& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "begin_task");
  const task& t = open_task(d, r, c.task, "begin_task");
  d.against.unless(t.state != task_state::begun, "task.begun", named(t) + " was begun already");
  check_ready(d, r, t);
  d.emit(c.incident, task_begun{t.number});
}

void decide(const complete_task& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "complete_task");
  const task& t = open_task(d, r, c.task, "complete_task");
  check_ready(d, r, t);
  d.emit(c.incident, task_completed{t.number, c.outcome});
}

void decide(const skip_task& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "skip_task");
  const task& t = open_task(d, r, c.task, "skip_task");
  d.emit(c.incident, task_skipped{t.number, c.reason});
}

}  // namespace tocsin::inline v1
