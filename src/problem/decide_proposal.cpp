// What becomes of a proposal that there is a problem: it is accepted, rejected, or merged into another or a problem (P4).
#include "decide.hpp"

#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/problem/events.hpp>

#include "incident/decide.hpp"
#include "problem/decide_incidents.hpp"
#include "workflow/decide_move.hpp"

namespace tocsin::inline v1 {
namespace {

const incident& proposal_of(deciding& d, record_ref ref, std::string_view what) {
  const incident& r = d.record_of(ref);
  d.refuse_as(what, r);
  if (r.part<record_problem_proposal>()) return r;
  throw error(status::failed_precondition, "proposal.none", d.name_of(r) + " is not a proposed problem");
}

// The move that the verb means for it. Its guards see nothing of the command.
const workflow_move& move_of(deciding& d, const incident& r, verb v, std::string_view what) {
  const workflow_move& m = make_move(d, r, v, nullptr);
  d.refuse_as(what, r);
  return m;
}

// Those that are still there.
void link_incidents(deciding& d, const record_problem_proposal& proposal, record_ref problem) {
  for (const record_ref one : proposal.incidents) {
    if (const incident_ptr record = d.given.records.find(one)) link_cause(d, *record, problem);
  }
}

}  // namespace

void decide(const accept_proposal& c, deciding& d) {
  const incident& r = proposal_of(d, c.proposal, "accept_proposal");
  const workflow_move& m = move_of(d, r, verb::close, "accept_proposal");
  check_in_use(d, {}, {}, c.team);
  if (!d.against.empty()) return;
  const record_problem_proposal& proposal = *r.part<record_problem_proposal>();
  log_incident asked;
  asked.title = c.title.empty() ? r.text->title : c.title;
  asked.category = r.category;
  asked.service = r.service;
  asked.team = c.team;
  asked.assignee = c.assignee;
  asked.type = auxiliary_type(d.state, problem_type);
  const record_ref problem = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type));
  d.emit(problem, problem_opened{problem_origin::proactive, proposal.groups});
  assign_at_once(d, problem, asked);
  link_incidents(d, proposal, problem);
  d.emit(c.proposal, proposal_decided{proposal_outcome::accepted, problem, {}, m.to, m.to_kind});
}

void decide(const reject_proposal& c, deciding& d) {
  const incident& r = proposal_of(d, c.proposal, "reject_proposal");
  const workflow_move& m = move_of(d, r, verb::cancel, "reject_proposal");
  d.emit(c.proposal, proposal_decided{proposal_outcome::rejected, {}, c.reason, m.to, m.to_kind});
}

void decide(const merge_proposal& c, deciding& d) {
  const incident& r = proposal_of(d, c.proposal, "merge_proposal");
  const workflow_move& m = move_of(d, r, verb::mark_duplicate, "merge_proposal");
  const incident_ptr into = d.other_record(c.into);
  const bool is_problem = into->part<record_problem>() != nullptr;
  d.against.unless(is_problem || into->part<record_problem_proposal>(), "proposal.into",
                   d.name_of(*into) + " is neither a problem nor a proposed one");
  d.against.unless(into->id != r.id, "proposal.itself", "it would be merged into itself");
  d.against.unless(is_open(into->state_kind), "proposal.into_ended",
                   d.name_of(*into) + " is " + d.state_name(*into) + ", not open");
  if (!d.against.empty()) return;
  const record_problem_proposal& proposal = *r.part<record_problem_proposal>();
  d.emit(c.into, groups_taken_over{proposal.groups, is_problem ? std::vector<record_ref>() : proposal.incidents});
  if (is_problem) link_incidents(d, proposal, c.into);
  d.emit(c.proposal, proposal_decided{proposal_outcome::merged, c.into, {}, m.to, m.to_kind});
}

}  // namespace tocsin::inline v1
