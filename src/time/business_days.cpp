#include "business_days.hpp"

#include <algorithm>
#include <string>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1::detail {
namespace {

constexpr std::int64_t first_date = days_from_civil({1900, 1, 1});
constexpr std::int64_t last_date = days_from_civil({2199, 12, 31});

void merge_intervals(std::vector<second_interval>& intervals) {
  std::ranges::sort(intervals, {}, &second_interval::start_s);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < intervals.size(); ++i) {
    if (intervals[i].start_s <= intervals[kept].end_s) {
      intervals[kept].end_s = std::max(intervals[kept].end_s, intervals[i].end_s);
    } else {
      intervals[++kept] = intervals[i];
    }
  }
  if (!intervals.empty()) intervals.resize(kept + 1);
}

std::vector<second_interval> instants_of(const compiled_calendar& calendar, std::int64_t date, const day_runs& runs) {
  std::vector<second_interval> intervals;
  const std::int64_t midnight_s = date * seconds_in_day;
  for (const day_run& r : runs) {
    calendar.periods.append_instants(midnight_s + r.start_s, midnight_s + r.end_s, intervals);
  }
  merge_intervals(intervals);
  return intervals;
}

// What of the interval is open.
void append_open(const open_time& open, second_interval within, std::vector<second_interval>& to) {
  std::int64_t at_us = within.start_s * second.us;
  const std::int64_t until_us = within.end_s * second.us;
  while (at_us < until_us) {
    const std::int64_t position = open.position(at_us);
    if (position >= open.total()) return;
    const std::int64_t start_us = open.instant_at(position);
    if (start_us >= until_us) return;
    at_us = std::min(open.next_closed(start_us), until_us);
    to.push_back({start_us / second.us, at_us / second.us});
  }
}

std::vector<second_interval> windows_of_intersection(const compiled_calendar& calendar, std::int64_t date) {
  std::vector<second_interval> open;
  for (const second_interval& w : windows_on(*calendar.parts.front(), date)) append_open(calendar.open, w, open);
  return open;
}

std::vector<second_interval> windows_of_union(const compiled_calendar& calendar, std::int64_t date) {
  std::vector<second_interval> open;
  for (const auto& p : calendar.parts) {
    const auto windows = windows_on(*p, date);
    open.insert(open.end(), windows.begin(), windows.end());
  }
  merge_intervals(open);
  return open;
}

bool overlap(const std::vector<second_interval>& a, const std::vector<second_interval>& b) {
  return std::ranges::any_of(a, [&](const second_interval& x) {
    return std::ranges::any_of(b, [&](const second_interval& y) { return x.start_s < y.end_s && y.start_s < x.end_s; });
  });
}

// The next date from `date` on, in steps of a day, that is a business day.
std::optional<std::int64_t> nearest_business_day(const compiled_calendar& calendar, std::int64_t date,
                                                 std::int64_t step) {
  if (calendar.never_open) return std::nullopt;
  for (; date >= first_date && date <= last_date; date += step) {
    if (is_business_day(calendar, date)) return date;
  }
  return std::nullopt;
}

void check_count(std::int64_t n) {
  if (n >= -limits::business_days_max && n <= limits::business_days_max) return;
  throw error(
      status::invalid_argument, "calendar.too_many_days",
      std::to_string(n) + " business days are more than " + std::to_string(limits::business_days_max) + " either way");
}

}  // namespace

std::vector<second_interval> windows_on(const compiled_calendar& calendar, std::int64_t date) {
  switch (calendar.kind) {
    case calendar_kind::own_hours:
      return instants_of(calendar, date, calendar.days->windows_of(date));
    case calendar_kind::intersection:
      return windows_of_intersection(calendar, date);
    case calendar_kind::union_of:
      return windows_of_union(calendar, date);
  }
  return {};
}

bool is_business_day(const compiled_calendar& calendar, std::int64_t date) {
  if (date < first_date || date > last_date) return false;
  const auto windows = windows_on(calendar, date);
  return !windows.empty() &&
         overlap(windows, instants_of(calendar, date, {{0, static_cast<std::int32_t>(seconds_in_day)}}));
}

std::int64_t last_closing(const compiled_calendar& calendar, std::int64_t date) {
  return windows_on(calendar, date).back().end_s;
}

std::optional<std::int64_t> business_day_after(const compiled_calendar& calendar, instant t, std::int64_t n) {
  check_count(n);
  std::int64_t start = days_from_civil(date_of(calendar.zone.to_local(t)));
  const bool counts = is_business_day(calendar, start) && t.us < last_closing(calendar, start) * second.us;
  auto date = counts ? start : nearest_business_day(calendar, start + 1, 1);
  const std::int64_t step = n < 0 ? -1 : 1;
  for (std::int64_t left = n * step; left > 0 && date; --left) {
    date = nearest_business_day(calendar, *date + step, step);
  }
  return date;
}

}  // namespace tocsin::inline v1::detail
