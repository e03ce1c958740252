#include "calendar_days.hpp"

#include <algorithm>
#include <map>

#include "holiday_dates.hpp"

namespace tocsin::inline v1::detail {
namespace {

constexpr auto day_s = static_cast<std::int32_t>(seconds_in_day);
const day_runs whole_day{{0, day_s}};

// An end that is not after the start lies on the next day (T3).
day_run run_of(wall_time start, wall_time end) {
  const auto start_s = static_cast<std::int32_t>(start.us / second.us);
  const auto end_s = static_cast<std::int32_t>(end.us / second.us);
  return {start_s, end_s > start_s ? end_s : end_s + day_s};
}

std::int64_t days_of(local_date date) { return days_from_civil(civil(date)); }

day_runs shifted(day_runs runs, std::int32_t by_s) {
  for (day_run& r : runs) r = {r.start_s + by_s, r.end_s + by_s};
  return runs;
}

day_runs joined(const day_runs& own, const day_runs& of_day_before) {
  day_runs hours;
  append_part(hours, of_day_before, day_s, 2 * day_s, 0);
  append_part(hours, own, 0, day_s, 0);
  merge(hours);
  return hours;
}

const day_runs* find(const std::vector<std::pair<std::int64_t, day_runs>>& in, std::int64_t date) {
  const auto found = std::ranges::lower_bound(in, date, {}, &std::pair<std::int64_t, day_runs>::first);
  return found != in.end() && found->first == date ? &found->second : nullptr;
}

std::size_t bytes_of(const std::vector<std::pair<std::int64_t, day_runs>>& dated) {
  std::size_t bytes = dated.capacity() * sizeof dated[0];
  for (const auto& [date, runs] : dated) bytes += runs.capacity() * sizeof(day_run);
  return bytes;
}

}  // namespace

calendar_days::calendar_days(const business_calendar_definition& definition) : holidays_(holiday_dates(definition)) {
  for (const weekly_window& w : definition.weekly) {
    for (const week_day d : w.days) week_[number_of(d)].push_back(run_of(w.start, w.end));
  }
  for (day_runs& runs : week_) merge(runs);

  for (const special_hours& special : definition.special_hours) {
    day_runs runs;
    for (const day_window& w : special.windows) runs.push_back(run_of(w.start, w.end));
    merge(runs);
    specials_.emplace_back(days_of(special.date), std::move(runs));
  }
  std::ranges::sort(specials_);

  std::map<std::int64_t, day_runs> breaks;
  for (const calendar_break& b : definition.breaks) breaks[days_of(b.date)].push_back(run_of(b.start, b.end));
  for (auto& [date, runs] : breaks) {
    merge(runs);
    breaks_.emplace_back(date, std::move(runs));
  }
}

const day_runs* calendar_days::special_of(std::int64_t date) const { return find(specials_, date); }

day_runs calendar_days::blank_of(std::int64_t date) const {
  if (std::ranges::binary_search(holidays_, date)) return whole_day;
  const day_runs* breaks = find(breaks_, date);
  return breaks ? *breaks : day_runs{};
}

day_runs calendar_days::windows_of(std::int64_t date) const {
  const day_runs* special = special_of(date);
  const day_runs& windows = special ? *special : week_[weekday(date)];
  if (windows.empty()) return {};
  const day_runs without_own = cut_out(windows, blank_of(date));
  if (without_own.empty() || without_own.back().end_s <= day_s) return without_own;
  return cut_out(without_own, shifted(blank_of(date + 1), day_s));
}

day_runs calendar_days::hours_of(std::int64_t date) const { return joined(windows_of(date), windows_of(date - 1)); }

// What a date blanks or replaces may show on the next one, where its windows end.
std::vector<std::int64_t> calendar_days::exceptional_dates() const {
  std::vector<std::int64_t> dates;
  const auto add = [&](std::int64_t date) {
    dates.push_back(date);
    dates.push_back(date + 1);
  };
  for (const std::int64_t date : holidays_) add(date);
  for (const auto& [date, runs] : specials_) add(date);
  for (const auto& [date, runs] : breaks_) add(date);
  return dates;
}

day_runs calendar_days::plain_hours_of(unsigned week_day) const {
  return joined(week_[week_day], week_[(week_day + 6) % 7]);
}

std::size_t calendar_days::memory_bytes() const {
  return holidays_.capacity() * sizeof holidays_[0] + bytes_of(specials_) + bytes_of(breaks_);
}

}  // namespace tocsin::inline v1::detail
