#include <tocsin/desk/desk_lint.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/oncall_book.hpp>
#include <tocsin/desk/record_schema.hpp>

#include "time/shown.hpp"

#include "publish.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

// ---- whom they mean

on_call desk_lint::who(const escalation_target& target, instant at) const {
  const bool of_incident = target.key.empty() && assignee_ == anybody;
  switch (target.kind) {
    case escalation_target_kind::person:
      return {in_service({person_named(target.key)}), {}};
    case escalation_target_kind::team:
      return on_call_for(*team_meant(target), at);
    case escalation_target_kind::schedule:
      return roster_named(target.key).who(at);
    case escalation_target_kind::role:
      return {people_in_role(state_, {find(word_kind::role, target.key)}, at), {}};
    case escalation_target_kind::service_owner:
      if (of_incident) return {{anybody}, {}};
      return owner_of(target.key.empty() ? service_.index : find(word_kind::service, target.key), at);
    default:
      if (of_incident) return {{anybody}, {}};
      return {in_service({manager_of(target.key.empty() ? assignee_ : person_named(target.key), at)}), {}};
  }
}

person_ref desk_lint::manager_of(person_ref person, instant) const {
  if (person == anybody) return anybody;
  const tocsin::person* p = state_.definitions.of<tocsin::person>().current(person.index);
  return p && !p->manager.empty() ? person_named(p->manager) : person_ref{};
}

bool desk_lint::has_usable_contact(person_ref person, tocsin::urgency u) const {
  if (person == anybody || state_.definitions.of<contact_profile>().size() == 0) return true;
  const contact_profile* profile = state_.contact_of(person);
  return profile && is_reachable(*profile, u);
}

duration desk_lint::longest_rule(person_ref person, tocsin::urgency u) const {
  duration longest;
  const contact_profile* profile = state_.contact_of(person);
  if (!profile) return longest;
  for (const contact_rule& rule : profile->rules) {
    if (rule.urgency == urgency::unset || rule.urgency == u) longest = std::max(longest, rule.after);
  }
  return longest;
}

instant desk_lint::next_change(const escalation_target& target, instant after) const {
  if (target.kind == escalation_target_kind::schedule) return roster_named(target.key).next_change(after);
  if (const team* t = team_meant(target); t && !t->schedule.empty())
    return roster_named(t->schedule).next_change(after);
  if (target.kind != escalation_target_kind::role) return never;
  return next_change_of_role(state_, {find(word_kind::role, target.key)}, after);
}

const roster& desk_lint::roster_named(std::string_view key) const {
  return *state_.roster_of({find(word_kind::schedule, key)});
}

std::vector<person_ref> desk_lint::in_service(std::vector<person_ref> people) const {
  std::erase_if(people, [&](person_ref one) {
    const person* p = state_.definitions.of<person>().current(one.index);
    return one != anybody && (!p || p->retired);
  });
  return people;
}

std::vector<person_ref> desk_lint::members_of(const team& t) const {
  std::vector<std::string> keys = t.members;
  std::ranges::sort(keys);
  std::vector<person_ref> people;
  for (const std::string& member : keys) people.push_back(person_named(member));
  return in_service(std::move(people));
}

// Null where it means no team.
const team* desk_lint::team_meant(const escalation_target& target) const {
  const definition_table& all = state_.definitions;
  if (target.kind == escalation_target_kind::team) return all.of<team>().current(find(word_kind::team, target.key));
  if (target.kind != escalation_target_kind::service_owner) return nullptr;
  const service* s =
      all.of<service>().current(target.key.empty() ? service_.index : find(word_kind::service, target.key));
  return s ? all.of<team>().current(find(word_kind::team, s->owner_team)) : nullptr;
}

on_call desk_lint::on_call_for(const team& t, instant at) const {
  return t.schedule.empty() ? on_call{members_of(t), {}} : roster_named(t.schedule).who(at);
}

on_call desk_lint::owner_of(std::uint32_t service_number, instant at) const {
  const service* s = state_.definitions.of<service>().current(service_number);
  if (!s) return {};
  if (const team* t = state_.definitions.of<team>().current(find(word_kind::team, s->owner_team)))
    return on_call_for(*t, at);
  return s->owner.empty() ? on_call{} : on_call{in_service({person_named(s->owner)}), {}};
}

// ---- keys

bool desk_lint::is_known(const escalation_target& target) const {
  const definition_table& all = state_.definitions;
  switch (target.kind) {
    case escalation_target_kind::person:
    case escalation_target_kind::manager_of:
      return target.key.empty() || all.of<person>().current(person_named(target.key).index);
    case escalation_target_kind::team:
      return all.of<team>().current(find(word_kind::team, target.key));
    case escalation_target_kind::schedule:
      return state_.roster_of({find(word_kind::schedule, target.key)});
    case escalation_target_kind::role:
      return all.of<role>().current(find(word_kind::role, target.key));
    default:
      return target.key.empty() || all.of<service>().current(find(word_kind::service, target.key));
  }
}

