// What is refused of a playbook when it is published.
#include <tocsin/playbook/playbook.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/refusal.hpp>

#include "base/graph.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::inline v1 {
namespace {

class playbook_linter {
 public:
  explicit playbook_linter(const playbook& definition) : definition_(definition), steps_(definition.steps) {
    for (const playbook_step& step : steps_) keys_.push_back(step.key);
  }

  std::vector<std::string> lint(const condition_schema& schema) {
    lint_condition(schema);
    if (steps_.empty()) add("steps", "a playbook has at least one step");
    lint_twice(keys_, "steps", "the key");
    for (std::size_t i = 0; i < steps_.size(); ++i) lint_step(steps_[i], "steps/" + std::to_string(i));
    lint_signs();
    if (!steps_.empty() && std::ranges::all_of(steps_, &playbook_step::optional)) {
      add("steps", "each of them is optional, so nothing is to be done");
    }
    if (findings_.empty()) lint_graph();
    return std::move(findings_);
  }

 private:
  void add(const std::string& place, const std::string& what) { findings_.push_back(place + ": " + what); }

  void lint_condition(const condition_schema& schema) {
    if (!definition_.applies_when) return;
    try {
      compile_condition(definition_.applies_when.text, schema, "applies_when");
    } catch (const error& e) {
      findings_.emplace_back(e.what());
    }
  }

  void lint_twice(const std::vector<std::string>& names, const std::string& place, const std::string& what) {
    std::set<std::string_view> seen;
    for (const std::string& name : names) {
      if (!seen.insert(name).second) add(place, what + " " + quoted(name) + " is there twice");
    }
  }

  const playbook_step* find(std::string_view key) const {
    const auto found = std::ranges::find(steps_, key, &playbook_step::key);
    return found == steps_.end() ? nullptr : &*found;
  }

  void demand_step(const std::string& key, const std::string& place) {
    if (!find(key)) add(place, "there is no step " + quoted(key) + did_you_mean(nearest_of(key, keys_)));
  }

  void lint_step(const playbook_step& step, const std::string& place) {
    for (const std::string& key : step.needs) demand_step(key, place + "/needs");
    lint_twice(step.needs, place + "/needs", "the step");
    lint_twice(step.outcomes, place + "/outcomes", "the outcome");
    lint_when(step, place + "/when");
    if (step.outcomes.size() == 1) add(place + "/outcomes", "a decision has at least two outcomes");
    if (std::ranges::find(step.outcomes, "") != step.outcomes.end()) add(place + "/outcomes", "one of them is empty");
    if (step.optional && !step.outcomes.empty()) add(place + "/optional", "what decides is not optional");
    if (step.optional && step.required_before != step_deadline::unset) {
      add(place, "an optional step has no required_before");
    }
    if (!step.role.empty() && !step.team.empty()) add(place, "give either a role or a team, not both");
    const bool in_bounds =
        step.time_limit >= limits::step_time_limit_min && step.time_limit <= limits::step_time_limit_max;
    if (step.time_limit.us != 0 && !in_bounds) add(place + "/time_limit", "allowed is from a minute to 366 days");
    std::vector<std::string> evidence;
    for (const demanded_evidence& one : step.evidence) evidence.push_back(one.key);
    lint_twice(evidence, place + "/evidence", "the key");
  }

  void lint_when(const playbook_step& step, const std::string& place) {
    if (step.when.step.empty() && step.when.outcomes.empty()) return;
    demand_step(step.when.step, place + "/step");
    const playbook_step* const decision = find(step.when.step);
    if (!decision) return;
    if (decision->outcomes.empty()) {
      return add(place + "/step", quoted(decision->key) + " decides nothing: it has no outcomes");
    }
    if (step.when.outcomes.empty()) add(place + "/outcomes", "none is given, so the step is never on");
    for (const std::string& outcome : step.when.outcomes) {
      if (std::ranges::find(decision->outcomes, outcome) != decision->outcomes.end()) continue;
      add(place + "/outcomes", quoted(outcome) + " is no outcome of " + quoted(decision->key) +
                                   " (allowed: " + joined(decision->outcomes) + ")");
    }
  }

  // An event that showed two steps would not say which of them was done.
  void lint_signs() {
    std::map<std::string_view, std::string_view> shows;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      for (const std::string& sign : steps_[i].shown_by) {
        const auto [known, added] = shows.emplace(sign, steps_[i].key);
        if (added) continue;
        add("steps/" + std::to_string(i) + "/shown_by",
            quoted(sign) + " shows the step " + quoted(known->second) + " already");
      }
    }
  }

  void lint_graph() {
    const playbook_model model = model_of(definition_);
    if (model.order.size() != steps_.size()) return add("steps", "they need each other: " + circle(model));
    const bool all = each_way(model, limits::playbook_ways_max, [](std::span<const std::uint32_t>) {});
    if (all) return;
    add("steps", "their decisions can be made in more than " + std::to_string(limits::playbook_ways_max) +
                     " ways; a second playbook that is started by its own condition may have some of them");
  }

  std::string circle(const playbook_model& model) const {
    std::vector<detail::edge> edges;
    for (std::uint32_t step = 0; step < model.steps.size(); ++step) {
      for (const std::uint32_t needed : model.steps[step].needs) edges.push_back({step, needed});
    }
    std::string text;
    const std::vector<detail::vertex> found = detail::find_cycle(detail::digraph(model.steps.size(), edges));
    for (const detail::vertex step : found) text += steps_[step].key + " needs ";
    return text + (found.empty() ? "" : steps_[found.front()].key);
  }

  const playbook& definition_;
  const std::vector<playbook_step>& steps_;
  std::vector<std::string> keys_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> lint(const playbook& definition, const condition_schema& schema) {
  return playbook_linter(definition).lint(schema);
}

}  // namespace tocsin::inline v1
