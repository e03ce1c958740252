// A review to be read: what it says, the story of its incident, causes, decisions, and what is done about it.
#include "answer_report.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/problem.hpp>
#include <tocsin/review/review.hpp>

#include "review/answer.hpp"
#include "review/answer_people.hpp"
#include "review/answer_story.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::string word_of(const answer_context& c, word_kind kind, std::uint32_t number) {
  return std::string(c.d.state().words.word(kind, number));
}

std::string joined(std::string a, const std::string& b) { return a.empty() ? b : b.empty() ? a : a + ", " + b; }

std::string owner_of(const answer_context& c, report_people& people, person_ref person, team_ref team) {
  return joined(people.person(person), people.text(shown_name(c, team)));
}

void add_approval(report& to, const record_review& review, report_people& people) {
  add_fact(to, "Approval", text_of_choice(review.review_approval));
  const bool returned = review.review_approval == review_approval::returned;
  add_fact(to, returned ? "Returned by" : "Approved by", people.person(review.review_approver));
  add_fact(to, returned ? "Returned" : "Approved", text_of(review.review_approval_at));
  add_fact(to, "To be changed", people.text(review.review_return_reason));
}

void add_review_facts(report& to, const answer_context& c, const record_review& review, report_people& people) {
  add_fact(to, "Review", word_of(c, word_kind::state, c.record->state.index));
  add_fact(to, "Owner", owner_of(c, people, c.record->assignee, c.record->team));
  add_fact(to, "Due", text_of(review.review_due_at));
  add_fact(to, "Demanded because", people.text(review.review_reason));
  add_approval(to, review, people);
}

void add_incident_facts(report& to, const answer_context& c, const incident& record, report_people& people) {
  add_fact(to, "Incident", c.d.show_number(record.number) + " " + people.text(record.text->title));
  add_fact(to, "Severity", text_of_choice(record.severity));
  add_fact(to, "Priority", text_of_choice(record.priority));
  add_fact(to, "Service", people.text(shown_name(c, record.service)));
  add_fact(to, "Opened", text_of(record.opened_at));
  add_fact(to, "Resolved", text_of(record.resolved_at));
  add_fact(to, "Closed", text_of(record.closed_at));
}

void add_sections(report& to, const record_review& review, report_people& people) {
  for (const review_section& one : review.review_sections) {
    const std::string title = people.text(one.title.empty() ? one.key : one.title);
    to.texts.push_back({title, one.text.empty() ? std::string("Not written.") : people.text(one.text)});
  }
}

// ---- causes

std::string explained_by(const problem_cause& cause) {
  std::string text;
  for (const explained_cause& one : cause.explains) {
    const std::string what = one.cause == 0 ? std::string("the problem") : "cause " + std::to_string(one.cause);
    text = joined(text, one.role == cause_role::contributing ? what + " (contributes)" : what);
  }
  return text;
}

void add_causes_of(report_table& to, const answer_context& c, const incident& problem, report_people& people) {
  const std::vector<problem_cause>& causes = problem.part_or_empty<record_problem>().causes;
  const std::vector<std::uint32_t> roots = root_causes(causes);
  for (const problem_cause& one : causes) {
    const bool is_root = std::ranges::find(roots, one.number) != roots.end();
    to.rows.push_back({c.d.show_number(problem.number), std::to_string(one.number), people.text(one.text),
                       text_of_choice(one.status) + (is_root ? ", root cause" : ""), explained_by(one)});
  }
}

// Of the problems that caused the incident, or that the review is linked to.
void add_causes(report& to, const answer_context& c, std::span<const incident_ptr> records, report_people& people) {
  report_table table{"Causes", {"Problem", "Cause", "What", "Status", "Explains"}, {}};
  const record_filter may_see(c.d, {}, c.asked, c.actor());
  std::vector<std::uint64_t> seen;
  for (const incident_ptr& record : records) {
    for (const record_link& link : links_of(*record)) {
      const incident_ptr problem = link.record ? c.d.find(link.record) : nullptr;
      if (!problem || !problem->part<record_problem>() || !may_see(*problem)) continue;
      if (std::ranges::find(seen, problem->id) != seen.end()) continue;
      seen.push_back(problem->id);
      add_causes_of(table, c, *problem, people);
    }
  }
  if (!table.rows.empty()) to.tables.push_back(std::move(table));
}

// ---- decisions and action items

void add_decisions(report& to, const incident& record, report_people& people) {
  report_table table{"Decisions", {"When", "Decision", "Chosen", "Why", "What was known", "Who"}, {}};
  for (const response_decision& one : record.part_or_empty<record_major_incident>().response_decisions) {
    table.rows.push_back({text_of(one.at), people.text(one.text), people.text(one.chosen), people.text(one.reason),
                          people.text(one.data_seen), people.person(one.decider)});
  }
  if (!table.rows.empty()) to.tables.push_back(std::move(table));
}

