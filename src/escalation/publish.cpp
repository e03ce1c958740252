#include "publish.hpp"

#include <tocsin/model/definition.hpp>
#include <tocsin/oncall/role.hpp>
#include <tocsin/oncall/schedule.hpp>

#include "desk/publication.hpp"
#include "desk/publish_calendars.hpp"
#include "desk/publish_conditions.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

using escalation_findings = std::function<void(const std::string& path, const std::string& what)>;

template <class T>
void check_name(const publications& all, const std::string& key, const std::string& path,
                const escalation_findings& find) {
  if (!key.empty() && !all.of<T>().has(key)) find(path, all.of<T>().unpublished(key));
}

void check_target(const publications& all, const escalation_target& target, const std::string& path,
                  const escalation_findings& find) {
  switch (target.kind) {
    case escalation_target_kind::person:
    case escalation_target_kind::manager_of:
      return check_name<person>(all, target.key, path, find);
    case escalation_target_kind::team:
      return check_name<team>(all, target.key, path, find);
    case escalation_target_kind::service_owner:
      return check_name<service>(all, target.key, path, find);
    case escalation_target_kind::schedule:
      return check_name<schedule>(all, target.key, path, find);
    case escalation_target_kind::role:
      return check_name<role>(all, target.key, path, find);
    default:
      return;
  }
}

void check_names_in(const escalation_policy& policy, const publications& all, const escalation_findings& find) {
  const auto check_all = [&](const std::vector<escalation_target>& targets, const std::string& path) {
    for (std::size_t t = 0; t < targets.size(); ++t) {
      check_target(all, targets[t], path + "/targets/" + std::to_string(t), find);
    }
  };
  for (std::size_t s = 0; s < policy.steps.size(); ++s)
    check_all(policy.steps[s].targets, "/steps/" + std::to_string(s));
  for (std::size_t n = 0; n < policy.nodes.size(); ++n) {
    const std::string path = "/nodes/" + std::to_string(n);
    check_all(policy.nodes[n].targets, path);
    check_name<team>(all, policy.nodes[n].team, path + "/team", find);
  }
}

void check_escalation_policies(const publications& all, const record_schemas& schemas, const calendar_book& calendars) {
  const auto policies = all.of<escalation_policy>();
  const auto find_calendar = [&](std::string_view key) { return calendars.find(key); };
  for (std::size_t i = 0; i < policies.size(); ++i) {
    std::string why;
    try {
      plan_of(policies[i], 1, schemas.escalation(), find_calendar);
    } catch (const error& e) {
      why = e.what();
    }
    check_names_in(policies[i], all, [&](const std::string& path, const std::string& what) {
      why += (why.empty() ? "" : "; ") + path + ": " + what;
    });
    if (!why.empty()) policies.refuse_at(i, why);
  }
}

bool names_calendar(const escalation_policy& policy, std::span<const business_calendar_definition> changed) {
  const auto is_changed = [&](const std::string& key) {
    return !key.empty() && std::ranges::find(changed, key, &business_calendar_definition::key) != changed.end();
  };
  return std::ranges::any_of(policy.nodes, is_changed, &escalation_node::calendar) ||
         std::ranges::any_of(policy.triggers, is_changed, &escalation_trigger::calendar);
}

void check(const publication_check& against) {
  check_escalation_policies(against.all, against.schemas, against.calendars);
}

// Fills in default storm limits at publication, so that later defaults do not change old policies (E5).
void settle(publish& asked, const desk_state&, instant) {
  for (escalation_policy& policy : asked.definitions.of<escalation_policy>()) policy.storms = settled(policy.storms);
}

// A policy is compiled with its calendars: where one of these changes, it has a new version, too (T7).
void extend(const publications& all, definitions_published& changes) {
  const auto& calendars = changes.definitions.of<business_calendar_definition>();
  if (calendars.empty()) return;
  std::vector<escalation_policy>& policies = changes.definitions.of<escalation_policy>();
  all.of<escalation_policy>().each([&](const escalation_policy& p) {
    if (std::ranges::find(policies, p.key, &escalation_policy::key) != policies.end()) return;
    if (names_calendar(p, calendars)) policies.push_back(p);
  });
}

// Every version of the policies that name them counts by the calendars as they are now, so that runs under way do, too.
void recompile(std::span<const business_calendar_definition> changed, desk_state& state, undo_list& undo) {
  versions<escalation_plan>& known = state.definitions.of<escalation_plan>();
  const auto find_calendar = [&](std::string_view key) {
    return state.definitions.of<business_calendar>().current(state.words.find(word_kind::business_calendar, key));
  };
  for (std::uint32_t number = 1; number <= known.size(); ++number) {
    const auto all = known.all(number);
    const auto follows = [&](const auto& plan) { return names_calendar(plan->policy, changed); };
    if (std::ranges::none_of(all, follows)) continue;
    undo.emplace_back([&known, number, all] { known.restore(number, all); });
    known.rewrite(number, [&](const escalation_plan& plan) {
      return plan_of(plan.policy, plan.graph.version(), state.definitions.schemas->escalation(), find_calendar);
    });
  }
}

}  // namespace

std::shared_ptr<const escalation_plan> compiled(const escalation_policy& policy, const compilation& with) {
  desk_state& state = with.state;
  const definition_table& all = state.definitions;
  const std::uint32_t number = state.words.add(word_kind::escalation_policy, policy.key);
  const auto find_calendar = [&](std::string_view key) {
    return all.of<business_calendar>().current(state.words.find(word_kind::business_calendar, key));
  };
  return std::make_shared<const escalation_plan>(
      plan_of(policy, all.of<escalation_plan>().latest(number) + 1, all.schemas->escalation(), find_calendar));
}

void each_condition(const escalation_policy& p, const record_schemas& schemas, const condition_visitor& to) {
  for (std::size_t i = 0; i < p.triggers.size(); ++i) {
    const escalation_cause on = p.triggers[i].on;
    visit_condition(
        "/triggers/" + std::to_string(i) + "/condition", p.triggers[i].condition, schemas.escalation(), to,
        on == escalation_cause::logged || on == escalation_cause::assigned || on == escalation_cause::prioritised);
  }
  for (std::size_t i = 0; i < p.nodes.size(); ++i) {
    visit_condition("/nodes/" + std::to_string(i) + "/condition", p.nodes[i].condition, schemas.escalation(), to);
  }
}

constinit const publication_rules escalation_publication{
    .settle = settle, .check = check, .extend = extend, .follow_calendars = recompile};

}  // namespace tocsin::inline v1
