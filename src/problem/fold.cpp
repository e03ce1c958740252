#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>

#include "incident/fold.hpp"

#include <algorithm>
#include <unordered_set>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: what it names must be there.
problem_cause& cause_of(incident& r, std::uint32_t number) {
  std::vector<problem_cause>& causes = r.own<record_problem>().causes;
  if (number >= 1 && number <= causes.size()) return causes[number - 1];
  throw error(
      status::corrupt, "journal.unknown_cause",
      "an event names cause " + std::to_string(number) + " of a problem that has " + std::to_string(causes.size()));
}

// Where the causes are in order as they are then.
void check_causes(const record_problem& problem) {
  const std::vector<std::string> findings = lint_explanations(problem.causes);
  if (findings.empty()) return;
  throw error(status::corrupt, "journal.causes", "an event makes causes that cannot be: " + findings.front());
}

void add_groups(std::vector<recurrence_group>& to, const std::vector<recurrence_group>& groups) {
  for (const recurrence_group& one : groups) {
    if (std::ranges::find(to, one) == to.end()) to.push_back(one);
  }
}

void add_incidents(std::vector<record_ref>& to, const std::vector<record_ref>& incidents) {
  std::unordered_set<std::uint64_t> there;
  for (const record_ref one : to) there.insert(one.id);
  for (const record_ref one : incidents) {
    if (there.insert(one.id).second) to.push_back(one);
  }
}

}  // namespace

void fold(incident& r, const problem_opened& e, const fold_context&) {
  record_problem& problem = r.own<record_problem>();
  problem.origin = e.origin;
  problem.stands_for = e.stands_for;
}

void fold(incident& r, const cause_stated& e, const fold_context& c) {
  record_problem& problem = r.own<record_problem>();
  if (e.cause == problem.causes.size() + 1) {
    problem.causes.push_back({.number = e.cause, .stated_by = c.entry.actor, .stated_at = c.at});
  }
  problem_cause& cause = cause_of(r, e.cause);
  cause.text = e.text;
  cause.explains = e.explains;
  check_causes(problem);
}

void fold(incident& r, const cause_evidence_added& e, const fold_context& c) {
  cause_of(r, e.cause).evidence.push_back({e.text, e.weight, c.entry.actor, c.at});
}

void fold(incident& r, const cause_decided& e, const fold_context& c) {
  problem_cause& cause = cause_of(r, e.cause);
  cause.status = e.status;
  cause.reason = e.reason;
  const bool is_decided = e.status != cause_status::hypothesis;
  cause.decided_by = is_decided ? c.entry.actor : person_ref{};
  cause.decided_at = is_decided ? c.at : no_instant;
}

void fold(incident& r, const diagnostic_action_added& e, const fold_context& c) {
  if (e.cause != 0) cause_of(r, e.cause);
  r.own<record_problem>().diagnostic_actions.push_back({e.text, e.result, e.cause, c.entry.actor, c.at});
}

void fold(incident& r, const workaround_communicated& e, const fold_context& c) {
  record_problem& problem = r.own<record_problem>();
  problem.communicated_workaround = e.text;
  problem.communicated_at = c.at;
}

void fold(incident& r, const fix_communicated& e, const fold_context&) {
  r.own<record_problem>().communicated_fix = e.text;
}

void fold(incident& r, const incidents_reached& e, const fold_context& c) {
  record_problem& problem = r.own<record_problem>();
  problem.cascade_after = e.after;
  problem.cascade_outcome = e.after ? e.outcome : problem_outcome::unset;
  problem.cascade_by = e.after ? e.by : person_ref{};
  problem.cascade_due = e.after ? c.at : no_instant;
}

void fold(incident& r, const risk_accepted& e, const fold_context& c) {
  resolve_record(r, e.state, c.at, c.entry.actor);
  record_problem& problem = r.own<record_problem>();
  problem.accepted_because = e.reason;
  problem.accepted_by = c.entry.actor;
  problem.accepted_at = c.at;
  problem.risk_review_at = e.review_at;
  problem.accepted_outcome = e.outcome;
  problem.accepted_code = e.code;
}

// It is due once.
void fold(incident& r, const risk_review_due&, const fold_context&) {
  r.own<record_problem>().risk_review_at = no_instant;
}

void fold(incident& r, const known_error_raised& e, const fold_context&) {
  r.own<record_problem>().known_error = e.known_error;
}

void fold(incident& r, const problem_proposed& e, const fold_context&) {
  record_problem_proposal& proposal = r.own<record_problem_proposal>();
  proposal.groups = {{e.rule, e.group}};
  proposal.proposed_count = static_cast<std::uint32_t>(e.incidents.size());
  proposal.incidents = e.incidents;
  proposal.words = e.words;
  proposal.confidence_count = e.confidence_count;
  proposal.confidence_burst = e.confidence_burst;
  proposal.confidence_text = e.confidence_text;
  proposal.confidence_grouping = e.confidence_grouping;
  proposal.confidence = e.confidence_count + e.confidence_burst + e.confidence_text + e.confidence_grouping;
}

void fold(incident& r, const proposal_joined& e, const fold_context&) {
  add_incidents(r.own<record_problem_proposal>().incidents, {e.incident});
}

void fold(incident& r, const proposal_decided& e, const fold_context& c) {
  end_record(r, e.state, e.state_kind, c.at);
  record_problem_proposal& proposal = r.own<record_problem_proposal>();
  proposal.became = e.became;
  proposal.reason = e.reason;
  proposal.decided_at = c.at;
  proposal.decided_by = c.entry.actor;
}

void fold(incident& r, const groups_taken_over& e, const fold_context&) {
  if (!r.part<record_problem_proposal>()) return add_groups(r.own<record_problem>().stands_for, e.groups);
  record_problem_proposal& proposal = r.own<record_problem_proposal>();
  add_groups(proposal.groups, e.groups);
  add_incidents(proposal.incidents, e.incidents);
}

void erase(record_problem& p, bool texts) {
  if (!texts) return;
  p.communicated_workaround.clear();
  p.communicated_fix.clear();
  p.accepted_because.clear();
  for (recurrence_group& one : p.stands_for) one.group.clear();
  for (problem_cause& cause : p.causes) {
    cause.text.clear();
    cause.reason.clear();
    for (cause_evidence& one : cause.evidence) one.text.clear();
  }
  for (diagnostic_action& action : p.diagnostic_actions) {
    action.text.clear();
    action.result.clear();
  }
}

void erase(record_problem_proposal& p, bool texts) {
  if (!texts) return;
  p.words.clear();
  p.reason.clear();
  for (recurrence_group& one : p.groups) one.group.clear();
}

}  // namespace tocsin::inline v1