void add_action_items(report& to, const answer_context& c, const record_review& review, report_people& people) {
  report_table table{
      "Action items", {"Number", "What", "Owner", "Due", "Priority", "State", "How one will know", "Note"}, {}};
  for (const action_item& one : review.action_items) {
    table.rows.push_back({std::to_string(one.item), people.text(one.text), owner_of(c, people, one.owner, one.team),
                          text_of(one.due_at), text_of_choice(one.priority), text_of_choice(one.state),
                          people.text(one.verification), people.text(one.note)});
  }
  if (!table.rows.empty()) to.tables.push_back(std::move(table));
}

}  // namespace

void refuse_requesters(const answer_context& c) {
  if (c.audience(c.record.get()) != visibility::requester) return;
  throw error(status::permission_denied, "permission.denied",
              "whoever sees no more of a record than a requester does is shown no report of it");
}

incident_ptr reviewed_incident(const answer_context& c, const incident& record) {
  const auto* const review = record.part<record_review>();
  if (!review) return c.record;
  const incident_ptr reviewed = review->reviewed_incident ? c.d.find(review->reviewed_incident) : nullptr;
  const record_filter may_see(c.d, {}, c.asked, c.actor());
  return reviewed && may_see(*reviewed) ? reviewed : nullptr;
}

std::string shown_name(const answer_context& c, service_ref of) {
  const service* const known = c.d.state().definitions.of<service>().current(of.index);
  return known && !known->name.empty() ? known->name : word_of(c, word_kind::service, of.index);
}

std::string shown_name(const answer_context& c, team_ref of) {
  const team* const known = c.d.state().definitions.of<team>().current(of.index);
  return known && !known->name.empty() ? known->name : word_of(c, word_kind::team, of.index);
}

void add_fact(report& to, const char* name, std::string value) {
  if (!value.empty()) to.facts.push_back({name, std::move(value)});
}

void add_times(report& to, const response_times& times) {
  const auto add = [&](const char* name, const std::optional<duration>& taken) {
    if (taken) add_fact(to, name, words_of(*taken));
  };
  add("Time to detect", times.to_detect);
  add("Time to acknowledge", times.to_acknowledge);
  add("Time to mitigate", times.to_mitigate);
  add("Time to resolve", times.to_resolve);
}

void add_story(report& to, std::span<const milestone> story, report_people& people) {
  for (const milestone& one : story) {
    to.story.push_back(
        {one.at, text_of_choice(one.kind), people.person(one.who), people.text(one.what), one.after, one.long_gap});
  }
}

void write_report(const answer_context& c, const report& r, report_form form) {
  c.to.begin_object();
  switch (form) {
    case report_form::markdown:
      c.to.member("markdown", as_markdown(r));
      break;
    case report_form::html:
      c.to.member("html", as_html(r));
      break;
    default:
      c.to.key("report");
      write_json(c.to, r);
  }
  c.to.end_object();
}

std::span<const field_row> review_report_query::fields() {
  using self = review_report_query;
  static constexpr field_row rows[] = {
      row<&self::review>("review", "Review by number or id", required),
      row<&self::form>("form", "As markdown, html or json; json where nothing is given"),
      row<&self::gap>("gap", "Gaps that are longer are flagged; half an hour where nothing is given",
                      range{1, limits::timeline_gap_max.us}),
      row<&self::blameless>("blameless", "People are called by what they were there for, not by name"),
  };
  return rows;
}

void answer(const answer_context& c, const review_report_query& query) {
  refuse_requesters(c);
  const auto* const review = c.record->part<record_review>();
  if (!review) {
    throw error(status::failed_precondition, "review.none", c.d.show_number(c.record->number) + " is not a review");
  }
  const incident_ptr reviewed = reviewed_incident(c, *c.record);
  std::vector<milestone> story;
  if (reviewed) story = story_of(c, *reviewed, query.gap);
  report_people people(c, query.blameless, reviewed.get(), c.record.get(), story);
  report r;
  r.title = c.d.show_number(c.record->number) + " " + people.text(c.record->text->title);
  add_review_facts(r, c, *review, people);
  if (reviewed) add_incident_facts(r, c, *reviewed, people);
  add_times(r, times_of(story));
  add_sections(r, *review, people);
  add_story(r, story, people);
  std::vector<incident_ptr> records = {c.record};
  if (reviewed) records.push_back(reviewed);
  add_causes(r, c, records, people);
  if (reviewed) add_decisions(r, *reviewed, people);
  add_action_items(r, c, *review, people);
  write_report(c, r, query.form);
}

}  // namespace tocsin::inline v1
