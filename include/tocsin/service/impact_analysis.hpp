// Impact: what is affected when items of the service graph fail or are degraded, how, and along which chain (I1).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/service/service_graph.hpp>

namespace tocsin::inline v1 {

// Each is worse than the one before. `at_risk`: all needs are met, but redundancy is spent; it is not passed on.
enum class impact_state : std::uint8_t { ok, at_risk, degraded, failed };
std::string_view name(impact_state state) noexcept;

// What is said of items. One said to be failed and degraded is failed; an excluded one is ok, whatever else is said.
struct outage {
  std::vector<item_number> failed;
  std::vector<item_number> degraded;
  std::vector<item_number> excluded;
  std::vector<item_number> maintenance;  // agreed: what happens to them is expected
};

// Computes one impact after the other over a graph, which must outlive it; what one costs grows with what is affected, not with
// the graph.
class impact_analysis {
 public:
  explicit impact_analysis(const service_graph& over);

  // The answer to what was asked before is gone.
  void compute(const outage& said);

  // Items that are not ok, each once.
  std::span<const item_number> affected() const { return affected_; }  // in no order that means anything
  std::vector<item_number> affected_by_key() const;

  impact_state state(item_number item) const {
    return marks_[item] == excluded_mark ? impact_state::ok : static_cast<impact_state>(marks_[item]);
  }

  // Is it under agreed maintenance, or affected by such items alone? Of affected items.
  bool expected(item_number item) const { return any_maintenance_ && (flags_[item] & is_unexpected) == 0; }

  // A shortest chain from an item that began failed or degraded to this one, both included: each is a member of a group of the
  // next, and all but the last are failed or degraded. Of equals the first by key, from the chain's first item on.
  std::vector<item_number> reason(item_number item) const;

  std::size_t bytes() const;  // of its arrays

 private:
  static constexpr std::uint8_t excluded_mark = 0xFF;  // above all states, so that nothing raises it
  static constexpr std::uint8_t is_in_maintenance = 1;
  static constexpr std::uint8_t is_unexpected = 2;

  void reset();
  void begin(const outage& said);
  void raise(item_number item, impact_state to, item_number by);
  void spread_failed();
  void spread_degraded();
  void find_reasons();
  void find_unexpected();
  bool passes_on(item_number item) const {
    return marks_[item] == static_cast<std::uint8_t>(impact_state::failed) ||
           marks_[item] == static_cast<std::uint8_t>(impact_state::degraded);
  }

  const service_graph* over_;
  std::vector<std::uint8_t> marks_;      // by item: its state, or excluded_mark
  std::vector<item_number> before_;      // by item: the one before it in its reason; itself if it began so
  std::vector<std::uint16_t> not_well_;  // by group: members counted
  std::vector<std::uint8_t> flags_;      // by item; empty until there is maintenance
  std::vector<item_number> affected_;    // in the order in which they were first touched
  std::vector<item_number> began_;       // by key
  std::vector<item_number> excluded_;
  std::vector<item_number> in_maintenance_;
  std::vector<item_number> failed_;     // to be passed on
  std::vector<item_number> degraded_;   // the same; some may have failed since
  std::vector<std::uint32_t> counted_;  // groups
  bool in_order_ = true;                // items were raised in the order of breadth-first search, so `before_` is right
  bool any_maintenance_ = false;
};

}  // namespace tocsin::inline v1
