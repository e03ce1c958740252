#include <tocsin/playbook/alignment.hpp>

#include <algorithm>
#include <limits>

namespace tocsin::inline v1 {
namespace {

// The heaviest set of elements of which none stands below another. `below[u]` lists what stands below u, in ascending order,
// and is transitive.
class heaviest_antichain {
 public:
  heaviest_antichain(std::vector<std::vector<std::uint32_t>> below, std::vector<std::uint32_t> weight)
      : below_(std::move(below)),
        weight_(std::move(weight)),
        flow_(weight_.size() * weight_.size()),
        sent_(weight_.size()),
        received_(weight_.size()) {}

  std::vector<bool> find() {
    for (std::uint32_t u = 0; u < weight_.size(); ++u) {
      while (sent_[u] < weight_[u]) {
        forget_reached();
        if (!send_from(u)) break;
        ++sent_[u];
      }
    }
    return below_the_cut();
  }

 private:
  std::uint8_t& flow(std::uint32_t from, std::uint32_t to) { return flow_[from * weight_.size() + to]; }

  void forget_reached() {
    above_reached_.assign(weight_.size(), false);
    below_reached_.assign(weight_.size(), false);
  }

  // One unit more, along a path that may take others another way. It is as deep as there are elements.
  bool send_from(std::uint32_t u) {
    above_reached_[u] = true;
    for (const std::uint32_t v : below_[u]) {
      if (below_reached_[v]) continue;
      below_reached_[v] = true;
      if (received_[v] < weight_[v]) {
        ++received_[v];
        ++flow(u, v);
        return true;
      }
      for (std::uint32_t other = 0; other < weight_.size(); ++other) {
        if (flow(other, v) == 0 || above_reached_[other] || !send_from(other)) continue;
        --flow(other, v);
        ++flow(u, v);
        return true;
      }
    }
    return false;
  }

  // Of the smallest cuts, the one nearest to the end of the flow: of two that are the wrong way round, the later one stays.
  std::vector<bool> below_the_cut() {
    forget_reached();
    for (std::uint32_t v = 0; v < weight_.size(); ++v) {
      if (received_[v] < weight_[v]) reach_to(v);
    }
    std::vector<bool> chosen(weight_.size());
    for (std::size_t u = 0; u < weight_.size(); ++u) chosen[u] = !above_reached_[u] && below_reached_[u];
    return chosen;
  }

  // What could still send through v. It is as deep as there are elements.
  void reach_to(std::uint32_t v) {
    if (below_reached_[v]) return;
    below_reached_[v] = true;
    for (std::uint32_t u = 0; u < weight_.size(); ++u) {
      if (above_reached_[u] || !std::ranges::binary_search(below_[u], v)) continue;
      above_reached_[u] = true;
      for (const std::uint32_t other : below_[u]) {
        if (flow(u, other) != 0) reach_to(other);
      }
    }
  }

  std::vector<std::vector<std::uint32_t>> below_;
  std::vector<std::uint32_t> weight_;
  std::vector<std::uint8_t> flow_;  // weights are at most 2
  std::vector<std::uint32_t> sent_, received_;
  std::vector<bool> above_reached_, below_reached_;
};

using step_set = std::vector<bool>;

// One way through the decisions: which steps it has, and which come before which.
class way {
 public:
  way(const playbook_model& model, std::span<const std::uint32_t> outcomes)
      : model_(model),
        outcomes_(outcomes.begin(), outcomes.end()),
        before_(model.steps.size(), step_set(model.steps.size())) {
    for (const std::uint32_t step : model.order) {
      if (!has(step)) continue;
      for (const std::uint32_t needed : model.steps[step].needs)
        add_before(step, settled_by(model_, outcomes_, needed));
    }
  }

  bool has(std::uint32_t step) const { return settled_by(model_, outcomes_, step) == step; }
  bool demands(std::uint32_t step) const { return has(step) && !model_.steps[step].optional; }
  bool is_before(std::uint32_t first, std::uint32_t then) const { return before_[then][first]; }

  bool fits(const step_occurrence& one) const {
    const std::uint32_t outcome = outcomes_[one.step];
    return has(one.step) && (outcome == no_place || one.outcome == no_place || one.outcome == outcome);
  }

  std::uint32_t demanded() const {
    std::uint32_t count = 0;
    for (const std::uint32_t step : model_.order) count += demands(step) ? 1u : 0u;
    return count;
  }

