// Somebody else than its authors approves a review before it is published, or says what is to be changed first (R-P21).
#include "decide.hpp"

#include <tocsin/incident/events.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/review/review_policy.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const record_review& part_of(const incident& review) { return *review.part<record_review>(); }

bool may_approve(const desk_state& state, person_ref who) {
  const compiled_review_policy* const policy = review_policy_of(state);
  if (who.index <= host_person.index || !policy || !names_approvers(policy->definition)) return true;
  const std::string_view key = state.words.word(word_kind::person, who.index);
  if (std::ranges::find(policy->definition.approvers, key) != policy->definition.approvers.end()) return true;
  return std::ranges::any_of(policy->definition.approver_teams, [&](const std::string& name) {
    const team* const known = state.definitions.of<team>().current(state.words.find(word_kind::team, name));
    return known && !known->retired && std::ranges::find(known->members, key) != known->members.end();
  });
}

// Of a review that waits for that. Whoever may approve it may return it.
void check_approver(deciding& d, const incident& r) {
  const person_ref actor = d.given.actor;
  d.against.unless(is_open(r.state_kind), "review.published", "it is " + d.state_name(r) + ", not an open one");
  d.against.unless(!is_author(r, actor), "review.own_review",
                   d.person_name(actor) + " has it or wrote it, and somebody else must approve it");
  d.against.unless(may_approve(d.state, actor), "review.not_approver",
                   d.person_name(actor) + " is not among those who approve reviews");
}

void check_approval(deciding& d, const incident& r, bool met, std::string_view allowed) {
  const review_approval now = part_of(r).review_approval;
  const bool is_needed = now != review_approval::unset;
  d.against.unless(is_needed, "review.no_approval", "nobody has to approve it");
  if (!is_needed) return;
  d.against.unless(met, "review.approval_state",
                   "its approval is " + std::string(choices(now)[static_cast<std::size_t>(now) - 1]) + ", allowed is " +
                       std::string(allowed));
}

void tell(deciding& d, const incident& r, work_notice_cause cause) {
  if (r.assignee || r.team) d.notify(r, work_notice{cause, 0, r.team, r.assignee});
}

}  // namespace

void plausible_review_approval(const incident& record, plausible_commands& to) {
  to.commands.push_back(approve_review{{record.id}});
}

void plausible_review_return(const incident& record, plausible_commands& to) {
  to.commands.push_back(return_review{{record.id}, "x"});
}

// What is approved is whole: a section that is written later ends the approval.
void decide(const approve_review& c, deciding& d) {
  const incident& r = review_of(d, c.review, "approve_review");
  check_approval(d, r, awaits_approval(r), "awaited or returned");
  check_approver(d, r);
  for (const std::string& what : unmet_of_review(r, state_kind::resolved))
    d.against.add("review.section_missing", what);
  d.emit(c.review, review_approved{});
  tell(d, r, work_notice_cause::review_approved);
}

void decide(const return_review& c, deciding& d) {
  const incident& r = review_of(d, c.review, "return_review");
  check_approval(d, r, part_of(r).review_approval != review_approval::returned, "awaited or approved");
  check_approver(d, r);
  d.emit(c.review, review_returned{c.reason});
  tell(d, r, work_notice_cause::review_returned);
}

}  // namespace tocsin::inline v1
