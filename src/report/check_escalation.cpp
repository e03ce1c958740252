#include <tocsin/report/check_escalation.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/desk/duty_book.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/escalation/lint.hpp>

#include <algorithm>
#include <optional>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t default_weeks = 4;
constexpr std::int64_t weeks_max = limits::lint_window_max_us / (7 * day.us);

// An incident that opens on this desk, as the linter asks about it. Nobody who is retired is paged.
class desk_lint final : public lint_source {
 public:
  desk_lint(const desk_state& state, const check_escalation_query& asked) : state_(state), asked_(asked) {}

  on_call who(const escalation_target& target, instant at) const override {
    switch (target.kind) {
      case escalation_target_kind::person:
        return {in_service({person_named(target.key)}), {}};
      case escalation_target_kind::team:
        return {members_of(target.key), {}};
      case escalation_target_kind::schedule:
        return roster_named(target.key).who(at);
      case escalation_target_kind::role:
        return {people_in_role(state_, {find(word_kind::role, target.key)}, at), {}};
      case escalation_target_kind::service_owner:
        return {owner_of(target.key.empty() ? asked_.service.index : find(word_kind::service, target.key)), {}};
      default:
        return {in_service({manager_of(target.key.empty() ? asked_.assignee : person_named(target.key), at)}), {}};
    }
  }

  person_ref manager_of(person_ref person, instant) const override {
    const tocsin::person* p = state_.definitions.people.current(person.index);
    return p && !p->manager.empty() ? person_named(p->manager) : person_ref{};
  }
  person_ref assignee(instant) const override { return asked_.assignee; }
  bool holds(const condition&, const escalation_facts&, instant) const override {
    return true;
  }  // both ways are looked at

  // Where nobody's contacts are published the host knows them, and everybody is taken to have one.
  bool has_usable_contact(person_ref person, tocsin::urgency u) const override {
    if (state_.definitions.contact_profiles.size() == 0) return true;
    const contact_profile* profile = state_.contact_of(person);
    return profile && is_reachable(*profile, u);
  }

  duration longest_rule(person_ref person, tocsin::urgency u) const override {
    duration longest;
    const contact_profile* profile = state_.contact_of(person);
    if (!profile) return longest;
    for (const contact_rule& rule : profile->rules) {
      if (rule.urgency == urgency::unset || rule.urgency == u) longest = std::max(longest, rule.after);
    }
    return longest;
  }

  instant next_change(const escalation_target& target, instant after) const override {
    if (target.kind == escalation_target_kind::schedule) return roster_named(target.key).next_change(after);
    if (target.kind != escalation_target_kind::role) return never;
    return next_change_of_role(state_, {find(word_kind::role, target.key)}, after);
  }

  // What keys mean has been published: else an error that names the first that has not.
  void demand_known(const escalation_policy& policy) const {
    for (const escalation_node& node : policy.nodes) {
      for (const escalation_target& target : node.targets) demand_known(node, target);
    }
  }

 private:
  std::uint32_t find(word_kind kind, std::string_view key) const { return state_.words.find(kind, key); }
  person_ref person_named(std::string_view key) const { return {find(word_kind::person, key)}; }
  const roster& roster_named(std::string_view key) const {
    return *state_.definitions.roster_of({find(word_kind::schedule, key)});
  }

  std::vector<person_ref> in_service(std::vector<person_ref> people) const {
    std::erase_if(people, [&](person_ref one) {
      const person* p = state_.definitions.people.current(one.index);
      return !p || p->retired;
    });
    return people;
  }

  std::vector<person_ref> members_of(std::string_view key) const {
    const team& t = *state_.definitions.teams.current(find(word_kind::team, key));
    std::vector<std::string> keys = t.members;
    std::ranges::sort(keys);
    std::vector<person_ref> people;
    for (const std::string& member : keys) people.push_back(person_named(member));
    return in_service(std::move(people));
  }

  std::vector<person_ref> owner_of(std::uint32_t service_number) const {
    const service* s = state_.definitions.services.current(service_number);
    if (s && !s->owner_team.empty()) return members_of(s->owner_team);
    return s && !s->owner.empty() ? in_service({person_named(s->owner)}) : std::vector<person_ref>{};
  }

