// What a clock on the wall shows: a date and a time of day, in no zone yet.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include <tocsin/base/text_form.hpp>
#include <tocsin/time/civil.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Microseconds of the wall clock since it showed 1970-01-01T00:00.
struct local_time {
  std::int64_t us = 0;
  friend constexpr auto operator<=>(local_time, local_time) = default;
};

// Absent: earlier than every local time that is accepted.
inline constexpr local_time no_local_time{std::numeric_limits<std::int64_t>::min()};

constexpr bool is_set(local_time local) { return local != no_local_time; }

constexpr local_time midnight_of(civil_date date) { return {days_from_civil(date) * day.us}; }
constexpr civil_date date_of(local_time local) { return civil_from_days(floor_div(local.us, day.us)); }
constexpr duration time_of_day(local_time local) { return {floor_mod(local.us, day.us)}; }

// On the face of the clock: what zones skip or repeat is not seen.
constexpr local_time operator+(local_time local, duration d) { return {local.us + d.us}; }
constexpr local_time operator-(local_time local, duration d) { return {local.us - d.us}; }
constexpr duration operator-(local_time a, local_time b) { return {a.us - b.us}; }

// How they stand in documents: as RFC 3339 but without an offset, seconds only where there are some: "2026-03-29T09:00".
const text_form& text_form_of(local_time);

}  // namespace tocsin::inline v1
