// RRULEs of iCalendar that come once or several times a year (RFC 5545, 3.3.10).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/time/civil.hpp>
#include <tocsin/time/week_day.hpp>

namespace tocsin::inline v1::detail {

struct nth_day {
  std::int64_t nth = 0;  // 0: every one
  week_day day = week_day::unset;
};

struct yearly_recurrence {
  std::int64_t interval = 1;
  std::int64_t count = 0;             // 0: without end, or until
  std::optional<std::int64_t> until;  // the last day that it may fall on, days since 1970
  std::vector<std::int64_t> months;
  std::vector<std::int64_t> month_days;
  std::vector<nth_day> week_days;
};

// False and why not, for what is understood by nobody or not by us.
bool parse_yearly(std::string_view rule, yearly_recurrence& to, std::string& why);

// Its days in one year, days since 1970, rising; `start` gives the month and day where the rule does not.
std::vector<std::int64_t> days_in_year(const yearly_recurrence& rule, int year, civil_date start);

// All its days from `start` on, which is one of them (RFC 5545, 3.8.5.3), up to 2199.
std::vector<std::int64_t> days_of(const yearly_recurrence& rule, civil_date start);

}  // namespace tocsin::inline v1::detail
