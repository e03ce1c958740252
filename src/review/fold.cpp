#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/review/review.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: what it names must be there.
action_item& item_of(incident& r, std::uint32_t number) {
  std::vector<action_item>& all = r.own<record_review>().action_items;
  if (number >= 1 && number <= all.size()) return all[number - 1];
  throw error(
      status::corrupt, "journal.unknown_action_item",
      "an event names action item " + std::to_string(number) + " of a review that has " + std::to_string(all.size()));
}

void enter(incident& r, std::uint32_t number, action_item_state state, const std::string& note, const fold_context& c) {
  action_item& item = item_of(r, number);
  item.state = state;
  item.note = note;
  item.by = c.entry.actor;
  item.since = c.at;
}

void judge(incident& r, review_approval approval, const std::string& reason, const fold_context& c) {
  record_review& review = r.own<record_review>();
  review.review_approval = approval;
  review.review_approver = c.entry.actor;
  review.review_approval_at = c.at;
  review.review_return_reason = reason;
}

review_section& section_of(record_review& review, const std::string& key) {
  const auto known = std::ranges::find(review.review_sections, key, &review_section::key);
  if (known != review.review_sections.end()) return *known;
  review_section& made = review.review_sections.emplace_back();
  made.key = key;
  return made;
}

}  // namespace

void fold(incident& r, const review_opened& e, const fold_context&) {
  record_review& review = r.own<record_review>();
  review.reviewed_incident = e.incident;
  review.review_reason = e.reason;
  review.review_rule = e.rule;
  review.review_policy_version = e.policy_version;
  review.review_due_at = e.due_at;
  if (e.approval) review.review_approval = review_approval::awaited;
  for (const demanded_section& one : e.sections) {
    review_section& section = section_of(review, one.key);
    section.title = one.title.empty() ? one.key : one.title;
    section.demanded = true;
  }
}

void fold(incident& r, const review_demanded& e, const fold_context&) {
  record_review_demand& demand = r.own<record_review_demand>();
  demand.demanded_review = e.review;
  demand.review_by_rule = demand.review_by_rule || !e.rule.empty();
  demand.review_settled = false;
  demand.review_blocks_closing = e.blocks_closing;
}

void fold(incident& r, const review_settled& e, const fold_context&) {
  r.own<record_review_demand>().review_settled = e.settled;
}

void fold(incident& r, const section_written& e, const fold_context& c) {
  record_review& review = r.own<record_review>();
  review_section& section = section_of(review, e.section);
  section.title = e.title;
  section.text = e.text;
  section.revision = e.revision;
  section.written_by = c.entry.actor;
  section.written_at = c.at;
  if (review.review_approval == review_approval::unset) return;
  review.review_approval = review_approval::awaited;
  review.review_approver = {};
  review.review_approval_at = no_instant;
  review.review_return_reason.clear();
}

void fold(incident& r, const review_approved&, const fold_context& c) { judge(r, review_approval::approved, {}, c); }

void fold(incident& r, const review_returned& e, const fold_context& c) {
  judge(r, review_approval::returned, e.reason, c);
}

void fold(incident& r, const action_item_added& e, const fold_context& c) {
  std::vector<action_item>& all = r.own<record_review>().action_items;
  action_item& item = all.emplace_back();
  item.item = static_cast<std::uint32_t>(all.size());
  item.text = e.text;
  item.owner = e.owner;
  item.team = e.team;
  item.due_at = e.due_at;
  item.priority = e.priority;
  item.verification = e.verification;
  item.state = action_item_state::open;
  item.by = c.entry.actor;
  item.since = c.at;
}

void fold(incident& r, const action_item_completed& e, const fold_context& c) {
  enter(r, e.item, action_item_state::completed, e.note, c);
}

void fold(incident& r, const action_item_verified& e, const fold_context& c) {
  enter(r, e.item, e.worked ? action_item_state::verified : action_item_state::open, e.note, c);
}

void fold(incident& r, const action_item_dropped& e, const fold_context& c) {
  enter(r, e.item, action_item_state::dropped, e.reason, c);
}

void fold(incident& r, const review_overdue&, const fold_context&) { r.own<record_review>().review_overdue = true; }

void fold(incident& r, const action_item_overdue& e, const fold_context&) { item_of(r, e.item).overdue = true; }

void erase(record_review& p, bool texts) {
  if (!texts) return;
  p.review_reason.clear();
  p.review_return_reason.clear();
  for (review_section& one : p.review_sections) {
    one.title.clear();
    one.text.clear();
  }
  for (action_item& one : p.action_items) {
    one.text.clear();
    one.verification.clear();
    one.note.clear();
  }
}

}  // namespace tocsin::inline v1
