// Reviews: they are opened by a rule or by hand, and their sections are written (M3).
#include "decide.hpp"

#include <tocsin/base/utf8.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/review/review_policy.hpp>

#include "incident/decide.hpp"
#include "link/decide.hpp"

namespace tocsin::inline v1 {
namespace {

// A review is open until it is published or skipped.
bool has_open_review(const incident& record) {
  const auto* const demand = record.part<record_review_demand>();
  return demand && !demand->review_settled;
}

std::string title_of(const deciding& d, const incident& reviewed) {
  const std::string all = "Review of " + d.name_of(reviewed) + ": " + reviewed.text->title;
  return std::string(first_code_points(all, limits::name_length_max));
}

}  // namespace

const incident& review_of(deciding& d, record_ref ref, std::string_view what) {
  const incident& r = d.open_or_resolved(ref, what);
  if (!r.part<record_review>()) {
    throw error(status::failed_precondition, "review.none", d.name_of(r) + " is not a review");
  }
  d.refuse_as(what, r);
  return r;
}

const compiled_review_policy* review_policy_of(const desk_state& state) {
  const auto& policies = state.definitions.of<compiled_review_policy>();
  if (policies.size() == 0) return nullptr;
  const compiled_review_policy* policy =
      policies.current(state.words.find(word_kind::review_policy, default_definition));
  return policy && !policy->definition.retired ? policy : nullptr;
}

void open_review(deciding& d, const incident& reviewed, const review_owner& owner, review_opened opened) {
  const compiled_review_policy* policy = review_policy_of(d.state);
  const bool blocks = policy && policy->definition.blocks_closing;
  if (policy) opened.sections = policy->definition.sections;
  opened.approval = policy && policy->definition.approval;
  log_incident asked;
  asked.title = title_of(d, reviewed);
  asked.category = reviewed.category;
  asked.service = reviewed.service;
  asked.team = owner.team;
  asked.assignee = owner.person;
  asked.type = auxiliary_type(d.state, review_type);
  const record_ref review = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type));
  const std::string rule = opened.rule;
  opened.incident = {reviewed.id};
  d.emit(review, std::move(opened));
  restrict_like(d, reviewed, review);
  assign_at_once(d, review, asked);
  d.emit(review, records_linked{link_kind::related, {reviewed.id}, {}, {}, {}});
  d.emit({reviewed.id}, records_linked{link_kind::related, review, {}, {}, {}});
  d.emit({reviewed.id}, review_demanded{review, rule, blocks});
}

void plausible_request(const incident& record, plausible_commands& to) {
  to.commands.push_back(request_review{.incident = {record.id}, .reason = "x", .due_at = instant_max});
}

// Another text than it has.
void plausible_section(const incident& record, plausible_commands& to) {
  for (const char* text : {"x", "y"}) to.commands.push_back(write_section{{record.id}, "x", {}, text});
}

void decide(const request_review& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("request_review", r);
  d.against.unless(d.state.definitions.base_of(r) == record_base::incident, "review.not_an_incident",
                   "only incidents are reviewed, and it is of type " + std::string(d.type_name(r.type)));
  d.against.unless(r.state_kind != state_kind::cancelled, "review.cancelled", "it is " + d.state_name(r));
  d.against.unless(!has_open_review(r), "review.demanded", "a review of it is neither published nor skipped");
  d.against.unless(c.due_at > d.given.recorded_at, "review.due_passed", "due_at has passed already");
  check_in_use(d, {}, {}, c.team);
  check_room_for_link(r, d.name_of(r), d.against);
  if (!d.against.empty()) return;
  const team_ref team = c.team || c.owner ? c.team : r.team;
  open_review(d, r, {c.owner, team}, {.reason = c.reason, .due_at = c.due_at});
}

void decide(const write_section& c, deciding& d) {
  const incident& r = review_of(d, c.review, "write_section");
  const std::vector<review_section>& all = r.part<record_review>()->review_sections;
  const review_section* now = find_section(all, c.section);
  d.against.unless(now || all.size() < limits::review_sections_max, "review.too_many",
                   "a review has at most " + std::to_string(limits::review_sections_max) + " sections");
  const review_approval approval = r.part<record_review>()->review_approval;
  d.against.unless(approval == review_approval::unset || is_open(r.state_kind), "review.published",
                   "it is " + d.state_name(r) + " as it was approved; reopen_incident lets it be changed");
  section_written e{c.section, c.title, c.text, now ? now->revision + 1 : 1, approval == review_approval::approved};
  if (e.title.empty()) e.title = now ? now->title : c.section;
  d.against.unless(!now || now->text != e.text || now->title != e.title, "review.unchanged",
                   "the section \"" + c.section + "\" says that already");
  d.emit(c.review, std::move(e));
}

}  // namespace tocsin::inline v1
