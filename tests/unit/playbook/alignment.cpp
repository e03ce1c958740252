#include <tocsin/playbook/alignment.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "naive_alignment.hpp"
#include "random_model.hpp"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// isolate, then eradicate and inform in any order, then recover.
playbook_model containment() {
  playbook_model model;
  model.steps = {{}, {.needs = {0}}, {.needs = {0}}, {.needs = {1, 2}}};
  model.arrange();
  return model;
}

std::string shown(const alignment& a) {
  std::string text;
  for (const aligned_step& one : a.steps) {
    const char* const mark = one.move == alignment_move::as_modelled  ? ""
                             : one.move == alignment_move::unexpected ? "+"
                             : one.move == alignment_move::missing    ? "-"
                                                                      : "~";
    text += (text.empty() ? "" : " ") + std::string(mark) + std::to_string(one.step);
  }
  return text;
}

// The alignment is one: what was done stands in it in its order, and what is as modelled or missing is a run that is allowed.
void hold_sound(const playbook_model& model, std::span<const step_occurrence> done, const alignment& a) {
  std::uint32_t next = 0;
  for (const aligned_step& one : a.steps) {
    if (one.move == alignment_move::missing) continue;
    CHECK(one.occurrence == next++);
    CHECK(one.step == done[one.occurrence].step);
  }
  CHECK(next == done.size());
  CHECK(a.deviations <= a.deviations_max);
  bool allowed = false;
  each_way(model, limits::playbook_ways_max, [&](std::span<const std::uint32_t> outcomes) {
    std::vector<step_standing> standings(model.steps.size());
    const auto open = [&] { open_what_may_be_done(model, standings); };
    const auto settle_optional_before = [&](std::uint32_t wanted) {
      for (bool again = true; again && standings[wanted].state == step_state::waiting;) {
        again = false;
        for (std::uint32_t i = 0; i < standings.size(); ++i) {
          if (i == wanted || standings[i].state != step_state::open || !model.steps[i].optional) continue;
          bool later = false;  // it is done itself, in its turn
          for (const aligned_step& one : a.steps)
            later = later || (one.step == i && one.move == alignment_move::as_modelled);
          if (later) continue;
          standings[i].state = step_state::skipped;
          again = true;
          open();
        }
      }
    };
    bool ok = true;
    open();
    for (const aligned_step& one : a.steps) {
      if (one.move != alignment_move::as_modelled && one.move != alignment_move::missing) continue;
      settle_optional_before(one.step);
      ok = ok && standings[one.step].state == step_state::open;
      standings[one.step] = {step_state::completed, outcomes[one.step]};
      open();
    }
    for (std::uint32_t i = 0; i < standings.size(); ++i)
      ok = ok &&
           (is_settled(standings[i].state) || model.steps[i].optional || standings[i].state == step_state::waiting);
    allowed = allowed || ok;
  });
  CHECK(allowed);
}

}  // namespace

TEST_CASE("what was done in an order that is allowed conforms (R-C07)") {
  const playbook_model model = containment();
  for (const auto& order : {std::vector<std::uint32_t>{0, 1, 2, 3}, {0, 2, 1, 3}}) {
    std::vector<step_occurrence> done;
    for (const std::uint32_t step : order) done.push_back({step});
    const alignment found = align(model, done);
    CHECK(found.deviations == 0);
    CHECK(fitness_percent(found) == 100);
  }
}

TEST_CASE("the alignment names what was done too early and what is missing, where it would have been (R-C07)") {
  const playbook_model model = containment();
  // recovered before anything was eradicated
  const std::vector<step_occurrence> hasty{{0}, {3}, {1}, {2}};
  CHECK(shown(align(model, hasty)) == "0 +3 1 2 -3");
  CHECK(align(model, hasty).deviations == 2);
  CHECK(fitness_percent(align(model, hasty)) == 75);
  // nobody was informed
  const std::vector<step_occurrence> silent{{0}, {1}, {3}};
  CHECK(shown(align(model, silent)) == "0 1 -2 3");
  CHECK(shown(align(model, {})) == "-0 -1 -2 -3");
  CHECK(fitness_percent(align(model, {})) == 0);
  // twice, of which one is said to be a repetition
  const std::vector<step_occurrence> twice{{0}, {1}, {2}, {2, no_place, true}, {3}, {3}};
  CHECK(shown(align(model, twice)) == "0 1 2 ~2 3 +3");
}

