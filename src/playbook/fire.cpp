#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/playbook/events.hpp>

namespace tocsin::inline v1 {
namespace {

bool may_become_overdue(const playbook_run& run, const playbook_run_step& step) {
  return run.state == playbook_run_state::active && !is_settled(step.state) && is_set(step.due_at) && !step.overdue;
}

// A step of a role that nobody holds, and one of no role and no team, is for whoever has the record.
step_overdue telling(const incident& record, const playbook_run& run, const playbook_run_step& step) {
  step_overdue e{run.run, step.step, step.due_at, step.role, {}, step.team};
  const auto* const major = record.part<record_major_incident>();
  const role_holding* const holder = major ? find_holder(major->response_roles, step.role) : nullptr;
  if (holder) {
    e.person = holder->person;
  } else if (!step.team) {
    e.person = record.assignee;
    e.team = record.team;
  }
  return e;
}

}  // namespace

void timers(const record_playbook_runs& part, const incident& record, timer_visitor visit) {
  if (is_final(record.state_kind) || record.retrospective) return;
  for (const playbook_run& run : part.playbook_runs) {
    for (const playbook_run_step& step : run.steps) {
      if (may_become_overdue(run, step)) visit(timer_kind::playbook_step_due, step.due_at);
    }
  }
}

void say_steps_overdue(deciding& d, const incident& record, const timer& fired) {
  for (const playbook_run& run : playbook_runs_of(record)) {
    for (const playbook_run_step& step : run.steps) {
      if (step.due_at != fired.due || !may_become_overdue(run, step)) continue;
      if (d.events.size() == limits::steps_overdue_at_once_max) return;  // the others in another entry
      d.emit({record.id}, telling(record, run, step));
    }
  }
}

}  // namespace tocsin::inline v1
