#include "fire.hpp"

#include <tocsin/communication/communication_policy.hpp>
#include <tocsin/communication/events.hpp>
#include <tocsin/desk/deciding.hpp>
#include <tocsin/major_incident/major_incident.hpp>

#include "communication/decide.hpp"

namespace tocsin::inline v1 {
namespace {

// Of those with that instant, the one whose audience comes first by key.
const audience_cadence* first_at(const record_communication& part, instant audience_cadence::* of, instant at) {
  const audience_cadence* first = nullptr;
  for (const audience_cadence& one : part.audience_cadences) {
    if (one.*of == at && (!first || one.audience < first->audience)) first = &one;
  }
  return first;
}

// Whoever has the role of the policy; else whoever commands, else the assignee.
template <class Effect>
void name_owner(const desk_state& state, const incident& record, Effect& e) {
  e.team = record.team;
  const communication_policy* const policy = communication_policy_of(state);
  const std::string role(policy && !policy->owner_role.empty() ? policy->owner_role : communication_role);
  const std::vector<role_holding>& held = record.part_or_empty<record_major_incident>().response_roles;
  const role_holding* owner = find_holder(held, role);
  if (!owner) owner = find_holder(held, incident_commander);
  if (!owner) return void(e.person = record.assignee);
  e.role = owner->role;
  e.person = owner->person;
}

}  // namespace

void timers(const record_communication& part, const incident& record, timer_visitor visit) {
  if (!is_open(record.state_kind)) return;
  for (const audience_cadence& one : part.audience_cadences) {
    if (is_set(one.due_at)) visit(timer_kind::audience_update_due, one.due_at);
    if (is_set(one.remind_at)) visit(timer_kind::audience_update_reminder, one.remind_at);
  }
}

void say_audience_update_due(deciding& d, const incident& record, const timer& fired) {
  const audience_cadence* const near =
      first_at(*record.part<record_communication>(), &audience_cadence::remind_at, fired.due);
  if (!near) return;
  audience_update_due e;
  e.audience = near->audience;
  e.due_at = near->due_at;
  name_owner(d.state, record, e);
  d.emit({record.id}, std::move(e));
}

// The next one is due as if this one had been there in time, however late the host is: the cadence never drifts.
void say_audience_update_overdue(deciding& d, const incident& record, const timer& fired) {
  const audience_cadence* const late =
      first_at(*record.part<record_communication>(), &audience_cadence::due_at, fired.due);
  if (!late) return;
  audience_update_overdue e;
  e.audience = late->audience;
  e.due_at = fired.due;
  e.next_due_at = fired.due + late->every;
  e.remind_at = reminder_of(communication_policy_of(d.state), late->audience, e.next_due_at);
  e.missed = late->missed + 1;
  name_owner(d.state, record, e);
  d.emit({record.id}, std::move(e));
}

}  // namespace tocsin::inline v1
