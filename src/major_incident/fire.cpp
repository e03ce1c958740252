#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>
#include <tocsin/major_incident/events.hpp>

namespace tocsin::inline v1 {
namespace {

// Whoever communicates; else whoever commands.
const role_holding* teller_of(const record_major_incident& part) {
  const role_holding* communicates = find_holder(part.response_roles, communication_role);
  return communicates ? communicates : find_holder(part.response_roles, incident_commander);
}

}  // namespace

void timers(const record_major_incident& part, const incident& record, timer_visitor visit) {
  const bool runs = is_major(&part) && is_open(record.state_kind) && is_set(part.update_due_at);
  if (runs) visit(timer_kind::major_update_due, part.update_due_at);
}

// The next one is due as if this one had been there in time, however late the host is: the cadence never drifts.
void say_update_overdue(deciding& d, const incident& record, const timer& fired) {
  const record_major_incident& part = *record.part<record_major_incident>();
  update_overdue e;
  e.due_at = fired.due;
  e.next_due_at = fired.due + part.update_every;
  e.missed = part.updates_missed + 1;
  if (const role_holding* teller = teller_of(part)) {
    e.role = teller->role;
    e.person = teller->person;
  }
  e.team = record.team;
  d.emit({record.id}, std::move(e));
}

}  // namespace tocsin::inline v1
