#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/model/incident.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

record_major_incident& own_part(incident& r) { return r.own<record_major_incident>(); }

record_major_incident& enter(incident& r, major_state state, const fold_context& c) {
  record_major_incident& part = own_part(r);
  part.major_state = state;
  part.major_since = c.at;
  part.major_by = c.entry.actor;
  return part;
}

// An entry may come from anywhere: whoever gives up a role must have it.
role_holding& held_role(incident& r, std::string_view role, person_ref person) {
  for (role_holding& one : own_part(r).response_roles) {
    if (one.role == role && one.person == person && goes_on(one)) return one;
  }
  throw error(status::corrupt, "journal.role_not_held",
              "an event ends the role " + std::string(role) + " of somebody who does not have it");
}

void stop_updates(record_major_incident& part) {
  part.update_every = {};
  part.update_due_at = no_instant;
}

void end_response(record_major_incident& part, instant at) {
  for (role_holding& one : part.response_roles) {
    if (goes_on(one)) one.until = at;
  }
  for (room_stay& one : part.room_stays) {
    if (!is_set(one.until)) one.until = at;
  }
  stop_updates(part);
}

}  // namespace

void fold(incident& r, const major_incident_proposed& e, const fold_context& c) {
  record_major_incident& part = enter(r, major_state::proposed, c);
  if (!e.rule.empty() || e.run != 0) part.major_by = {};
  part.major_reason = e.reason;
  part.major_rule = e.rule;
}

void fold(incident& r, const major_incident_accepted&, const fold_context& c) {
  record_major_incident& part = enter(r, major_state::accepted, c);
  part.updates_missed = 0;
}

void fold(incident& r, const major_incident_rejected& e, const fold_context& c) {
  record_major_incident& part = enter(r, major_state::rejected, c);
  part.major_reason = e.reason;
  part.major_rule = e.rule;
}

void fold(incident& r, const major_incident_demoted& e, const fold_context& c) {
  record_major_incident& part = enter(r, major_state::demoted, c);
  part.major_reason = e.reason;
  part.major_rule = e.rule;
  end_response(part, c.at);
}

// Who set the first one is not known: it had that before anybody asked.
void fold(incident& r, const major_severity_noted& e, const fold_context& c) {
  std::vector<severity_change>& all = own_part(r).severity_history;
  all.push_back({e.severity, c.at, all.empty() ? person_ref{} : c.entry.actor});
}

void fold(incident& r, const role_assumed& e, const fold_context& c) {
  std::vector<role_holding>& held = own_part(r).response_roles;
  if (e.role == incident_commander && find_holder(held, e.role)) {
    throw error(status::corrupt, "journal.two_commanders", "an event makes a second commander");
  }
  held.push_back({.role = e.role, .person = e.person, .from = c.at, .reports_to = e.reports_to});
}

void fold(incident& r, const role_relinquished& e, const fold_context& c) {
  held_role(r, e.role, e.person).until = c.at;
}

void fold(incident& r, const command_transferred& e, const fold_context& c) {
  role_holding& before = held_role(r, incident_commander, e.from);
  before.until = c.at;
  role_holding now = before;
  now.person = e.to;
  now.from = c.at;
  now.until = no_instant;
  own_part(r).response_roles.push_back(std::move(now));
}

void fold(incident& r, const decision_logged& e, const fold_context& c) {
  own_part(r).response_decisions.push_back(
      {e.decision, e.text, e.options, e.chosen, e.reason, e.data_seen, e.decider, c.at});
}

void fold(incident& r, const action_logged& e, const fold_context& c) {
  own_part(r).response_actions.push_back({e.action, e.kind, e.text, e.by, e.began_at, e.ended_at, c.at});
}

void fold(incident& r, const situation_room_opened& e, const fold_context& c) {
  record_major_incident& part = own_part(r);
  part.room_reference = e.reference;
  part.room_opened_at = c.at;
}

void fold(incident& r, const room_joined& e, const fold_context& c) {
  own_part(r).room_stays.push_back({e.person, c.at, no_instant});
}

void fold(incident& r, const room_left& e, const fold_context& c) {
  for (room_stay& one : own_part(r).room_stays) {
    if (one.person == e.person && !is_set(one.until)) return void(one.until = c.at);
  }
  throw error(status::corrupt, "journal.not_in_room", "an event ends the stay of somebody who is not there");
}

void fold(incident& r, const update_scheduled& e, const fold_context&) {
  record_major_incident& part = own_part(r);
  part.update_every = e.every;
  part.update_due_at = e.due_at;
  if (is_set(e.since)) part.last_update_at = e.since;
}

void fold(incident& r, const update_overdue& e, const fold_context&) {
  record_major_incident& part = own_part(r);
  part.update_due_at = e.next_due_at;
  part.updates_missed = e.missed;
}

void erase(record_major_incident& p, bool texts) {
  if (!texts) return;
  p.major_reason.clear();
  p.room_reference.clear();
  for (response_decision& one : p.response_decisions) {
    one.text.clear();
    one.options.clear();
    one.chosen.clear();
    one.reason.clear();
    one.data_seen.clear();
  }
  for (response_action& one : p.response_actions) one.text.clear();
}

}  // namespace tocsin::inline v1
