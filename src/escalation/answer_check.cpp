#include "answer.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/condition_words.hpp>
#include <tocsin/desk/desk_lint.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/escalation/lint.hpp>

#include <algorithm>
#include <optional>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t default_weeks = 4;
constexpr std::int64_t weeks_max = limits::lint_window_max_us / (7 * day.us);

escalation_graph graph_of(const escalation_policy& policy, const desk_state& state) {
  return escalation_graph(policy, 1, state.definitions.schemas->escalation(), [&](std::string_view key) {
    return state.definitions.of<business_calendar>().current(state.words.find(word_kind::business_calendar, key));
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
  throw unexpected(status::invalid_argument, "query.policy", "/policy",
                   std::string(is_proposed ? "both it and" : "neither it nor") + " \"proposed\"", "one of the two");
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

void answer(const answer_context& c, const check_escalation_query& query) {
  const desk_state& state = c.d.state();
  const auto is_proposed = static_cast<bool>(query.proposed);
  demand_one(query, is_proposed);
  const escalation_plan* plan = state.definitions.of<escalation_plan>().current(query.policy.index);
  if (!is_proposed && !plan) {
    throw error(status::not_found, "escalation.unknown_policy", "the escalation policy has not been published");
  }
  std::optional<escalation_graph> made;
  if (is_proposed) made.emplace(graph_of(policy_in(query.proposed), state));
  const escalation_graph& graph = made ? *made : plan->graph;
  for (std::size_t n = 0; made && n < graph.policy().nodes.size(); ++n) {
    const embedded_json& asked = graph.policy().nodes[n].condition;
    const std::string place = "/proposed/nodes/" + std::to_string(n) + "/condition";
    if (asked) demand_known_words(compile_condition(asked.text, state.definitions.schemas->escalation()), state, place);
  }
  const desk_lint duty(state, query.service, query.assignee);
  duty.demand_known(graph.policy());
  const instant from = is_set(query.from) ? query.from : state.counters.clock;
  const instant until = std::min(from + (query.weeks == 0 ? default_weeks : query.weeks) * 7 * day, instant_max);
  const lint_verdict verdict = lint(graph, duty, from, until);
  c.to.begin_object();
  c.to.member("policy", graph.policy().key);
  if (!is_proposed) c.to.member("policy_version", static_cast<std::int64_t>(graph.version()));
  write_members(c.to, verdict, {});
  c.to.end_object();
}

}  // namespace tocsin::inline v1
