// An instant and a duration: int64 microseconds, and nothing else (T1).
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include <tocsin/base/text_form.hpp>

namespace tocsin::inline v1 {

struct duration {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(duration, duration) = default;
};

// Microseconds since 1970-01-01 UTC.
struct instant {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(instant, instant) = default;
};

inline constexpr duration microsecond{1};
inline constexpr duration second{1'000'000};
inline constexpr duration minute{60 * second.us};
inline constexpr duration hour{60 * minute.us};
inline constexpr duration day{24 * hour.us};  // 24 real hours; a calendar's day is not this

// The one instant that means never: what has no due time. It is no instant that a command may carry.
inline constexpr instant never{std::numeric_limits<std::int64_t>::max()};
// Absent: earlier than every instant that is accepted.
inline constexpr instant no_instant{std::numeric_limits<std::int64_t>::min()};

// Instants from 1900 to 2199 are accepted (T1).
inline constexpr instant instant_min{-2'208'988'800'000'000};  // 1900-01-01T00:00:00Z
inline constexpr instant instant_max{7'258'118'399'999'999};   // 2199-12-31T23:59:59.999999Z

constexpr bool is_acceptable(instant t) { return instant_min <= t && t <= instant_max; }
constexpr bool is_set(instant t) { return t != no_instant; }

constexpr instant operator+(instant t, duration d) { return {t.us + d.us}; }
constexpr instant operator-(instant t, duration d) { return {t.us - d.us}; }
constexpr duration operator-(instant a, instant b) { return {a.us - b.us}; }
constexpr duration operator+(duration a, duration b) { return {a.us + b.us}; }
constexpr duration operator-(duration a, duration b) { return {a.us - b.us}; }
constexpr duration operator*(std::int64_t n, duration d) { return {n * d.us}; }

// How they stand in documents: RFC 3339, and ISO 8601 with days of 24 hours ("P14D", "PT1H30M").
const text_form& text_form_of(instant);
const text_form& text_form_of(duration);

}  // namespace tocsin::inline v1
