#include "publish.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/definition.hpp>

#include "desk/publication.hpp"
#include "desk/publish_conditions.hpp"

namespace tocsin::inline v1 {
namespace {

void check(const publication_check& against) {
  const auto rules = against.all.of<recurrence_rule>();
  rules.each_given([&](std::size_t i, const recurrence_rule& rule) {
    for (const std::string_view type : {problem_type, problem_proposal_type}) {
      rules.demand_one(i, against.all.of<record_type>(), std::string(type),
                       "the library's pack in this desk is older than recurrence: the record type");
    }
    if (rule.likeness != 100) {
      rules.refuse_at(i, "/likeness: found " + std::to_string(rule.likeness) +
                             ", allowed on a desk is 100: what is like what would depend on all of its history");
    }
    if (!rule.condition) return;
    try {
      const condition compiled = compile_condition(rule.condition.text, against.schemas.record(), "/condition");
      if (compiled.asks_changes) rules.refuse_at(i, "/condition: it asks what a command changes, and there is none");
    } catch (const error& e) {
      rules.refuse_at(i, e.what());
    }
  });
}

// What the memory was made from is another now.
void derive(const definitions_published& e, desk_state& state, undo_list& undo) {
  const bool matters = !e.definitions.of<recurrence_rule>().empty() || !e.definitions.of<category>().empty() ||
                       !e.definitions.of<person>().empty();
  if (!matters || state.definitions.of<recurrence_plan>().size() == 0) return;
  state.recurrences.forget();
  undo.emplace_back([&state] { state.recurrences.forget(); });
}

}  // namespace

std::shared_ptr<const recurrence_plan> compiled(const recurrence_rule& rule, const compilation& with) {
  auto plan = std::make_shared<recurrence_plan>();
  plan->rule = rule;
  if (rule.condition) {
    plan->condition = compile_condition(rule.condition.text, with.state.definitions.schemas->record(), "/condition");
  }
  return plan;
}

void each_condition(const recurrence_rule& r, const record_schemas& schemas, const condition_visitor& to) {
  visit_condition("/condition", r.condition, schemas.record(), to);
}

constinit const publication_rules problem_publication{.check = check, .derive = derive};

}  // namespace tocsin::inline v1
