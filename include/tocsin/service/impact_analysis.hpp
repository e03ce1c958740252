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
  // Without reasons, which cost half as much again; `reason` must not be asked then.
  void compute_states(const outage& said);

  // Items that are not ok, each once.
  std::span<const item_number> affected() const { return affected_; }  // in no order that means anything
  std::vector<item_number> affected_by_key() const;

  impact_state state(item_number item) const { return static_cast<impact_state>(marks_[item] & state_bits); }

  // Is it under agreed maintenance, or affected by such items alone? Of affected items.
  bool expected(item_number item) const { return any_maintenance_ && (marks_[item] & unexpected_bit) == 0; }

  // A shortest chain from an item that began failed or degraded to this one, both included: each is a member of a group of the
  // next, and all but the last are failed or degraded. Of equals the first by key, from the chain's first item on.
  std::vector<item_number> reason(item_number item) const;

  std::size_t bytes() const;  // of its arrays

 private:
  static constexpr std::uint8_t state_bits = 3;
  static constexpr std::uint8_t excluded_mark = 4;  // above all states, so that nothing raises it
  static constexpr std::uint8_t maintenance_bit = 8;
  static constexpr std::uint8_t unexpected_bit = 16;

  void reset();
  void begin(const outage& said);
  void raise(item_number item, impact_state to);
  template <impact_state passed>
  void spread(const std::vector<item_number>& items);
  void find_at_risk();
  void find_unexpected(const std::vector<item_number>& maintenance);
  void find_reasons();
  bool passes_on(item_number item) const { return state(item) >= impact_state::degraded; }

  const service_graph* over_;
  std::vector<std::uint8_t> marks_;      // by item: its state, or excluded_mark, and bits
  std::vector<std::uint16_t> not_well_;  // by group: members counted; nothing between two computes
  std::vector<item_number> before_;      // by item: the one before it in its reason; itself if it began so
  std::vector<item_number> affected_;    // what failed, then what is degraded, then what is at risk
  std::vector<item_number> degraded_;    // some may have failed since
  std::vector<item_number> began_;
  std::vector<item_number> excluded_;
  std::vector<std::uint32_t> counted_;  // groups
  bool any_maintenance_ = false;
};

}  // namespace tocsin::inline v1
