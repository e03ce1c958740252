#include "answer_people.hpp"

#include <tocsin/desk/record_schema.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/review/report.hpp>
#include <tocsin/review/review.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t part_bytes_min = 3;  // of a name: initials are left in

std::string_view key_of(const answer_context& c, person_ref who) {
  return c.d.state().words.word(word_kind::person, who.index);
}

}  // namespace

report_people::report_people(const answer_context& c, bool blameless, const incident* record, const incident* review,
                             std::span<const milestone> story)
    : c_(c), blameless_(blameless) {
  if (!blameless_) return;
  learn_names();
  learn_parts_of(record, review, story);
  names_.call(system_person.index, key_of(c_, system_person));
  names_.call(host_person.index, key_of(c_, host_person));
  if (record) call_by_roles(*record);
  if (review) call_by_approval(*review);
  if (record) call_by_team(record->team);
  if (review) call_by_team(review->team);
}

std::string report_people::person(person_ref who) {
  if (!who) return {};
  if (blameless_) return names_.label_of(who.index);
  const auto* const known = c_.d.state().definitions.of<tocsin::person>().current(who.index);
  return known && !known->name.empty() ? known->name : std::string(key_of(c_, who));
}

std::string report_people::text(std::string_view text) {
  return blameless_ ? names_.replaced(text) : std::string(text);
}

// Of everybody whom the desk knows, as they were called at any time.
void report_people::learn_names() {
  const desk_state& state = c_.d.state();
  const auto& people = state.definitions.of<tocsin::person>();
  for (auto number = host_person.index + 1; number <= state.words.size(word_kind::person); ++number) {
    names_.add(number, state.words.word(word_kind::person, number));
    const std::uint32_t latest = number <= people.size() ? people.latest(number) : 0;
    for (std::uint32_t version = 1; version <= latest; ++version) {
      const auto* const then = people.at(number, version);
      if (!then) continue;
      for (const std::string* one : {&then->name, &then->mail, &then->phone}) names_.add(number, *one);
    }
  }
}

// Of those who had to do with it, each part of the name, too: people are called by their first names.
void report_people::learn_parts(person_ref who) {
  const auto* const known = c_.d.state().definitions.of<tocsin::person>().current(who.index);
  if (!known) return;
  const std::string_view name = known->name;
  for (std::size_t from = 0; from < name.size();) {
    const std::size_t end = std::min(name.find(' ', from), name.size());
    if (end - from >= part_bytes_min) names_.add(who.index, name.substr(from, end - from));
    from = end + 1;
  }
}

void report_people::learn_parts_of(const incident* record, const incident* review, std::span<const milestone> story) {
  for (const incident* one : {record, review}) {
    if (!one) continue;
    for (const person_ref who : {one->assignee, one->caller, one->reporter, one->acknowledged_by, one->resolved_by}) {
      learn_parts(who);
    }
    for (const satisfaction_answer& said : satisfaction_of(*one)) learn_parts(said.person);
  }
  if (review) {
    const record_review& part = review->part_or_empty<record_review>();
    for (const action_item& item : part.action_items) learn_parts(item.owner);
    learn_parts(part.review_approver);
  }
  for (const milestone& one : story) learn_parts(one.who);
}

void report_people::call_by_roles(const incident& record) {
  if (const auto* major = record.part<record_major_incident>()) {
    for (const role_holding& one : major->response_roles) names_.call(one.person.index, spaced(one.role));
  }
  if (record.assignee) names_.call(record.assignee.index, "assignee");
  if (record.caller) names_.call(record.caller.index, "caller");
}

void report_people::call_by_approval(const incident& review) {
  const person_ref approver = review.part_or_empty<record_review>().review_approver;
  if (approver) names_.call(approver.index, "approver");
}

void report_people::call_by_team(team_ref team) {
  const auto* const known = c_.d.state().definitions.of<tocsin::team>().current(team.index);
  if (!known) return;
  const std::string label = "team member of " + names_.replaced(known->name.empty() ? known->key : known->name);
  for (const std::string& key : known->members) {
    const std::uint32_t number = c_.d.state().words.find(word_kind::person, key);
    if (number != 0) names_.call(number, label);
  }
}

}  // namespace tocsin::inline v1