  bool is_known(const escalation_target& target) const {
    const definition_table& all = state_.definitions;
    switch (target.kind) {
      case escalation_target_kind::person:
      case escalation_target_kind::manager_of:
        return target.key.empty() || all.people.current(person_named(target.key).index);
      case escalation_target_kind::team:
        return all.teams.current(find(word_kind::team, target.key));
      case escalation_target_kind::schedule:
        return all.roster_of({find(word_kind::schedule, target.key)});
      case escalation_target_kind::role:
        return all.roles.current(find(word_kind::role, target.key));
      default:
        return target.key.empty() || all.services.current(find(word_kind::service, target.key));
    }
  }

  void demand_known(const escalation_node& node, const escalation_target& target) const {
    if (is_known(target)) return;
    const std::string_view kind = choices(target.kind)[static_cast<std::size_t>(target.kind) - 1];
    throw error(status::not_found, "escalation.unknown_target",
                "/proposed: node \"" + node.key + "\" means the " + std::string(kind) + " \"" + target.key +
                    "\", which has not been published");
  }

  const desk_state& state_;
  const check_escalation_query& asked_;
};

escalation_graph graph_of(const escalation_policy& policy, const desk_state& state) {
  return escalation_graph(policy, 1, state.definitions.schemas->escalation(), [&](std::string_view key) {
    return state.definitions.business_calendars.current(state.words.find(word_kind::business_calendar, key));
  });
}

escalation_policy policy_in(const embedded_json& document) {
  escalation_policy policy;
  read_object(document.text, escalation_policy::fields(), &policy, {}, "an escalation policy");
  check_fields(escalation_policy::fields(), &policy, "/proposed");
  return policy;
}

void demand_one(const check_escalation_query& query, bool is_proposed) {
  if (is_proposed != static_cast<bool>(query.policy)) return;
  throw error(status::invalid_argument, "query.policy",
              std::string("/policy: found ") + (is_proposed ? "both it and" : "neither it nor") +
                  " \"proposed\", allowed is one of the two",
              "{\"path\":\"/policy\"}");
}

}  // namespace

std::span<const field_row> check_escalation_query::fields() {
  using self = check_escalation_query;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Escalation policy that is published; or"),
      row<&self::proposed>("proposed", "Escalation policy (schema escalation_policy), as it would be published"),
      row<&self::weeks>("weeks", "How many weeks of the schedules are looked at; 4 where none is given",
                        range{1, weeks_max}),
      row<&self::from>("from", "When they begin; the desk's clock where none is given"),
      row<&self::service>("service", "Service of the incident, for steps that page its owner"),
      row<&self::assignee>("assignee", "Who has the incident, for steps that page the manager"),
  };
  return rows;
}

void write_escalation_check(json_writer& to, const desk& d, const check_escalation_query& query) {
  const desk_state& state = d.state();
  const auto is_proposed = static_cast<bool>(query.proposed);
  demand_one(query, is_proposed);
  const escalation_plan* plan = state.definitions.escalation_policies.current(query.policy.index);
  if (!is_proposed && !plan) {
    throw error(status::not_found, "escalation.unknown_policy", "the escalation policy has not been published");
  }
  std::optional<escalation_graph> made;
  if (is_proposed) made.emplace(graph_of(policy_in(query.proposed), state));
  const escalation_graph& graph = made ? *made : plan->graph;
  const desk_lint duty(state, query);
  duty.demand_known(graph.policy());
  const instant from = is_set(query.from) ? query.from : state.counters.clock;
  const instant until = std::min(from + (query.weeks == 0 ? default_weeks : query.weeks) * 7 * day, instant_max);
  const lint_verdict verdict = lint(graph, duty, from, until);
  to.begin_object();
  to.member("policy", graph.policy().key);
  if (!is_proposed) to.member("policy_version", static_cast<std::int64_t>(graph.version()));
  write_members(to, verdict, {});
  to.end_object();
}

}  // namespace tocsin::inline v1
