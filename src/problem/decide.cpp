// Problems: logging, causes and what speaks for them, what those who work on the incidents are told, accepted risks, and
// known errors that are raised from them (P1, P2, P5, R-P12).
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/knowledge/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/events.hpp>

#include "desk/follow.hpp"
#include "incident/decide.hpp"
#include "link/decide.hpp"
#include "problem/decide_incidents.hpp"
#include "workflow/decide_move.hpp"

#include <algorithm>
#include <unordered_set>

namespace tocsin::inline v1 {
namespace {

const incident& problem_of(deciding& d, record_ref ref, std::string_view what) {
  const incident& r = d.open_or_resolved(ref, what);
  if (r.part<record_problem>()) return r;
  throw error(status::failed_precondition, "problem.none", d.name_of(r) + " is not a problem");
}

void check_cause(deciding& d, const incident& r, std::uint32_t cause) {
  const std::size_t count = causes_of(r).size();
  if (cause <= count) return;
  throw error(status::not_found, "problem.unknown_cause",
              d.name_of(r) + " has no cause " + std::to_string(cause) + ", it has " + std::to_string(count));
}

std::string joined_texts(const incident& problem, const std::vector<std::uint32_t>& causes) {
  std::string text;
  for (const std::uint32_t number : causes) text += (text.empty() ? "" : "\n") + causes_of(problem)[number - 1].text;
  return text;
}

// ---- accepting a risk

std::string names_of(const deciding& d, const std::vector<incident_ptr>& records) {
  constexpr std::size_t named_max = 10;
  std::string names;
  for (std::size_t i = 0; i < records.size() && i < named_max; ++i) {
    names += (i == 0 ? "" : ", ") + d.name_of(*records[i]);
  }
  if (records.size() > named_max) names += " and " + std::to_string(records.size() - named_max) + " more";
  return names;
}

bool has_code_where_it_resolves(stranded_outcome outcome, resolution_code_ref code) {
  return (outcome == stranded_outcome::resolve) == static_cast<bool>(code);
}

// Each incident that awaits the problem has a decision, and no other has one of its own.
void check_decisions(deciding& d, const incident& problem, const accept_risk& c) {
  std::vector<incident_ptr> undecided = awaiting(d.given, problem).may_be_moved;
  std::unordered_set<std::uint64_t> named;
  bool codes = has_code_where_it_resolves(c.outcome, c.code);
  for (const stranded_decision& one : c.decisions) {
    const incident_ptr record = d.other_record(one.incident);
    codes = codes && one.outcome != stranded_outcome::unset && has_code_where_it_resolves(one.outcome, one.code);
    if (!named.insert(one.incident.id).second) {
      d.against.add("problem.decided_twice", d.name_of(*record) + " has more than one decision");
      continue;
    }
    const bool awaited = std::erase_if(undecided, [&](const incident_ptr& r) { return r->id == one.incident.id; }) == 1;
    d.against.unless(awaited, "problem.not_awaiting", d.name_of(*record) + " does not await " + d.name_of(problem));
  }
  d.against.unless(codes, "problem.decision_code",
                   "a decision has an outcome; to resolve an incident it has a code, to resume it none");
  if (undecided.empty() || c.outcome != stranded_outcome::unset) return;
  d.against.add("problem.undecided", names_of(d, undecided) + (undecided.size() == 1 ? " awaits" : " await") +
                                         " it; say by `outcome` or `decisions` what becomes of that");
}

void carry_out(deciding& d, const accept_risk& c, const stranded_decision& one) {
  const incident_ptr record = d.other_record(one.incident);
  follower moves(*record, d.given, d.events);
  if (one.outcome == stranded_outcome::resume) return moves.resume(move_cause::problem);
  const std::string& notes = one.notes.empty() ? c.reason : one.notes;
  // Refused, the wait ends nevertheless, so that somebody looks at it.
  if (!moves.resolve(one.code, notes, false, move_cause::problem)) moves.resume(move_cause::problem);
}

}  // namespace

void plausible_known_error(const incident& problem, plausible_commands& to) {
  raise_known_error asked;
  asked.problem = {problem.id};
  asked.symptoms = "x";
  to.commands.emplace_back(std::move(asked));
}

void decide(const log_problem& c, deciding& d) {
  d.refused = "log_problem";
  d.refused_name = '"' + c.title + '"';
  check_in_use(d, c.category, c.service, c.team);
  log_incident asked;
  asked.title = c.title;
  asked.description = c.description;
  asked.category = c.category;
  asked.service = c.service;
  asked.impact = c.impact;
  asked.urgency = c.urgency;
  asked.team = c.team;
  asked.assignee = c.assignee;
  asked.external_key = c.external_key;
  asked.type = auxiliary_type(d.state, problem_type);
  const record_ref record = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type));
  d.emit(record, problem_opened{c.origin == problem_origin::unset ? problem_origin::reactive : c.origin, {}});
  assign_at_once(d, record, asked);
  for (const record_ref one : c.incidents) link_cause(d, *d.other_record(one), record);
}

