#include <tocsin/service/impact_analysis.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

std::string_view name(impact_state state) noexcept {
  static constexpr std::string_view names[] = {"ok", "at_risk", "degraded", "failed"};
  return names[static_cast<std::size_t>(state)];
}

impact_analysis::impact_analysis(const service_graph& over) : over_(&over) { reset(); }

// What failed is settled before what is only degraded: members that are degraded never make anything fail. So each item is passed
// on once, with the worst that comes of it.
void impact_analysis::compute(const outage& said) {
  reset();
  begin(said);
  spread_failed();
  spread_degraded();
  if (!in_order_) find_reasons();
  if (any_maintenance_) find_unexpected();
}

void impact_analysis::reset() {
  for (const item_number item : affected_) marks_[item] = 0;
  for (const item_number item : excluded_) marks_[item] = 0;
  if (any_maintenance_) {
    for (const item_number item : affected_) flags_[item] = 0;
    for (const item_number item : in_maintenance_) flags_[item] = 0;
  }
  for (const std::uint32_t group : counted_) not_well_[group] = 0;
  for (auto* list : {&affected_, &began_, &excluded_, &in_maintenance_, &failed_, &degraded_, &counted_}) list->clear();
  in_order_ = true;
  any_maintenance_ = false;
  marks_.resize(over_->size());
  before_.resize(over_->size());
  not_well_.resize(over_->group_count());
}

void impact_analysis::begin(const outage& said) {
  for (const item_number item : said.excluded) marks_[item] = excluded_mark;
  excluded_ = said.excluded;
  any_maintenance_ = !said.maintenance.empty();
  if (any_maintenance_) flags_.resize(over_->size());
  for (const item_number item : said.maintenance) flags_[item] = is_in_maintenance;
  in_maintenance_ = said.maintenance;
  const auto take = [&](const std::vector<item_number>& items, impact_state state, std::vector<item_number>& to) {
    for (const item_number item : items) {
      if (marks_[item] != 0) continue;
      marks_[item] = static_cast<std::uint8_t>(state);
      before_[item] = item;
      to.push_back(item);
    }
    std::ranges::sort(to, [&](item_number a, item_number b) { return over_->before(a, b); });
  };
  take(said.failed, impact_state::failed, failed_);
  take(said.degraded, impact_state::degraded, degraded_);
  affected_.insert(affected_.end(), failed_.begin(), failed_.end());
  affected_.insert(affected_.end(), degraded_.begin(), degraded_.end());
  began_ = affected_;
  in_order_ = failed_.empty() || degraded_.empty();
  if (!in_order_) std::ranges::sort(began_, [&](item_number a, item_number b) { return over_->before(a, b); });
}

// The item is no better than that state.
inline void impact_analysis::raise(item_number item, impact_state to, item_number by) {
  std::uint8_t& mark = marks_[item];
  const auto raised = static_cast<std::uint8_t>(to);
  if (mark >= raised) return;
  if (mark == 0) {
    before_[item] = by;
    affected_.push_back(item);
  } else {
    in_order_ = false;  // it stands at the place where it was first touched, and is passed on later
  }
  mark = raised;
  if (to == impact_state::failed) failed_.push_back(item);
  if (to == impact_state::degraded) degraded_.push_back(item);
}

void impact_analysis::spread_failed() {
  const auto failed = static_cast<std::uint8_t>(impact_state::failed);
  for (std::size_t i = 0; i < failed_.size(); ++i) {
    const item_number by = failed_[i];
    over_->each_dependent(by, [&](dependent to) {
      if (!to.is_group()) {
        raise(to.number(), to.only_degraded() ? impact_state::degraded : impact_state::failed, by);
        return;
      }
      const compiled_group& group = over_->group(to.number());
      if (marks_[group.owner] >= failed) return;
      std::uint16_t& count = not_well_[to.number()];
      if (count++ == 0) counted_.push_back(to.number());
      const impact_state effect = group.only_degraded ? impact_state::degraded : impact_state::failed;
      raise(group.owner, count > group.spare ? effect : impact_state::at_risk, by);
    });
  }
  if (!failed_.empty() && !degraded_.empty()) in_order_ = false;
}

void impact_analysis::spread_degraded() {
  const auto degraded = static_cast<std::uint8_t>(impact_state::degraded);
  for (std::size_t i = 0; i < degraded_.size(); ++i) {
    const item_number by = degraded_[i];
    if (marks_[by] != degraded) continue;
    over_->each_dependent(by, [&](dependent to) {
      if (!to.is_group()) {
        raise(to.number(), impact_state::degraded, by);
        return;
      }
      const compiled_group& group = over_->group(to.number());
      if (marks_[group.owner] >= degraded) return;
      std::uint16_t& count = not_well_[to.number()];
      if (count++ == 0) counted_.push_back(to.number());
      raise(group.owner, count > group.spare ? impact_state::degraded : impact_state::at_risk, by);
    });
  }
}

// Breadth-first search from what began so. Whoever reaches an item first is the one before it in the first of its shortest
// chains: items of one distance come in the order of their chains, and the dependents of each by key.
void impact_analysis::find_reasons() {
  for (const item_number item : affected_) before_[item] = no_item;
  for (const item_number item : began_) before_[item] = item;
  std::vector<item_number> reached = began_;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const item_number by = reached[i];
    over_->each_dependent(by, [&](dependent to) {
      const item_number owner = over_->owner(to);
      if (marks_[owner] == excluded_mark || before_[owner] != no_item) return;
      before_[owner] = by;
      if (passes_on(owner)) reached.push_back(owner);
    });
  }
}

// What began so without maintenance is unexpected, and whatever something unexpected is passed on to, but for what is under
// maintenance itself.
void impact_analysis::find_unexpected() {
  std::vector<item_number> unexpected;
  const auto mark = [&](item_number item) {
    if (flags_[item] != 0 || marks_[item] == excluded_mark) return;
    flags_[item] = is_unexpected;
    unexpected.push_back(item);
  };
  for (const item_number item : began_) mark(item);
  for (std::size_t i = 0; i < unexpected.size(); ++i) {
    if (!passes_on(unexpected[i])) continue;
    over_->each_dependent(unexpected[i], [&](dependent to) { mark(over_->owner(to)); });
  }
}

std::vector<item_number> impact_analysis::affected_by_key() const {
  std::vector<item_number> result = affected_;
  std::ranges::sort(result, [&](item_number a, item_number b) { return over_->before(a, b); });
  return result;
}

std::vector<item_number> impact_analysis::reason(item_number item) const {
  std::vector<item_number> chain{item};
  while (before_[chain.back()] != chain.back()) chain.push_back(before_[chain.back()]);
  std::ranges::reverse(chain);
  return chain;
}

std::size_t impact_analysis::bytes() const {
  return marks_.capacity() + flags_.capacity() + not_well_.capacity() * sizeof(std::uint16_t) +
         (before_.capacity() + affected_.capacity() + began_.capacity() + failed_.capacity() + degraded_.capacity() +
          counted_.capacity()) *
             sizeof(std::uint32_t);
}

}  // namespace tocsin::inline v1