  // By place in `done`: what is as modelled.
  std::vector<bool> best_of(std::span<const step_occurrence> done) const {
    std::vector<std::uint32_t> places;
    std::vector<std::uint32_t> weight;
    for (std::uint32_t i = 0; i < done.size(); ++i) {
      if (!fits(done[i])) continue;
      places.push_back(i);
      weight.push_back((done[i].repeated ? 0u : 1u) + (demands(done[i].step) ? 1u : 0u));
    }
    std::vector<std::vector<std::uint32_t>> below(places.size());
    for (std::uint32_t later = 0; later < places.size(); ++later) {
      for (std::uint32_t sooner = 0; sooner < later; ++sooner) {
        if (collide(done[places[sooner]], done[places[later]])) below[later].push_back(sooner);
      }
    }
    const std::vector<bool> found = heaviest_antichain(std::move(below), std::move(weight)).find();
    std::vector<bool> chosen(done.size());
    for (std::size_t i = 0; i < places.size(); ++i) chosen[places[i]] = found[i];
    take_first_times(done, chosen);
    return chosen;
  }

 private:
  // The same step twice, or two steps the wrong way round.
  bool collide(const step_occurrence& sooner, const step_occurrence& later) const {
    return sooner.step == later.step || is_before(later.step, sooner.step);
  }

  // Where a step was done more than once, and the first time does as well, the others are too many.
  void take_first_times(std::span<const step_occurrence> done, std::vector<bool>& chosen) const {
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (!chosen[i]) continue;
      for (std::size_t first = 0; first < i; ++first) {
        const bool alike = done[first].step == done[i].step && done[first].repeated == done[i].repeated;
        if (!alike || !fits(done[first]) || !goes_with(done, chosen, first, i)) continue;
        chosen[i] = false;
        chosen[first] = true;
        break;
      }
    }
  }

  bool goes_with(std::span<const step_occurrence> done, const std::vector<bool>& chosen, std::size_t one,
                 std::size_t but) const {
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (!chosen[i] || i == but) continue;
      if (i < one ? collide(done[i], done[one]) : collide(done[one], done[i])) return false;
    }
    return true;
  }

  void add_before(std::uint32_t step, std::uint32_t needed) {
    before_[step][needed] = true;
    for (std::size_t i = 0; i < before_[needed].size(); ++i) {
      if (before_[needed][i]) before_[step][i] = true;
    }
  }

  const playbook_model& model_;
  std::vector<std::uint32_t> outcomes_;
  std::vector<step_set> before_;  // by step: those before it, however far
};

class alignment_writer {
 public:
  alignment_writer(const playbook_model& model, const way& along, std::span<const step_occurrence> done,
                   const std::vector<bool>& chosen)
      : model_(model), along_(along), done_(done), chosen_(chosen), written_(model.steps.size()) {
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (chosen[i]) written_[done[i].step] = true;  // in its turn
    }
  }

  alignment write() {
    for (std::uint32_t i = 0; i < done_.size(); ++i) {
      if (!chosen_[i]) {
        put(done_[i].repeated ? alignment_move::repeated : alignment_move::unexpected, done_[i].step, i);
        continue;
      }
      put_missing([&](std::uint32_t step) { return along_.is_before(step, done_[i].step); });
      put(alignment_move::as_modelled, done_[i].step, i);
    }
    put_missing([](std::uint32_t) { return true; });
    return std::move(result_);
  }

 private:
  template <class Due>
  void put_missing(Due is_due) {
    for (const std::uint32_t step : model_.order) {
      if (written_[step] || !along_.demands(step) || !is_due(step)) continue;
      written_[step] = true;
      put(alignment_move::missing, step, no_place);
    }
  }

  void put(alignment_move move, std::uint32_t step, std::uint32_t occurrence) {
    result_.steps.push_back({move, step, occurrence});
    if (deviates(move)) ++result_.deviations;
  }

  const playbook_model& model_;
  const way& along_;
  std::span<const step_occurrence> done_;
  const std::vector<bool>& chosen_;
  step_set written_;
  alignment result_;
};

}  // namespace

std::span<const std::string_view> choices(alignment_move) {
  static constexpr std::string_view all[] = {"as_modelled", "unexpected", "missing", "repeated"};
  return all;
}

alignment align(const playbook_model& model, std::span<const step_occurrence> done) {
  const std::span<const step_occurrence> known = done.first(std::min(done.size(), limits::aligned_occurrences_max));
  alignment best;
  best.deviations = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t fewest = std::numeric_limits<std::uint32_t>::max();
  each_way(model, limits::playbook_ways_max, [&](std::span<const std::uint32_t> outcomes) {
    const way along(model, outcomes);
    fewest = std::min(fewest, along.demanded());
    alignment found = alignment_writer(model, along, known, along.best_of(known)).write();
    if (found.deviations < best.deviations) best = std::move(found);
  });
  const auto counted = std::ranges::count(known, false, &step_occurrence::repeated);
  best.deviations_max = fewest + static_cast<std::uint32_t>(counted);
  return best;
}

std::uint32_t fitness_percent(const alignment& a) {
  if (a.deviations_max == 0) return 100;
  return static_cast<std::uint32_t>(100 * (std::uint64_t{a.deviations_max} - a.deviations) / a.deviations_max);
}

}  // namespace tocsin::inline v1
