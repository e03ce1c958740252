#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>

#include "incident/fold.hpp"

namespace tocsin::inline v1 {
namespace {

template <class Plan>
void adopt_plan(incident& r, const Plan& e) {
  change_details& change = r.own<change_details>();
  change.change_kind = e.kind;
  change.change_risk = e.risk;
  change.planned_from = e.planned_from;
  change.planned_until = e.planned_until;
}

// An entry may come from anywhere: what it names must be there, or be the next one.
remediation_action& action_of(incident& r, std::uint32_t number) {
  std::vector<remediation_action>& all = r.own<record_remediation_actions>().remediation_actions;
  if (number == all.size() + 1) all.push_back({.number = number});
  if (number >= 1 && number <= all.size()) return all[number - 1];
  throw error(status::corrupt, "journal.unknown_remediation",
              "an event names remediation action " + std::to_string(number) + " of a record that has " +
                  std::to_string(all.size()));
}

}  // namespace

void fold(incident& r, const change_opened& e, const fold_context&) { adopt_plan(r, e); }

void fold(incident& r, const change_planned& e, const fold_context&) { adopt_plan(r, e); }

// Where it is tried again, all tries are one stretch of time, and what came of the one before is no longer its outcome.
void fold(incident& r, const implementation_begun&, const fold_context& c) {
  change_details& change = r.own<change_details>();
  if (!is_set(change.implemented_from)) change.implemented_from = c.at;
  change.implemented_until = no_instant;
  change.change_outcome = change_outcome::unset;
  change.change_notes.clear();  // the journal has them
  change.change_reported_at = no_instant;
  change.change_reported_by = {};
}

void fold(incident& r, const implementation_ended&, const fold_context& c) {
  r.own<change_details>().implemented_until = c.at;
}

void fold(incident& r, const change_reported& e, const fold_context& c) {
  if (e.state) resolve_record(r, e.state, c.at, c.entry.actor);
  change_details& change = r.own<change_details>();
  change.implemented_from = e.implemented_from;
  change.implemented_until = e.implemented_until;
  change.change_outcome = e.outcome;
  change.change_notes = e.notes;
  change.change_reported_at = c.at;
  change.change_reported_by = c.entry.actor;
}

void fold(incident& r, const change_reached& e, const fold_context& c) {
  change_details& change = r.own<change_details>();
  change.change_cascade_after = e.after;
  change.change_cascade_by = e.after ? e.by : person_ref{};
  change.change_cascade_due = e.after ? c.at : no_instant;
}

void fold(incident& r, const remediation_recorded& e, const fold_context& c) {
  remediation_action& action = action_of(r, e.remediation);
  if (!is_set(action.at)) {
    action.by = c.entry.actor;
    action.at = c.at;
  }
  action.kind = e.kind;
  action.item = e.item;
  action.outcome = e.outcome;
  action.evidence = e.evidence;
}

void erase(change_details& change, bool texts) {
  if (texts) change.change_notes.clear();
}

void erase(record_remediation_actions& of, bool texts) {
  if (!texts) return;
  for (remediation_action& action : of.remediation_actions) action.evidence.clear();
}

}  // namespace tocsin::inline v1
