// What assignment rules look at beside definitions, kept up with each entry: how many open records each person has, and
// whose turn was when (I2).
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include <tocsin/base/heap_bytes.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

// Open records by person. A change cannot fail where there is room for its people.
class workload {
 public:
  void make_room(std::size_t people) {
    if (loads_.size() <= people) loads_.resize(2 * people + 1);
  }

  // A live record is another now; null: it is none.
  void change(const incident* before, const incident* now) noexcept {
    const std::uint32_t had = holder(before);
    const std::uint32_t has = holder(now);
    if (had == has) return;
    if (had != 0) --loads_[had];
    if (has != 0) ++loads_[has];
  }

  std::int64_t of(person_ref person) const noexcept { return person.index < loads_.size() ? loads_[person.index] : 0; }
  std::size_t memory_bytes() const { return heap_bytes(loads_); }

 private:
  static std::uint32_t holder(const incident* record) noexcept {
    return record && is_open(record->state_kind) ? record->assignee.index : 0;
  }

  std::vector<std::uint32_t> loads_;  // by number
};

// A person had a turn by an assignment rule: of one rule each turn has a larger number than the one before.
struct assignment_turn {
  assignment_rule_ref rule;
  person_ref person;
  std::uint64_t turn = 0;

  friend bool operator==(const assignment_turn&, const assignment_turn&) = default;
};

// The last turn of each person by each rule.
class turn_book {
 public:
  // 0: never had one.
  std::uint64_t of(assignment_rule_ref rule, person_ref person) const {
    const auto found = turns_.find(place(rule, person));
    return found == turns_.end() ? 0 : found->second;
  }
  std::uint64_t last(assignment_rule_ref rule) const { return rule.index < last_.size() ? last_[rule.index] : 0; }

  void put(const assignment_turn& one) {
    if (last_.size() <= one.rule.index) last_.resize(one.rule.index + 1);
    turns_[place(one.rule, one.person)] = one.turn;
    last_[one.rule.index] = one.turn > last_[one.rule.index] ? one.turn : last_[one.rule.index];
  }

  // As it was before the last `put` of that person by that rule, given what was there.
  void take_back(const assignment_turn& before, std::uint64_t last) noexcept {
    const auto found = turns_.find(place(before.rule, before.person));
    if (before.turn == 0) {
      turns_.erase(found);
    } else {
      found->second = before.turn;
    }
    last_[before.rule.index] = last;
  }

  template <class Visit>
  void each(Visit visit) const {
    for (const auto& [place, turn] : turns_) {
      visit(assignment_turn{{static_cast<std::uint32_t>(place >> 32)}, {static_cast<std::uint32_t>(place)}, turn});
    }
  }
  std::size_t memory_bytes() const { return heap_bytes(turns_) + heap_bytes(last_); }

 private:
  static std::uint64_t place(assignment_rule_ref rule, person_ref person) {
    return std::uint64_t{rule.index} << 32 | person.index;
  }

  std::unordered_map<std::uint64_t, std::uint64_t> turns_;
  std::vector<std::uint64_t> last_;  // by rule
};

}  // namespace tocsin::inline v1
