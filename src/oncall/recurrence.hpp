// Recurrence rules of iCalendar as far as shifts need them: daily and weekly ones (RFC 5545, 3.3.10).
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include <tocsin/time/icalendar.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/local_time.hpp>
#include <tocsin/time/week_day.hpp>

namespace tocsin::inline v1::detail {

enum class frequency : std::uint8_t { once, daily, weekly };

struct recurrence {
  frequency every = frequency::once;
  std::int64_t interval = 1;
  std::int64_t count = 0;  // 0: no end by count
  icalendar_time until;    // where has_until
  bool has_until = false;
  std::vector<week_day> days;  // BYDAY
  week_day week_start = week_day::monday;
};

// Throws "icalendar.unsupported" with the line for what is not understood.
recurrence read_recurrence(const icalendar_property& rule);

// Local starts in order, the first included whether the rule gives it or not, until `take` answers false. Those well
// before `from` may be left out. Answers how many days were looked at.
std::int64_t list_starts(const recurrence& rule, local_time first, local_time from,
                         const std::function<bool(local_time)>& take);

}  // namespace tocsin::inline v1::detail
