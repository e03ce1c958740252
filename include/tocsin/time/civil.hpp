// The proleptic Gregorian calendar as arithmetic: a date, and its count of days since 1970-01-01.
#pragma once

#include <compare>
#include <cstdint>

namespace tocsin::inline v1 {

struct civil_date {
  int year = 1970;
  unsigned month = 1;  // 1 to 12
  unsigned day = 1;    // 1 to 31
  friend constexpr auto operator<=>(const civil_date&, const civil_date&) = default;
};

// Division that rounds towards minus infinity, so that time before 1970 counts like time after it; b > 0.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a % b + (a % b < 0 ? b : 0); }

constexpr bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// For a month of 1 to 12.
constexpr unsigned days_in_month(int year, unsigned month) {
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);  // the long months: odd ones to July, even ones from August
}

constexpr bool is_real_date(civil_date date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

namespace detail {
// Both directions count years from 1 March, so that the leap day ends its year, in eras of 400 years.
inline constexpr std::int64_t days_per_era = 146'097;
inline constexpr std::int64_t days_from_era_to_1970 = 719'468;  // 0000-03-01 to 1970-01-01
}  // namespace detail

// For a real date.
constexpr std::int64_t days_from_civil(civil_date date) {
  const std::int64_t year = static_cast<std::int64_t>(date.year) - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = floor_div(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const unsigned month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * detail::days_per_era + day_of_era - detail::days_from_era_to_1970;
}

constexpr civil_date civil_from_days(std::int64_t days) {
  const std::int64_t shifted = days + detail::days_from_era_to_1970;
  const std::int64_t era = floor_div(shifted, detail::days_per_era);
  const auto day_of_era = static_cast<unsigned>(shifted - era * detail::days_per_era);
  const unsigned leap_days = day_of_era / 1460 - day_of_era / 36'524 + day_of_era / 146'096;
  const unsigned year_of_era = (day_of_era - leap_days) / 365;
  const unsigned day_of_year = day_of_era - (year_of_era * 365 + year_of_era / 4 - year_of_era / 100);
  const unsigned month_from_march = (5 * day_of_year + 2) / 153;
  const unsigned day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const unsigned month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);
  return {static_cast<int>(year), month, day_of_month};
}

// 0 is Sunday, 6 is Saturday.
constexpr unsigned weekday(std::int64_t days) { return static_cast<unsigned>(floor_mod(days + 4, 7)); }
constexpr unsigned weekday(civil_date date) { return weekday(days_from_civil(date)); }

}  // namespace tocsin::inline v1
