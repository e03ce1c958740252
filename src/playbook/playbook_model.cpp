#include <tocsin/playbook/playbook_model.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(step_state) {
  static constexpr std::string_view all[] = {"waiting", "open", "started", "completed", "skipped", "ruled_out"};
  return all;
}

void playbook_model::arrange() {
  order.clear();
  std::vector<bool> placed(steps.size());
  const auto may_come = [&](std::uint32_t step) {
    return !placed[step] &&
           std::ranges::all_of(steps[step].needs, [&](std::uint32_t needed) { return placed[needed]; });
  };
  for (bool found = true; found;) {
    found = false;
    for (std::uint32_t step = 0; step < steps.size() && !found; ++step) {
      found = may_come(step);
      if (!found) continue;
      placed[step] = true;
      order.push_back(step);
    }
  }
}

bool is_on_by(const modelled_step& step, std::uint32_t outcome) {
  return std::ranges::find(step.on_by, outcome) != step.on_by.end();
}

void open_what_may_be_done(const playbook_model& model, std::span<step_standing> standings) {
  for (const std::uint32_t place : model.order) {
    step_standing& now = standings[place];
    if (now.state != step_state::waiting) continue;
    const modelled_step& step = model.steps[place];
    if (step.decided_by != no_place) {
      const step_standing& decision = standings[step.decided_by];
      if (!is_settled(decision.state)) continue;
      if (decision.state == step_state::ruled_out || !is_on_by(step, decision.outcome)) {
        now.state = step_state::ruled_out;
        continue;
      }
    }
    const auto settled = [&](std::uint32_t needed) { return is_settled(standings[needed].state); };
    if (std::ranges::all_of(step.needs, settled)) now.state = step_state::open;
  }
}

std::uint32_t settled_by(const playbook_model& model, std::span<const std::uint32_t> outcomes, std::uint32_t step) {
  // The decision that is furthest up of those on which it is not on: what hangs on that one is ruled out with it.
  std::uint32_t by = step;
  std::uint32_t at = step;
  for (std::size_t hops = 0; hops < model.steps.size();
       ++hops) {  // in a circle, which no linter saw, there is no furthest
    const std::uint32_t decision = model.steps[at].decided_by;
    if (decision == no_place) break;
    if (!is_on_by(model.steps[at], outcomes[decision])) by = decision;
    at = decision;
  }
  return by;
}

namespace detail {

way_counter::way_counter(const playbook_model& model)
    : model_(model), decides_(model.steps.size()), outcomes_(model.steps.size(), no_place) {
  for (const modelled_step& step : model.steps) {
    if (step.decided_by != no_place) decides_[step.decided_by] = true;
  }
  set_from(0);
}

// The first outcome for each decision from there on that is on.
void way_counter::set_from(std::size_t place) {
  for (; place < model_.order.size(); ++place) {
    const std::uint32_t step = model_.order[place];
    outcomes_[step] = no_place;
    if (decides_[step] && settled_by(model_, outcomes_, step) == step) outcomes_[step] = 0;
  }
}

bool way_counter::next() {
  for (std::size_t place = model_.order.size(); place-- > 0;) {
    std::uint32_t& outcome = outcomes_[model_.order[place]];
    if (outcome == no_place || outcome + 1 >= model_.steps[model_.order[place]].outcomes) continue;
    ++outcome;
    set_from(place + 1);
    return true;
  }
  return false;
}

}  // namespace detail

}  // namespace tocsin::inline v1
