// A task is overdue: all that were due then, in order of number (L10).
#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/task/events.hpp>

namespace tocsin::inline v1 {

void timers(const record_tasks& all, const incident&, timer_visitor visit) {
  for (const task& t : all.tasks) {
    if (is_set(t.due_at) && is_open(t.state) && !t.overdue) visit(timer_kind::task_due, t.due_at);
  }
}

void say_overdue(deciding& d, const incident& record, const timer& fired) {
  for (const task& t : tasks_of(record)) {
    if (t.due_at != fired.due || !is_open(t.state) || t.overdue) continue;
    d.emit({record.id}, task_overdue{t.number});
    const team_ref team = t.team || t.owner ? t.team : record.team;
    const person_ref person = t.team || t.owner ? t.owner : record.assignee;
    if (team || person) {
      d.notify(record, work_notice{work_notice_cause::task_overdue, t.number, team, person});
    }
  }
}

}  // namespace tocsin::inline v1
