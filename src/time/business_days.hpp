// Business days of a compiled calendar (T8). Dates are days since 1970, in the calendar's zone.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "calendar_compile.hpp"

namespace tocsin::inline v1::detail {

// The open time of the windows that start on that date; rising. Of an intersection, the first part says which those
// are; of a union, each part does.
std::vector<second_interval> windows_on(const compiled_calendar& calendar, std::int64_t date);

// Is any of those windows open on the date itself?
bool is_business_day(const compiled_calendar& calendar, std::int64_t date);

// In seconds since 1970; of a business day.
std::int64_t last_closing(const compiled_calendar& calendar, std::int64_t date);

// The business day n after (before, if negative) the day of t, which is the first to count only if t lies before its
// last closing; none if there is none in the years accepted.
std::optional<std::int64_t> business_day_after(const compiled_calendar& calendar, instant t, std::int64_t n);

}  // namespace tocsin::inline v1::detail
