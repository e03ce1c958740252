// Timers in the order in which they fire (D6): by instant, then record number, then kind. A 4-ary heap.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// The rank of kinds that are due at one instant is their order here.
enum class timer_kind : std::uint8_t {
  unset,
  auto_close,
  move,
  follow_up,
  hold_reminder,
  hold_end,
  task_due,
  heartbeat,
  maintenance_begin,
  maintenance_end,
  sla,
  escalation,
  page_bundle,
  problem_cascade,
  risk_review,
  major_update_due,
  change_cascade,
  audience_update_due,
  review_due,
  action_item_due,
  playbook_step_due,
  automation,
  embargo_end,
  disclosure_due,
  disclosure_overdue,
  audience_update_reminder,
  host = 128  // from here on: of slices of the host
};

// The n-th of a host's slices, from 0.
constexpr timer_kind host_timer(std::uint8_t n) {
  return static_cast<timer_kind>(static_cast<std::uint8_t>(timer_kind::host) + n);
}

// Each clock that runs has one, so that id and kind share a word: ids are given one after the other.
struct timer {
  instant due = never;
  std::uint64_t number = 0;   // of the record; what the order goes by
  std::uint64_t id : 56 = 0;  // of the record
  timer_kind kind : 8 = timer_kind::unset;

  timer() = default;
  timer(instant at, std::uint64_t record_number, std::uint64_t record_id, timer_kind what) noexcept
      : due(at), number(record_number), id(record_id & 0x00ff'ffff'ffff'ffff), kind(what) {}

  friend bool operator<(const timer& a, const timer& b) {
    return std::tuple(a.due, a.number, a.kind) < std::tuple(b.due, b.number, b.kind);
  }
};

static_assert(sizeof(timer) <= 24, "a million clocks have a million of them");

// Timers are never taken out when they are revoked: whoever looks at the top asks the record whether it still stands.
class timer_queue {
 public:
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  const timer& top() const { return heap_.front(); }
  std::span<const timer> all() const { return heap_; }
  std::size_t memory_bytes() const { return heap_.capacity() * sizeof(timer); }

  // After it, `count` calls of `push` cannot fail.
  void make_room(std::size_t count) {
    if (heap_.capacity() - heap_.size() < count) heap_.reserve(heap_.size() * 2 + count);
  }

  void push(const timer& t) {
    heap_.push_back(t);
    rise(heap_.size() - 1);
  }

  void pop() noexcept {
    heap_.front() = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(0);
  }

  // Keeps only those that stand.
  template <class Stands>
  void sweep(Stands stands) {
    std::erase_if(heap_, [&](const timer& t) { return !stands(t); });
    for (std::size_t i = heap_.size() / arity + 1; i-- > 0;) {
      if (i < heap_.size()) sink(i);
    }
  }

 private:
  static constexpr std::size_t arity = 4;

  void rise(std::size_t i) noexcept {
    const timer t = heap_[i];
    for (; i != 0 && t < heap_[(i - 1) / arity]; i = (i - 1) / arity) heap_[i] = heap_[(i - 1) / arity];
    heap_[i] = t;
  }

  void sink(std::size_t i) noexcept {
    const timer t = heap_[i];
    for (;;) {
      const std::size_t first = i * arity + 1;
      if (first >= heap_.size()) break;
      std::size_t least = first;
      for (std::size_t c = first + 1; c < first + arity && c < heap_.size(); ++c) {
        if (heap_[c] < heap_[least]) least = c;
      }
      if (!(heap_[least] < t)) break;
      heap_[i] = heap_[least];
      i = least;
    }
    heap_[i] = t;
  }

  std::vector<timer> heap_;
};

}  // namespace tocsin::inline v1
