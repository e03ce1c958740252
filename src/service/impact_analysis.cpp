#include <tocsin/service/impact_analysis.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

std::string_view name(impact_state state) noexcept {
  static constexpr std::string_view names[] = {"ok", "at_risk", "degraded", "failed"};
  return names[static_cast<std::size_t>(state)];
}

impact_analysis::impact_analysis(const service_graph& over) : over_(&over) { reset(); }

// The item is no better than that state: failed, or degraded.
inline void impact_analysis::raise(item_number item, impact_state to) {
  std::uint8_t& mark = marks_[item];
  const auto raised = static_cast<std::uint8_t>(to);
  if (mark >= raised) return;
  mark = raised;
  (to == impact_state::failed ? affected_ : degraded_).push_back(item);
}

// Passes on that items are so: to what needs one alone, and to what needs a group with more of them than it can spare. The list
// grows meanwhile.
template <impact_state passed>
void impact_analysis::spread(const std::vector<item_number>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (state(items[i]) != passed) continue;
    over_->each_dependent(items[i], [&](dependent to) {
      if (!to.is_group()) {
        raise(to.number(), to.only_degraded() ? impact_state::degraded : passed);
        return;
      }
      const compiled_group& group = over_->group(to.number());
      const std::uint16_t counted = not_well_[to.number()]++;
      if (counted == 0) counted_.push_back(to.number());
      if (counted < group.spare) return;
      raise(group.owner, group.only_degraded ? impact_state::degraded : passed);
    });
  }
}

void impact_analysis::compute(const outage& said) {
  compute_states(said);
  find_reasons();
}

// What failed is settled before what is only degraded: members that are degraded never make anything fail. So each item is passed
// on once, with the worst that comes of it.
void impact_analysis::compute_states(const outage& said) {
  reset();
  begin(said);
  spread<impact_state::failed>(affected_);
  spread<impact_state::degraded>(degraded_);
  for (const item_number item : degraded_) {
    if (state(item) == impact_state::degraded) affected_.push_back(item);
  }
  find_at_risk();
  if (any_maintenance_) find_unexpected(said.maintenance);
}

void impact_analysis::reset() {
  for (const item_number item : affected_) marks_[item] = 0;
  for (const item_number item : excluded_) marks_[item] = 0;
  for (auto* list : {&affected_, &degraded_, &began_}) list->clear();
  marks_.resize(over_->size());
  not_well_.resize(over_->group_count());
}

void impact_analysis::begin(const outage& said) {
  excluded_ = said.excluded;
  any_maintenance_ = !said.maintenance.empty();
  for (const item_number item : excluded_) marks_[item] = excluded_mark;
  for (const item_number item : said.failed) raise(item, impact_state::failed);
  for (const item_number item : said.degraded) raise(item, impact_state::degraded);
  began_ = affected_;
  began_.insert(began_.end(), degraded_.begin(), degraded_.end());
}

// What has a group with a member that is not well, and is no worse for it.
void impact_analysis::find_at_risk() {
  for (const std::uint32_t group : counted_) {
    not_well_[group] = 0;
    const item_number owner = over_->group(group).owner;
    if (marks_[owner] != 0) continue;
    marks_[owner] = static_cast<std::uint8_t>(impact_state::at_risk);
    affected_.push_back(owner);
  }
  counted_.clear();
}

// What began so without maintenance is unexpected, and whatever something unexpected is passed on to, but for what is under
// maintenance itself.
void impact_analysis::find_unexpected(const std::vector<item_number>& maintenance) {
  for (const item_number item : maintenance) marks_[item] |= maintenance_bit;
  std::vector<item_number> unexpected;
  const auto mark = [&](item_number item) {
    if (marks_[item] >= excluded_mark) return;  // that, under maintenance, or marked
    marks_[item] |= unexpected_bit;
    unexpected.push_back(item);
  };
  for (const item_number item : began_) mark(item);
  for (std::size_t i = 0; i < unexpected.size(); ++i) {
    if (!passes_on(unexpected[i])) continue;
    over_->each_dependent(unexpected[i], [&](dependent to) { mark(over_->owner(to)); });
  }
  for (const item_number item : maintenance) marks_[item] &= static_cast<std::uint8_t>(~maintenance_bit);
}

// Breadth-first search from what began so. Whoever reaches an item first is the one before it in the first of its shortest
// chains: items of one distance come in the order of their chains, and the dependents of each by key.
void impact_analysis::find_reasons() {
  before_.resize(over_->size());
  for (const item_number item : affected_) before_[item] = no_item;
  for (const item_number item : began_) before_[item] = item;
  std::ranges::sort(began_, [&](item_number a, item_number b) { return over_->before(a, b); });
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
  return marks_.capacity() + not_well_.capacity() * sizeof(std::uint16_t) +
         (before_.capacity() + affected_.capacity() + degraded_.capacity() + began_.capacity() + excluded_.capacity() +
          counted_.capacity()) *
             sizeof(std::uint32_t);
}

}  // namespace tocsin::inline v1
