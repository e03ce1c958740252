// The least number of deviations, found the slow and obvious way: Dijkstra's search over what was done and over every state
// that a run may be in, by the very rules that runs go by.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include <tocsin/playbook/alignment.hpp>

namespace tocsin::test {

class naive_alignment {
 public:
  naive_alignment(const playbook_model& model, std::span<const step_occurrence> done) : model_(model), done_(done) {}

  std::uint32_t deviations() {
    std::vector<step_standing> first(model_.steps.size());
    open_what_may_be_done(model_, first);
    reach({0, first}, 0);
    while (!waiting_.empty()) {
      const auto next = waiting_.begin();
      const std::uint32_t cost = next->first;
      const state at = next->second;
      waiting_.erase(next);
      if (best_.at(key_of(at)) < cost) continue;
      if (is_end(at)) return cost;
      leave(at, cost);
    }
    return 0;
  }

 private:
  struct state {
    std::size_t seen;
    std::vector<step_standing> standings;
  };
  using key = std::pair<std::size_t, std::vector<std::pair<int, std::uint32_t>>>;

  static key key_of(const state& s) {
    key made{s.seen, {}};
    for (const step_standing& one : s.standings) made.second.emplace_back(static_cast<int>(one.state), one.outcome);
    return made;
  }

  bool is_end(const state& s) const {
    for (const step_standing& one : s.standings) {
      if (!is_settled(one.state)) return false;
    }
    return s.seen == done_.size();
  }

  void reach(const state& s, std::uint32_t cost) {
    const auto [known, added] = best_.emplace(key_of(s), cost);
    if (!added && known->second <= cost) return;
    known->second = cost;
    waiting_.emplace(cost, s);
  }

  void leave(const state& at, std::uint32_t cost) {
    if (at.seen < done_.size()) reach({at.seen + 1, at.standings}, cost + (done_[at.seen].repeated ? 0 : 1));
    for (std::uint32_t step = 0; step < model_.steps.size(); ++step) {
      if (at.standings[step].state != step_state::open) continue;
      const std::uint32_t outcomes = model_.steps[step].outcomes;
      for (std::uint32_t n = 0; n < (outcomes == 0 ? 1 : outcomes); ++n) {
        const std::uint32_t outcome = outcomes == 0 ? no_place : n;
        state next = at;
        next.standings[step] = {step_state::completed, outcome};
        open_what_may_be_done(model_, next.standings);
        reach(next, cost + (model_.steps[step].optional ? 0 : 1));
        if (!is_done_next(at.seen, step, outcome)) continue;
        ++next.seen;
        reach(next, cost);
      }
    }
  }

  bool is_done_next(std::size_t seen, std::uint32_t step, std::uint32_t outcome) const {
    if (seen == done_.size() || done_[seen].step != step) return false;
    return done_[seen].outcome == no_place || done_[seen].outcome == outcome;
  }

  const playbook_model& model_;
  std::span<const step_occurrence> done_;
  std::map<key, std::uint32_t> best_;
  std::multimap<std::uint32_t, state> waiting_;  // by cost
};

}  // namespace tocsin::test
