// The steps of a playbook as a graph: which may be done now, and which its decisions rule out. Arithmetic alone: steps are
// places, outcomes are places in the list of their step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

// A step waits until those that it needs are settled, and is open then.
enum class step_state : std::uint8_t { unset, waiting, open, started, completed, skipped, ruled_out };
std::span<const std::string_view> choices(step_state);

// Done, skipped with a reason, or ruled out by a decision.
constexpr bool is_settled(step_state state) { return state >= step_state::completed; }

struct modelled_step {
  std::vector<std::uint32_t> needs;     // settled before it may be done
  std::uint32_t decided_by = no_place;  // a step that it needs, too; its outcome says whether this one is on
  std::vector<std::uint32_t> on_by;     // those outcomes
  std::uint32_t outcomes = 0;           // of its own; 0: it decides nothing
  bool optional = false;                // may be skipped without deviating
};

struct playbook_model {
  std::vector<modelled_step> steps;
  std::vector<std::uint32_t> order;  // each step after those that it needs; of those that may come next, the first

  // Fills `order`; steps that need each other are not in it.
  void arrange();
};

struct step_standing {
  step_state state = step_state::waiting;
  std::uint32_t outcome = no_place;  // of a decision that was made

  friend bool operator==(const step_standing&, const step_standing&) = default;
};

// Does a decision that has that outcome leave the step on?
bool is_on_by(const modelled_step& step, std::uint32_t outcome);

// Opens the steps that wait for nothing any more, and rules out those that a decision leaves out. O(steps and needs).
void open_what_may_be_done(const playbook_model& model, std::span<step_standing> standings);

// Calls `visit(outcomes)` for each way through the decisions on which steps hang, up to `most` ways: the outcome of each
// step, `no_place` where it has none or where every outcome leads to the same. Returns whether these were all.
template <class Visit>
bool each_way(const playbook_model& model, std::size_t most, Visit visit);

// The step that settles this one on a way: itself where the way has it on, else the decision that rules it out.
std::uint32_t settled_by(const playbook_model& model, std::span<const std::uint32_t> outcomes, std::uint32_t step);

// ---- bodies

namespace detail {

// The ways one after the other: an odometer over the decisions that are on.
class way_counter {
 public:
  explicit way_counter(const playbook_model& model);
  std::span<const std::uint32_t> outcomes() const { return outcomes_; }
  bool next();

 private:
  void set_from(std::size_t place);

  const playbook_model& model_;
  std::vector<bool> decides_;  // steps hang on it
  std::vector<std::uint32_t> outcomes_;
};

}  // namespace detail

template <class Visit>
bool each_way(const playbook_model& model, std::size_t most, Visit visit) {
  detail::way_counter ways(model);
  for (std::size_t count = 0; count < most; ++count) {
    visit(ways.outcomes());
    if (!ways.next()) return true;
  }
  return false;
}

}  // namespace tocsin::inline v1