void decide(const state_cause& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "state_cause");
  d.refuse_as("state_cause", r);
  check_cause(d, r, c.cause);
  std::vector<problem_cause> causes = causes_of(r);
  d.against.unless(c.cause != 0 || causes.size() < limits::causes_max, "problem.too_many",
                   "a problem has at most " + std::to_string(limits::causes_max) + " causes");
  const auto number = c.cause != 0 ? c.cause : static_cast<std::uint32_t>(causes.size() + 1);
  if (c.cause == 0) causes.push_back({.number = number});
  problem_cause& cause = causes[number - 1];
  cause_stated e{number, c.text, c.explains.empty() ? std::vector{explained_cause{}} : c.explains};
  for (explained_cause& one : e.explains) {
    if (one.role == cause_role::unset) one.role = cause_role::why;
  }
  d.against.unless(c.cause == 0 || cause.text != e.text || !(cause.explains == e.explains), "problem.unchanged",
                   "it is stated like that already");
  cause.text = e.text;
  cause.explains = e.explains;
  for (std::string& finding : lint_explanations(causes)) d.against.add("problem.causes", std::move(finding));
  d.emit(c.problem, std::move(e));
}

void decide(const add_cause_evidence& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "add_cause_evidence");
  d.refuse_as("add_cause_evidence", r);
  check_cause(d, r, c.cause);
  d.against.unless(causes_of(r)[c.cause - 1].evidence.size() < limits::cause_evidence_max, "problem.too_many",
                   "a cause has at most " + std::to_string(limits::cause_evidence_max) + " pieces of evidence");
  const evidence_weight weight = c.weight == evidence_weight::unset ? evidence_weight::supports : c.weight;
  d.emit(c.problem, cause_evidence_added{c.cause, c.text, weight});
}

void decide(const decide_cause& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "decide_cause");
  d.refuse_as("decide_cause", r);
  check_cause(d, r, c.cause);
  const problem_cause& cause = causes_of(r)[c.cause - 1];
  d.against.unless(cause.status != c.status || cause.reason != c.reason, "problem.unchanged",
                   "cause " + std::to_string(c.cause) + " is that already");
  const bool is_grounded = c.status == cause_status::hypothesis || !c.reason.empty() || !cause.evidence.empty();
  d.against.unless(is_grounded, "problem.no_evidence", "what is confirmed or ruled out has a reason or evidence");
  d.emit(c.problem, cause_decided{c.cause, c.status, c.reason});
}

void decide(const add_diagnostic_action& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "add_diagnostic_action");
  d.refuse_as("add_diagnostic_action", r);
  check_cause(d, r, c.cause);
  d.against.unless(r.part<record_problem>()->diagnostic_actions.size() < limits::diagnostic_actions_max,
                   "problem.too_many",
                   "a problem has at most " + std::to_string(limits::diagnostic_actions_max) + " diagnostic actions");
  d.emit(c.problem, diagnostic_action_added{c.text, c.result, c.cause});
}

void decide(const communicate_workaround& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "communicate_workaround");
  d.refuse_as("communicate_workaround", r);
  d.emit(c.problem, workaround_communicated{c.text});
}

void decide(const communicate_fix& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "communicate_fix");
  d.refuse_as("communicate_fix", r);
  d.emit(c.problem, fix_communicated{c.text});
}

void decide(const accept_risk& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "accept_risk");
  const workflow_move& m = make_move(d, r, verb::accept_risk, &c);
  d.refuse_as("accept_risk", r);
  d.against.unless(c.review_at > d.given.recorded_at, "problem.review_passed", "review_at has passed already");
  check_decisions(d, r, c);
  if (!d.against.empty()) return;
  d.emit(c.problem, risk_accepted{c.reason, c.review_at, c.outcome, c.code, m.to, m.to_kind});
  for (const stranded_decision& one : c.decisions) carry_out(d, c, one);
}

void decide(const raise_known_error& c, deciding& d) {
  const incident& r = problem_of(d, c.problem, "raise_known_error");
  d.refuse_as("raise_known_error", r);
  const record_problem& problem = *r.part<record_problem>();
  const std::vector<std::uint32_t> roots = root_causes(problem.causes);
  d.against.unless(!roots.empty(), "problem.cause_unknown",
                   "its root cause is not known; state_cause and decide_cause say what it is");
  const incident_ptr raised = problem.known_error ? d.other_record(problem.known_error) : nullptr;
  d.against.unless(
      !raised || !is_open(raised->state_kind), "problem.known_error",
      (raised ? d.name_of(*raised) : std::string()) + " was raised from it; revise_known_error changes it");
  d.against.unless(!is_set(c.valid_until) || c.valid_until > d.given.recorded_at, "known_error.over",
                   "`valid_until` has passed");
  if (!d.against.empty()) return;
  log_incident asked;
  asked.title = r.text->title;
  asked.category = r.category;
  asked.type = auxiliary_type(d.state, known_error_type);
  const record_ref known = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type));
  known_error_published e;
  e.revision = 1;
  e.title = r.text->title;
  e.symptoms = c.symptoms;
  e.cause = joined_texts(r, roots);
  e.workaround = c.workaround.empty() ? problem.communicated_workaround : c.workaround;
  e.solution = c.solution;
  e.error_codes = c.error_codes;
  e.category = r.category;
  if (r.service) e.affected_services = {r.service};
  e.affected_versions = c.affected_versions;
  e.valid_until = c.valid_until;
  e.review_at = c.review_at;
  d.emit(known, std::move(e));
  restrict_like(d, r, known);
  d.emit(known, records_linked{link_kind::caused_by, c.problem, {}, {}, {}});
  d.emit(c.problem, records_linked{link_kind::cause_of, known, {}, {}, {}});
  d.emit(c.problem, known_error_raised{known});
}

}  // namespace tocsin::inline v1
