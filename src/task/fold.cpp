#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/task/events.hpp>

namespace tocsin::inline v1 {
namespace {

task& own_task(incident& record, std::uint32_t number) {
  std::vector<task>& tasks = record.own<record_tasks>().tasks;
  if (number != 0 && number <= tasks.size()) return tasks[number - 1];
  throw error(status::corrupt, "task.unknown", "the record has no task " + std::to_string(number));
}

void end_task(incident& record, std::uint32_t number, task_state state, instant at) {
  task& t = own_task(record, number);
  t.state = state;
  t.ended_at = at;
}

}  // namespace

void fold(incident& record, const task_added& e, const fold_context&) {
  task& t = record.own<record_tasks>().tasks.emplace_back();
  t.number = e.task;
  t.state = task_state::open;
  t.title = e.title;
  t.description = e.description;
  t.owner = e.owner;
  t.team = e.team;
  t.due_at = e.due_at;
  t.blocking = e.blocking;
  t.depends_on = e.depends_on;
  t.diagnosis = e.diagnosis;
  t.skills = e.skills;
}

void fold(incident& record, const task_changed& e, const fold_context&) {
  task& t = own_task(record, e.task);
  t.title = e.title;
  if (!e.description.empty()) t.description = e.description;
  t.owner = e.owner;
  t.team = e.team;
  if (e.due_at != t.due_at) t.overdue = false;
  t.due_at = e.due_at;
  t.blocking = e.blocking;
  t.depends_on = e.depends_on;
  t.diagnosis = e.diagnosis;
  t.skills = e.skills;
  t.owner_role = e.owner_role;
}

void fold(incident& record, const task_given& e, const fold_context&) {
  task& t = own_task(record, e.task);
  t.owner = e.owner;
  t.owner_role = e.role;
}

void fold(incident& record, const task_begun& e, const fold_context& c) {
  task& t = own_task(record, e.task);
  t.state = task_state::begun;
  t.begun_at = c.at;
}

void fold(incident& record, const task_completed& e, const fold_context& c) {
  end_task(record, e.task, task_state::completed, c.at);
}

void fold(incident& record, const task_skipped& e, const fold_context& c) {
  end_task(record, e.task, task_state::skipped, c.at);
}

void fold(incident& record, const task_overdue& e, const fold_context&) { own_task(record, e.task).overdue = true; }

void fold(incident& record, const tasks_ended& e, const fold_context& c) {
  for (const std::uint32_t number : e.tasks) end_task(record, number, e.state, c.at);
}

void erase(record_tasks& all, bool texts) {
  for (task& t : all.tasks) {
    t.description.clear();
    if (texts) t.title.clear();
  }
}

}  // namespace tocsin::inline v1
