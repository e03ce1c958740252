// Proposing an incident as a major one, and deciding on that (M1).
#include "decide.hpp"

#include <tocsin/desk/record_schema.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/major_incident/major_incident_policy.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::string_view name_of_state(const incident& r) {
  const record_major_incident* part = r.part<record_major_incident>();
  if (!part || part->major_state == major_state::unset) return "not proposed";
  return choices(part->major_state)[static_cast<std::size_t>(part->major_state) - 1];
}

major_state state_of(const incident& r) {
  const record_major_incident* part = r.part<record_major_incident>();
  return part ? part->major_state : major_state::unset;
}

std::string as_major_it_is(const incident& r) { return "as a major incident it is " + std::string(name_of_state(r)); }

// The severity that whoever accepts it gives it; the rest of its priority stays.
void set_severity(deciding& d, const incident& r, severity to) {
  if (to == severity::unset || to == r.severity) return;
  incident_prioritised e;
  e.impact = r.impact;
  e.urgency = r.urgency;
  e.severity = to;
  e.priority = r.priority;
  e.overridden = r.priority_overridden;
  e.priority_matrix_version = r.priority_matrix_version;
  d.emit({r.id}, std::move(e));
}

incident as_accepted(const incident& r, severity to) {
  incident accepted = r;
  accepted.own<record_major_incident>().major_state = major_state::accepted;
  if (to != severity::unset) accepted.severity = to;
  return accepted;
}

person_ref person_named(const desk_state& state, const std::string& key) {
  return {state.words.find(word_kind::person, key)};
}

team_ref team_named(const desk_state& state, const std::string& key) {
  return {state.words.find(word_kind::team, key)};
}

}  // namespace

void plausible_proposal(const incident& record, plausible_commands& to) {
  to.commands.push_back(propose_major{{record.id}, "x"});
}

void plausible_acceptance(const incident& record, plausible_commands& to) {
  to.commands.push_back(accept_major{.incident = {record.id}});
}

void plausible_rejection(const incident& record, plausible_commands& to) {
  to.commands.push_back(reject_major{{record.id}, "x"});
}

void plausible_demotion(const incident& record, plausible_commands& to) {
  to.commands.push_back(demote_major{{record.id}, "x"});
}

const incident& major_of(deciding& d, record_ref ref, std::string_view what) {
  const incident& r = d.open_or_resolved(ref, what);
  d.refuse_as(what, r);
  if (is_major(r)) return r;
  objections o;
  o.add("major.not_accepted", as_major_it_is(r) + ", allowed is accepted");
  o.throw_if_any(what, [&] { return d.name_of(r); });
  return r;
}

const compiled_major_policy* major_policy_of(const desk_state& state) {
  const auto& policies = state.definitions.of<compiled_major_policy>();
  if (policies.size() == 0) return nullptr;
  const compiled_major_policy* policy =
      policies.current(state.words.find(word_kind::major_incident_policy, default_definition));
  return policy && !policy->definition.retired ? policy : nullptr;
}

std::vector<const major_role*> roles_by_policy(const desk_state& state, const incident& record, person_ref actor,
                                               instant now) {
  const compiled_major_policy* policy = major_policy_of(state);
  if (!policy) return {};
  const record_view seen{*state.definitions.schemas, state.definitions, state.words, record, actor};
  return policy->roles_for(seen.data(), now);
}

std::string gravest_rule(const decision& given, const incident& record) {
  const compiled_major_policy* policy = major_policy_of(given.state);
  if (!policy) return {};
  const record_view seen{*given.state.definitions.schemas, given.state.definitions, given.state.words, record,
                         given.actor};
  const auto holds_now = policy->rule_for(seen.data(), given.at);
  const auto proposed = policy->place_of(record.part_or_empty<record_major_incident>().major_rule);
  if (!holds_now && !proposed) return {};
  const std::size_t gravest = !proposed ? *holds_now : !holds_now ? *proposed : std::min(*holds_now, *proposed);
  return policy->definition.rules[gravest].key;
}

void tell_of_major(deciding& d, const incident& r, major_notice_cause cause) {
  const compiled_major_policy* policy = major_policy_of(d.state);
  const person_ref manager = policy ? person_named(d.state, policy->definition.manager) : person_ref{};
  const team_ref team = policy ? team_named(d.state, policy->definition.team) : team_ref{};
  const bool has_manager = manager || team;
  if (has_manager) d.notify(r, major_incident_notice{cause, team, manager, {}});
  // Whoever decides is asked; where nobody is named for that, those who have it are.
  const bool asks = cause == major_notice_cause::proposed;
  if ((asks && has_manager) || (!r.team && !r.assignee)) return;
  if (has_manager && r.team == team && r.assignee == manager) return;
  d.notify(r, major_incident_notice{cause, r.team, r.assignee, {}});
}

void decide(const propose_major& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "propose_major");
  d.refuse_as("propose_major", r);
  d.against.unless(d.state.definitions.base_of(r) == record_base::incident, "major.not_an_incident",
                   "only incidents can be major ones, and it is of type " + std::string(d.type_name(r.type)));
  d.against.unless(is_open(r.state_kind), "major.not_open", "its state is " + d.state_name(r) + ", not an open one");
  const major_state now = state_of(r);
  d.against.unless(now != major_state::proposed && now != major_state::accepted, "major.proposed",
                   as_major_it_is(r) + " already");
  d.emit(c.incident, major_incident_proposed{.reason = c.reason});
  tell_of_major(d, r, major_notice_cause::proposed);
}

void decide(const accept_major& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "accept_major");
  d.refuse_as("accept_major", r);
  d.against.unless(state_of(r) == major_state::proposed, "major.not_proposed",
                   as_major_it_is(r) + ", allowed is proposed");
  d.emit(c.incident, major_incident_accepted{});
  set_severity(d, r, c.severity);
  give_roles(d, as_accepted(r, c.severity), c.roles);
  tell_of_major(d, r, major_notice_cause::accepted);
}

void decide(const reject_major& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "reject_major");
  d.refuse_as("reject_major", r);
  d.against.unless(state_of(r) == major_state::proposed, "major.not_proposed",
                   as_major_it_is(r) + ", allowed is proposed");
  d.emit(c.incident, major_incident_rejected{c.reason, gravest_rule(d.given, r)});
  tell_of_major(d, r, major_notice_cause::rejected);
}

void decide(const demote_major& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "demote_major");
  d.emit(c.incident, major_incident_demoted{c.reason, gravest_rule(d.given, r)});
  tell_of_major(d, r, major_notice_cause::demoted);
}

}  // namespace tocsin::inline v1
