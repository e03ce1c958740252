// The dates that holidays fall on (T3).
#pragma once

#include <cstdint>
#include <vector>

#include <tocsin/time/business_calendar.hpp>

namespace tocsin::inline v1::detail {

// Days since 1970.
std::int64_t easter_sunday(int year, easter church);

// Which of the forms of a holiday is given.
enum class holiday_form : std::uint8_t { none, date, month_day, nth_week_day, easter, several };
holiday_form form_of(const holiday& h);

// The dates that a calendar's holidays are kept on, substitution and open dates considered, in days since 1970: rising,
// each once.
std::vector<std::int64_t> holiday_dates(const business_calendar_definition& definition);

}  // namespace tocsin::inline v1::detail
