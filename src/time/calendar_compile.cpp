#include "calendar_compile.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace tocsin::inline v1::detail {
namespace {

// The hours of each local date that a day of UTC can meet, as numbers of patterns.
class local_hours {
 public:
  explicit local_hours(const calendar_days& days) {
    std::array<std::uint32_t, 7> week{};
    for (unsigned d = 0; d < 7; ++d) week[d] = patterns_.number_of(days.plain_hours_of(d));
    number_of_date_.reserve(date_count);
    unsigned week_day = weekday(first_date);
    for (std::int64_t i = 0; i < date_count; ++i) {
      number_of_date_.push_back(week[week_day]);
      week_day = week_day == 6 ? 0 : week_day + 1;
    }
    std::int64_t before = first_date - 1;
    for (const std::int64_t date : days.exceptional_dates()) {
      const std::int64_t place = date - first_date;
      if (place < 0 || place >= date_count || date == before) continue;
      number_of_date_[static_cast<std::size_t>(place)] = patterns_.number_of(days.hours_of(date));
      before = date;
    }
  }

  std::uint32_t number_of(std::int64_t date) const {
    return number_of_date_[static_cast<std::size_t>(date - first_date)];
  }
  const day_runs& hours(std::uint32_t number) const { return patterns_[number]; }

 private:
  static constexpr std::int64_t first_date = open_time::first_day - 1;
  static constexpr std::int64_t date_count = open_time::day_count + 3;

  pattern_table patterns_;
  std::vector<std::uint32_t> number_of_date_;
};

// A day of UTC within one period of its zone meets two local dates, the second from a given second of the day on. Few
// such pairs are different, so they are looked up.
class utc_days {
 public:
  explicit utc_days(const local_hours& local) : local_(local) {}

  // So many days in a row, within one period.
  void append_plain_days(std::int64_t utc_day, std::int64_t count, std::int32_t offset_s,
                         std::vector<std::uint32_t>& to) {
    const std::int64_t local_s = utc_day * seconds_in_day + offset_s;
    std::int64_t date = floor_div(local_s, seconds_in_day);
    const std::int64_t begin_s = local_s - date * seconds_in_day;
    for (std::int64_t i = 0; i < count; ++i, ++date) {
      const key wanted{local_.number_of(date), begin_s == 0 ? 0 : local_.number_of(date + 1),
                       static_cast<std::uint32_t>(begin_s)};
      memo& m = memos_[wanted.place()];
      if (!(m.of == wanted)) m = {wanted, number_of(wanted)};
      to.push_back(m.number);
    }
  }

  // A day on which clocks change.
  std::uint32_t changing_day(std::int64_t utc_day, const zone_periods& periods, std::size_t period) {
    day_runs runs;
    const std::int64_t midnight_s = utc_day * seconds_in_day;
    std::int64_t at_s = midnight_s;
    while (at_s < midnight_s + seconds_in_day) {
      const std::int64_t until_s = std::min(periods.end_s(period), midnight_s + seconds_in_day);
      append_hours(runs, at_s, until_s, periods.all()[period].offset_s, midnight_s);
      at_s = until_s;
      ++period;
    }
    merge(runs);
    return patterns_.number_of(runs);
  }

  const pattern_table& patterns() const { return patterns_; }

 private:
  struct key {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::uint32_t begin_s = seconds_in_day;  // of no day
    friend bool operator==(const key&, const key&) = default;

    std::size_t place() const { return (first * 7919u + second * 31u + begin_s / 900u) % memo_count; }
  };
  struct memo {
    key of;
    std::uint32_t number = 0;
  };
  static constexpr std::size_t memo_count = 1024;

  std::uint32_t number_of(const key& k) {
    day_runs runs;
    const std::int64_t midnight_s = seconds_in_day - k.begin_s;
    append_part(runs, local_.hours(k.first), k.begin_s, seconds_in_day, 0);
    append_part(runs, local_.hours(k.second), 0, k.begin_s, midnight_s);
    merge(runs);
    return patterns_.number_of(runs);
  }

  void append_hours(day_runs& to, std::int64_t from_s, std::int64_t until_s, std::int32_t offset_s,
                    std::int64_t midnight_s) const {
    while (from_s < until_s) {
      const std::int64_t local_s = from_s + offset_s;
      const std::int64_t date = floor_div(local_s, seconds_in_day);
      const std::int64_t begin_s = local_s - date * seconds_in_day;
      const std::int64_t length_s = std::min(until_s - from_s, seconds_in_day - begin_s);
      append_part(to, local_.hours(local_.number_of(date)), begin_s, begin_s + length_s, from_s - midnight_s);
      from_s += length_s;
    }
  }

  const local_hours& local_;
  pattern_table patterns_;
  std::array<memo, memo_count> memos_;
};

}  // namespace

open_time open_time_of(const calendar_days& days, const zone_periods& periods) {
  const local_hours local(days);
  utc_days utc(local);
  std::vector<std::uint32_t> pattern_of_day;
  pattern_of_day.reserve(open_time::day_count);
  const std::int64_t end_day = open_time::first_day + open_time::day_count;
  std::size_t period = 0;
  for (std::int64_t utc_day = open_time::first_day; utc_day < end_day;) {
    while (periods.end_s(period) <= utc_day * seconds_in_day) ++period;
    const std::int64_t whole_until = std::min(floor_div(periods.end_s(period), seconds_in_day), end_day);
    utc.append_plain_days(utc_day, whole_until - utc_day, periods.all()[period].offset_s, pattern_of_day);
    utc_day = whole_until;
    if (utc_day == end_day || periods.end_s(period) == utc_day * seconds_in_day) continue;
    pattern_of_day.push_back(utc.changing_day(utc_day, periods, period));
    ++utc_day;
  }
  return open_time(utc.patterns(), pattern_of_day);
}

namespace {

// Two at a time: the patterns of a day, by the pair of theirs.
open_time combined_pair(calendar_kind kind, const open_time& a, const open_time& b) {
  pattern_table patterns;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  std::vector<std::uint32_t> pattern_of_day;
  pattern_of_day.reserve(open_time::day_count);
  for (std::size_t i = 0; i < static_cast<std::size_t>(open_time::day_count); ++i) {
    const std::uint64_t pair = std::uint64_t{a.pattern_of(i)} << 32 | b.pattern_of(i);
    const auto [found, added] = numbers.try_emplace(pair, 0);
    if (added) {
      const day_runs first = a.runs_of(a.pattern_of(i));
      const day_runs second = b.runs_of(b.pattern_of(i));
      found->second = patterns.number_of(kind == calendar_kind::intersection ? intersection_of(first, second)
                                                                             : union_of(first, second));
    }
    pattern_of_day.push_back(found->second);
  }
  return open_time(patterns, pattern_of_day);
}

}  // namespace

open_time combined(calendar_kind kind, std::span<const open_time* const> parts) {
  open_time result = *parts.front();
  for (const open_time* next : parts.subspan(1)) result = combined_pair(kind, result, *next);
  return result;
}

}  // namespace tocsin::inline v1::detail
