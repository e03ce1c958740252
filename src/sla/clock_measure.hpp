// Open time that counts, and the points of a clock that it is held against.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <tocsin/sla/clock.hpp>

namespace tocsin::inline v1::detail {

// Open time of a calendar, less spans that do not count.
struct counted_time {
  const business_calendar& calendar;
  std::span<const time_span> excluded;

  duration between(instant from, instant to) const;
  // The first instant at which `d` has been counted since `from`, or never; d > 0.
  instant after(instant from, duration d) const;
};

counted_time counted_by(const clock_terms& terms, const clock_history& history);

// A point that a clock reaches: an amount of counted time, or for date targets an instant.
struct clock_point {
  std::int64_t at = 0;
  bool is_breach = false;
  std::uint32_t threshold = 0;
};

// The instant by which it must be done, for a clock whose cycle began then; `never` if that cannot be said.
instant due_instant(const clock_terms& terms, instant started);

// The points of one clock, in the order in which they are reached (S8).
class clock_points {
 public:
  const clock_point* begin() const { return points_.data(); }
  const clock_point* end() const { return points_.data() + size_; }
  void add(const clock_point& point);

 private:
  std::array<clock_point, limits::sla_thresholds_max + 1> points_;
  std::size_t size_ = 0;
};

// `due` is that of a date or business-day target.
clock_points points_of(const clock_terms& terms, instant started, instant due);

constexpr bool is_instant(const clock_target& target) { return target.kind != target_kind::duration; }

}  // namespace tocsin::inline v1::detail
