#include "oncall_source.hpp"

#include <tocsin/desk/oncall_book.hpp>
#include <tocsin/desk/record_schema.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Somebody who is known and in service; none otherwise.
person_ref in_service(const desk_state& state, std::string_view key) {
  const person_ref found{state.words.find(word_kind::person, key)};
  const person* p = state.definitions.of<person>().current(found.index);
  return p && !p->retired ? found : person_ref{};
}

}  // namespace

std::vector<person_ref> desk_oncall::person_named(std::string_view key) const {
  const person_ref found = in_service(state_, key);
  return found ? std::vector{found} : std::vector<person_ref>{};
}

std::vector<person_ref> desk_oncall::members_of(std::string_view team_key) const {
  const team* t = state_.definitions.of<team>().current(state_.words.find(word_kind::team, team_key));
  std::vector<person_ref> members;
  if (!t || t->retired) return members;
  std::vector<std::string> keys = t->members;
  std::ranges::sort(keys);  // as schedules answer
  for (const std::string& key : keys) {
    if (const person_ref member = in_service(state_, key)) members.push_back(member);
  }
  return members;
}

// A team with a schedule of its own means whoever is on call by it (R-O11).
on_call desk_oncall::on_call_for(std::string_view team_key, instant at) const {
  const team* t = state_.definitions.of<team>().current(state_.words.find(word_kind::team, team_key));
  if (!t || t->retired) return {};
  return t->schedule.empty() ? on_call{members_of(team_key), {}} : on_call_of(t->schedule, at);
}

on_call desk_oncall::owners_of(std::string_view service_key, instant at) const {
  const std::uint32_t number =
      service_key.empty() ? record_.service.index : state_.words.find(word_kind::service, service_key);
  const service* s = state_.definitions.of<service>().current(number);
  if (!s) return {};
  return s->owner.empty() ? on_call_for(s->owner_team, at) : on_call{person_named(s->owner), {}};
}

on_call desk_oncall::who(const escalation_target& target, instant at) const {
  switch (target.kind) {
    case escalation_target_kind::person:
      return {person_named(target.key), {}};
    case escalation_target_kind::team:
      return on_call_for(target.key, at);
    case escalation_target_kind::service_owner:
      return owners_of(target.key, at);
    case escalation_target_kind::manager_of: {
      const person_ref of =
          target.key.empty() ? assignee_ : person_ref{state_.words.find(word_kind::person, target.key)};
      const person_ref manager = manager_of(of, at);
      return {manager ? std::vector{manager} : std::vector<person_ref>{}, {}};
    }
    case escalation_target_kind::schedule:
      return on_call_of(target.key, at);
    case escalation_target_kind::role:
      return {people_in(target.key, at), {}};
    default:
      return {};
  }
}

// By the schedule as it is at that instant, but for those who are not in service any more.
on_call desk_oncall::on_call_of(std::string_view schedule_key, instant at) const {
  const roster* known = state_.roster_of({state_.words.find(word_kind::schedule, schedule_key)});
  if (!known) return {};
  on_call found = known->who(at);
  drop_retired(found.people);
  drop_retired(found.shadows);
  return found;
}

std::vector<person_ref> desk_oncall::people_in(std::string_view role_key, instant at) const {
  std::vector<person_ref> people = people_in_role(state_, {state_.words.find(word_kind::role, role_key)}, at);
  drop_retired(people);
  return people;
}

void desk_oncall::drop_retired(std::vector<person_ref>& people) const {
  std::erase_if(people,
                [&](person_ref p) { return !in_service(state_, state_.words.word(word_kind::person, p.index)); });
}

person_ref desk_oncall::manager_of(person_ref person, instant) const { return tocsin::manager_of(state_, person); }

bool desk_oncall::holds(const condition& c, const escalation_facts& facts, instant at) const {
  const record_view seen{.schemas = *state_.definitions.schemas,
                         .known = state_.definitions,
                         .words = state_.words,
                         .record = record_,
                         .actor = system_person,
                         .run = &facts};
  return tocsin::holds(c, seen.data(), at);
}

const contact_profile* contact_of(const desk_state& state, person_ref person) { return state.contact_of(person); }

person_ref manager_of(const desk_state& state, person_ref person) {
  const tocsin::person* p = state.definitions.of<tocsin::person>().current(person.index);
  return p && !p->manager.empty() ? in_service(state, p->manager) : person_ref{};
}

}  // namespace tocsin::inline v1
