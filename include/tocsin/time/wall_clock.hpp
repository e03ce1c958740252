// A date and a time of day as documents show them, in no zone yet.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include <tocsin/base/text_form.hpp>
#include <tocsin/time/civil.hpp>
#include <tocsin/time/local_time.hpp>

namespace tocsin::inline v1 {

// "2026-12-25", of the years 1900 to 2199. Counted like a local time: its midnight's microseconds.
struct local_date {
  std::int64_t us = std::numeric_limits<std::int64_t>::min();  // absent

  constexpr local_date() = default;
  constexpr local_date(civil_date date) : us(midnight_of(date).us) {}
  friend constexpr auto operator<=>(local_date, local_date) = default;
};

constexpr bool is_set(local_date date) { return date != local_date{}; }
constexpr civil_date civil(local_date date) { return date_of(local_time{date.us}); }

// "09:00", "22:30:15", and "24:00" where a day may end: microseconds since midnight on the face of the clock.
struct wall_time {
  std::int64_t us = std::numeric_limits<std::int64_t>::min();  // absent

  constexpr wall_time() = default;
  constexpr wall_time(unsigned hours, unsigned minutes, unsigned seconds = 0)
      : us(hours * hour.us + minutes * minute.us + seconds * second.us) {}
  friend constexpr auto operator<=>(wall_time, wall_time) = default;
};

inline constexpr wall_time end_of_day{24, 0};

constexpr bool is_set(wall_time time) { return time != wall_time{}; }

const text_form& text_form_of(local_date);
const text_form& text_form_of(wall_time);

}  // namespace tocsin::inline v1