void desk_lint::demand_known(const escalation_node& node, const escalation_target& target) const {
  if (is_known(target)) return;
  const std::string_view kind = choices(target.kind)[static_cast<std::size_t>(target.kind) - 1];
  throw error(status::not_found, "escalation.unknown_target",
              "/proposed: node \"" + node.key + "\" means the " + std::string(kind) + " \"" + target.key +
                  "\", which has not been published");
}

void desk_lint::demand_known(const escalation_policy& policy) const {
  for (const escalation_node& node : policy.nodes) {
    for (const escalation_target& target : node.targets) demand_known(node, target);
  }
}

// ---- what a publication says

namespace {

// "nobody is notified, by step_1, stop, from 2026-12-25T00:00:00Z on"
std::string shown(const lint_finding& f) {
  std::string said(choices(f.rule)[static_cast<std::size_t>(f.rule) - 1]);
  said += ": " + f.what;
  for (const std::string& node : f.path) said += (&node == &f.path.front() ? ", by " : ", ") + node;
  if (!is_set(f.at)) return said;
  if (is_set(f.until)) return said + ", from " + shown(f.at) + " to " + shown(f.until);
  return said + ", if it opens at " + shown(f.at);
}

// Where a desk has schedules, a team without one is paged as a whole: that may be meant, or forgotten (R-O11).
void say_teams_without_schedule(const escalation_policy& policy, const desk_state& state,
                                std::vector<definition_warning>& found) {
  const definition_table& all = state.definitions;
  if (all.of<schedule>().size() == 0) return;
  std::vector<std::string_view> said;
  const escalation_policy graph = expanded(policy);
  for (const escalation_node& node : graph.nodes) {
    for (const escalation_target& target : node.targets) {
      const std::uint32_t number = state.words.find(word_kind::team, target.key);
      const team* t = target.kind == escalation_target_kind::team ? all.of<team>().current(number) : nullptr;
      if (!t || !t->schedule.empty() || t->members.size() < 2) continue;
      if (std::ranges::find(said, t->key) != said.end()) continue;
      said.push_back(t->key);
      found.push_back({std::string(name(word_kind::escalation_policy)), policy.key,
                       "the team \"" + t->key + "\" has no schedule of its own: all of its " +
                           std::to_string(t->members.size()) + " members are paged"});
    }
  }
}

std::vector<std::string> findings_of(const escalation_graph& graph, const desk_state& state, instant now) {
  std::vector<std::string> said;
  const instant until = std::min(now + limits::published_lint_weeks * 7 * day, instant_max);
  if (now >= until) return said;
  try {
    const lint_verdict verdict = lint(graph, desk_lint(state), now, until);
    for (const lint_finding& f : verdict.findings) {
      if (said.size() == limits::published_findings_max) {
        said.push_back(std::to_string(verdict.findings.size() - said.size()) + " more; check_escalation lists them");
        return said;
      }
      said.push_back(shown(f));
    }
  } catch (const error& e) {
    if (e.code() != status::resource_exhausted) throw;
    said.push_back(std::string("it was not looked at in full: ") + e.what());
  }
  return said;
}

}  // namespace

// The definitions as they will be: of a state that has nothing else.
std::vector<definition_warning> escalation_warnings(const definitions_published& changes, const desk_state& state,
                                                    instant now) {
  std::vector<definition_warning> found;
  if (changes.definitions.of<escalation_policy>().empty()) return found;
  desk_state after{.words = state.words,
                   .definitions = state.definitions,
                   .incident_prefix = state.incident_prefix,
                   .zones = state.zones,
                   .zone_data_version = state.zone_data_version};
  std::vector<std::function<void()>> undo;
  apply_definitions(changes, after, undo);
  renew_from_definitions(changes, after, undo);
  for (const escalation_policy& policy : changes.definitions.of<escalation_policy>()) {
    const std::uint32_t number = after.words.find(word_kind::escalation_policy, policy.key);
    const escalation_plan& plan = *after.definitions.of<escalation_plan>().current(number);
    const escalation_graph& graph = plan.graph;
    say_teams_without_schedule(plan.policy, after, found);
    for (std::string& what : findings_of(graph, after, now)) {
      found.push_back({std::string(name(word_kind::escalation_policy)), policy.key, std::move(what)});
    }
  }
  return found;
}

}  // namespace tocsin::inline v1
