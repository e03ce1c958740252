// Open time as a calendar looks it up: the open time before each day of UTC, and the hours of that day as one of few
// patterns. Every boundary lies on a whole second, as windows and zone transitions do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include <tocsin/time/civil.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1::detail {

inline constexpr std::int64_t seconds_in_day = 86'400;

// [start, end) in seconds of a day; of a window that runs into the next day, up to two days.
struct day_run {
  std::int32_t start_s = 0;
  std::int32_t end_s = 0;
  friend constexpr auto operator<=>(const day_run&, const day_run&) = default;
};

// Rising, without overlap, touching ones merged.
using day_runs = std::vector<day_run>;

void merge(day_runs& runs);  // puts them into that order; empty ones vanish
day_runs cut_out(const day_runs& runs, const day_runs& blank);
day_runs intersection_of(const day_runs& a, const day_runs& b);
day_runs union_of(const day_runs& a, const day_runs& b);
// The part within [from_s, until_s), counted from `to_s` on.
void append_part(day_runs& to, const day_runs& runs, std::int64_t from_s, std::int64_t until_s, std::int64_t to_s);

// Patterns by number; the same runs have one number. 0 is closed all day.
class pattern_table {
 public:
  pattern_table() { number_of({}); }

  std::uint32_t number_of(const day_runs& runs);
  const day_runs& operator[](std::uint32_t number) const { return *by_number_[number]; }
  std::size_t size() const { return by_number_.size(); }

 private:
  std::map<day_runs, std::uint32_t> numbers_;
  std::vector<const day_runs*> by_number_;
};

class open_time {
 public:
  // The days that it covers: the instants accepted, and a day more on either side.
  static constexpr std::int64_t first_day = days_from_civil({1899, 12, 31});
  static constexpr std::int64_t day_count = days_from_civil({2200, 1, 2}) - first_day;

  // A pattern for each day.
  open_time(const pattern_table& patterns, std::span<const std::uint32_t> pattern_of_day);

  // Open microseconds from the beginning to t; and the instant at which that open microsecond begins, for
  // 0 <= position < total().
  std::int64_t position(std::int64_t us) const;
  std::int64_t instant_at(std::int64_t position) const;
  std::int64_t total() const { return total_us_; }

  // The first closed instant not before `us`; the end of the days covered if there is none.
  std::int64_t next_closed(std::int64_t us) const;

  std::uint32_t pattern_of(std::size_t day) const { return static_cast<std::uint32_t>(days_[day] & pattern_mask); }
  day_runs runs_of(std::uint32_t pattern) const;
  std::size_t pattern_count() const { return patterns_.size(); }
  std::size_t memory_bytes() const;

 private:
  // A day's entry: the open seconds before it, and the number of its pattern.
  static constexpr unsigned pattern_bits = 30;
  static constexpr std::uint64_t pattern_mask = (std::uint64_t{1} << pattern_bits) - 1;

  // Two runs stand in the pattern itself, since few days have more.
  static constexpr std::size_t runs_inline = 2;
  struct run_us {
    std::int64_t start = 0;
    std::int64_t length = 0;
  };
  struct pattern {
    run_us runs[runs_inline];
    std::uint32_t more_first = 0;
    std::uint32_t more_count = 0;
  };

  static constexpr std::int64_t begin_us = first_day * seconds_in_day * second.us;

  std::int64_t seconds_before(std::size_t day) const { return static_cast<std::int64_t>(days_[day] >> pattern_bits); }
  std::int64_t closed_seconds_before(std::size_t day) const {
    return static_cast<std::int64_t>(day) * seconds_in_day - seconds_before(day);
  }
  void add_pattern(const day_runs& runs);
  void index_totals();
  std::size_t day_of_open_second(std::int64_t second_number) const;
  std::size_t day_of_closed_second(std::int64_t second_number, std::size_t from_day) const;
  template <class Visit>
  void each_run(const pattern& p, Visit visit) const;

  std::vector<std::uint64_t> days_;  // one more than there are days
  std::vector<pattern> patterns_;
  std::vector<run_us> more_runs_;
  std::vector<std::uint32_t> day_by_total_;  // the day of every 2^total_shift_-th open second
  unsigned total_shift_ = 0;
  std::int64_t total_us_ = 0;
};

}  // namespace tocsin::inline v1::detail
