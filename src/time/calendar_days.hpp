// The hours of a calendar's own local dates, as its definition has them; in no zone yet (T3).
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include <tocsin/time/business_calendar.hpp>

#include "open_time.hpp"

namespace tocsin::inline v1::detail {

// Dates are days since 1970.
class calendar_days {
 public:
  explicit calendar_days(const business_calendar_definition& definition);

  // The windows that start on that date, in seconds from its midnight, up to two days long; without what holidays and
  // breaks of the date and of the next one blank.
  day_runs windows_of(std::int64_t date) const;
  // The open hours of the date itself: of its windows, and of those that run into it from the day before.
  day_runs hours_of(std::int64_t date) const;

  // The dates that differ from their day of the week, in no order, some twice.
  std::vector<std::int64_t> exceptional_dates() const;
  // The hours of a week without exceptions; 0 is Sunday.
  day_runs plain_hours_of(unsigned week_day) const;

  std::size_t memory_bytes() const;

 private:
  using dated_runs = std::pair<std::int64_t, day_runs>;

  const day_runs* special_of(std::int64_t date) const;
  day_runs blank_of(std::int64_t date) const;

  std::array<day_runs, 7> week_;        // 0 is Sunday
  std::vector<std::int64_t> holidays_;  // rising
  std::vector<dated_runs> specials_;    // rising
  std::vector<dated_runs> breaks_;      // rising, each date once
};

}  // namespace tocsin::inline v1::detail
