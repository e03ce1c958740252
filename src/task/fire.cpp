// A task is overdue: all that were due then, in order of number (L10).
#include "fire.hpp"

#include <tocsin/incident/events.hpp>
#include <tocsin/task/events.hpp>

namespace tocsin::inline v1 {

namespace {

template <class Body>
void emit(const incident& record, Body body, std::vector<event>& events) {
  events.emplace_back(record_ref{record.id}, std::uint64_t{0}, std::move(body));
}

template <class Effect>
void notify(const incident& record, Effect effect, std::vector<event>& events) {
  if (!record.retrospective) emit(record, std::move(effect), events);
}

}  // namespace

void timers(const record_tasks& all, const incident&, timer_visitor visit) {
  for (const task& t : all.tasks) {
    if (is_set(t.due_at) && is_open(t.state) && !t.overdue) visit(timer_kind::task_due, t.due_at);
  }
}

void say_overdue(const timer& fired, const incident& record, const decision&, std::vector<event>& events) {
  for (const task& t : tasks_of(record)) {
    if (t.due_at != fired.due || !is_open(t.state) || t.overdue) continue;
    emit(record, task_overdue{t.number}, events);
    const team_ref team = t.team || t.owner ? t.team : record.team;
    const person_ref person = t.team || t.owner ? t.owner : record.assignee;
    if (team || person) {
      notify(record, work_notice{work_notice_cause::task_overdue, t.number, team, person}, events);
    }
  }
}

}  // namespace tocsin::inline v1
