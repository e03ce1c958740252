// Playbooks and what was done, at random.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <random>
#include <vector>

#include <tocsin/playbook/alignment.hpp>

namespace tocsin::test {

inline std::uint32_t playbook_seed() {
  const char* said = std::getenv("TOCSIN_SEED");
  return said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : 20261130u;
}

struct playbook_dice {
  std::mt19937 engine;

  std::uint32_t below(std::size_t n) { return static_cast<std::uint32_t>(engine() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }
};

// Steps need earlier ones, in an order that is shuffled afterwards.
inline playbook_model random_model(playbook_dice& d, std::size_t steps_max) {
  const std::size_t count = 1 + d.below(steps_max);
  std::vector<std::uint32_t> place(count);
  for (std::uint32_t i = 0; i < count; ++i) place[i] = i;
  std::shuffle(place.begin(), place.end(), d.engine);
  playbook_model model;
  model.steps.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    modelled_step& step = model.steps[place[i]];
    if (d.one_in(3)) step.outcomes = 2 + d.below(2);
    step.optional = step.outcomes == 0 && d.one_in(4);
    for (std::size_t before = 0; before < i; ++before) {
      if (d.one_in(3)) step.needs.push_back(place[before]);
    }
    if (i == 0 || !d.one_in(2)) continue;
    const std::uint32_t decision = place[d.below(i)];
    const std::uint32_t outcomes = model.steps[decision].outcomes;
    if (outcomes == 0) continue;
    step.decided_by = decision;
    step.needs.push_back(decision);
    for (std::uint32_t outcome = 0; outcome < outcomes; ++outcome) {
      if (d.one_in(2)) step.on_by.push_back(outcome);
    }
    if (step.on_by.empty()) step.on_by.push_back(d.below(outcomes));
  }
  model.arrange();
  return model;
}

inline std::vector<step_occurrence> random_history(playbook_dice& d, const playbook_model& model, std::size_t most) {
  std::vector<step_occurrence> done;
  for (std::size_t n = d.below(most + 1); n > 0; --n) {
    step_occurrence& one = done.emplace_back();
    one.step = d.below(model.steps.size());
    const std::uint32_t outcomes = model.steps[one.step].outcomes;
    if (outcomes != 0 && !d.one_in(3)) one.outcome = d.below(outcomes);
    one.repeated = d.one_in(5);
  }
  return done;
}

// As a run allows it, to its end: each step that is done was open.
inline std::vector<step_occurrence> allowed_history(playbook_dice& d, const playbook_model& model) {
  std::vector<step_occurrence> done;
  std::vector<step_standing> standings(model.steps.size());
  for (;;) {
    open_what_may_be_done(model, standings);
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < standings.size(); ++i) {
      if (standings[i].state == step_state::open) open.push_back(i);
    }
    if (open.empty()) return done;
    const std::uint32_t step = open[d.below(open.size())];
    const std::uint32_t outcomes = model.steps[step].outcomes;
    const std::uint32_t outcome = outcomes == 0 ? no_place : d.below(outcomes);
    const bool skips = model.steps[step].optional && d.one_in(2);
    standings[step] = {skips ? step_state::skipped : step_state::completed, outcome};
    if (!skips) done.push_back({step, outcome, false});
  }
}

}  // namespace tocsin::test
