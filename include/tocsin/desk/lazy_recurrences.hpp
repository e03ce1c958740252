// The memory of a desk for recurrence (P4), which is made when it is asked for first.
#pragma once

#include <memory>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

class recurrence_memory;
struct desk_state;
struct incident;
struct record_lookup;

// A copy of a desk's state has none yet.
class lazy_recurrences {
 public:
  lazy_recurrences() noexcept;
  lazy_recurrences(const lazy_recurrences&) noexcept;
  lazy_recurrences(lazy_recurrences&&) noexcept;
  lazy_recurrences& operator=(const lazy_recurrences&) noexcept;
  lazy_recurrences& operator=(lazy_recurrences&&) noexcept;
  ~lazy_recurrences();

  // One that knows of all incidents that were opened after `since`. For a transaction alone, beside which nothing runs.
  const recurrence_memory& get(const desk_state& state, const record_lookup& records, instant since) const;
  // A record is as `now` from now on, and was as `before` until now; either may be null.
  void change(const desk_state& state, const incident* before, const incident* now) noexcept;
  void forget() const noexcept;
  std::size_t memory_bytes() const;

 private:
  mutable std::unique_ptr<recurrence_memory> memory_;
};

}  // namespace tocsin::inline v1