TEST_CASE("a decision takes the way that deviates least where nobody knows what was decided (R-C07)") {
  // 0 decides between 1 and 2; 3 needs both
  playbook_model model;
  model.steps = {{.outcomes = 2},
                 {.needs = {0}, .decided_by = 0, .on_by = {0}},
                 {.needs = {0}, .decided_by = 0, .on_by = {1}},
                 {.needs = {1, 2}}};
  model.arrange();
  const std::vector<step_occurrence> second{{0}, {2}, {3}};
  CHECK(align(model, second).deviations == 0);
  const std::vector<step_occurrence> other{{0, 0}, {2}, {3}};
  CHECK(shown(align(model, other)) == "0 +2 -1 3");
}

TEST_CASE("an optional step that was not done deviates from nothing, and one that was done keeps its place (R-C07)") {
  playbook_model model;
  model.steps = {{}, {.needs = {0}, .optional = true}, {.needs = {1}}};
  model.arrange();
  const std::vector<step_occurrence> without{{0}, {2}};
  const std::vector<step_occurrence> late{{0}, {2}, {1}};
  CHECK(align(model, without).deviations == 0);
  CHECK(shown(align(model, late)) == "0 2 +1");
}

TEST_CASE("no alignment has fewer deviations than the one that is found (R-C07)") {
  CAPTURE(playbook_seed());
  for (std::uint32_t round = 0; round < 1500; ++round) {
    CAPTURE(round);
    playbook_dice d{std::mt19937(playbook_seed() + round)};
    const playbook_model model = random_model(d, 6);
    const std::vector<step_occurrence> done = random_history(d, model, 7);
    const alignment found = align(model, done);
    CHECK(found.deviations == naive_alignment(model, done).deviations());
    hold_sound(model, done, found);
  }
}

TEST_CASE("whatever a run allows conforms, and one step less or one too early does not (R-C07, R-C23)") {
  CAPTURE(playbook_seed());
  for (std::uint32_t round = 0; round < 500; ++round) {
    CAPTURE(round);
    playbook_dice d{std::mt19937(playbook_seed() + round)};
    const playbook_model model = random_model(d, 20);
    std::vector<step_occurrence> done = allowed_history(d, model);
    const bool all = each_way(model, limits::playbook_ways_max, [](std::span<const std::uint32_t>) {});
    if (!all) continue;  // the linter refuses it
    CHECK(align(model, done).deviations == 0);
    const std::uint32_t dropped = d.below(done.size() + 1);
    if (dropped == done.size() || model.steps[done[dropped].step].optional) continue;
    const bool decides = model.steps[done[dropped].step].outcomes != 0;
    done.erase(done.begin() + dropped);
    CHECK(align(model, done).deviations >= 1);
    if (!decides) CHECK(align(model, done).deviations == 1);
  }
}

TEST_CASE("an alignment of as much as is looked at is found at once, however it was mixed up (R-C07)") {
  playbook_dice d{std::mt19937(playbook_seed())};
  playbook_model model;
  model.steps.resize(limits::playbook_ways_max > 100 ? 100 : 50);
  for (std::uint32_t i = 1; i < model.steps.size(); ++i) model.steps[i].needs = {i - 1};
  model.arrange();
  std::vector<step_occurrence> done;
  for (std::size_t i = 0; i < 2 * limits::aligned_occurrences_max; ++i) done.push_back({d.below(model.steps.size())});
  const alignment found = align(model, done);
  std::set<std::uint32_t> looked_at;
  for (const aligned_step& one : found.steps) {
    if (one.occurrence != no_place) looked_at.insert(one.occurrence);
  }
  CHECK(looked_at.size() == limits::aligned_occurrences_max);
  CHECK(found.deviations < found.deviations_max);
}
