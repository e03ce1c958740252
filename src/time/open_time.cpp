#include "open_time.hpp"

#include <algorithm>

namespace tocsin::inline v1::detail {

void merge(day_runs& runs) {
  std::erase_if(runs, [](const day_run& r) { return r.start_s >= r.end_s; });
  std::ranges::sort(runs);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    if (runs[i].start_s <= runs[kept].end_s) {
      runs[kept].end_s = std::max(runs[kept].end_s, runs[i].end_s);
    } else {
      runs[++kept] = runs[i];
    }
  }
  if (!runs.empty()) runs.resize(kept + 1);
}

day_runs cut_out(const day_runs& runs, const day_runs& blank) {
  day_runs rest;
  for (day_run r : runs) {
    for (const day_run& b : blank) {
      if (b.end_s <= r.start_s) continue;
      if (b.start_s >= r.end_s) break;
      if (b.start_s > r.start_s) rest.push_back({r.start_s, b.start_s});
      r.start_s = b.end_s;
      if (r.start_s >= r.end_s) break;
    }
    if (r.start_s < r.end_s) rest.push_back(r);
  }
  return rest;
}

day_runs intersection_of(const day_runs& a, const day_runs& b) {
  day_runs both;
  for (const day_run& r : a) {
    for (const day_run& s : b) {
      const day_run common{std::max(r.start_s, s.start_s), std::min(r.end_s, s.end_s)};
      if (common.start_s < common.end_s) both.push_back(common);
    }
  }
  merge(both);
  return both;
}

day_runs union_of(const day_runs& a, const day_runs& b) {
  day_runs any = a;
  any.insert(any.end(), b.begin(), b.end());
  merge(any);
  return any;
}

void append_part(day_runs& to, const day_runs& runs, std::int64_t from_s, std::int64_t until_s, std::int64_t to_s) {
  for (const day_run& r : runs) {
    const std::int64_t start = std::max<std::int64_t>(r.start_s, from_s);
    const std::int64_t end = std::min<std::int64_t>(r.end_s, until_s);
    if (start >= end) continue;
    to.push_back({static_cast<std::int32_t>(start - from_s + to_s), static_cast<std::int32_t>(end - from_s + to_s)});
  }
}

std::uint32_t pattern_table::number_of(const day_runs& runs) {
  const auto [found, added] = numbers_.try_emplace(runs, static_cast<std::uint32_t>(by_number_.size()));
  if (added) by_number_.push_back(&found->first);
  return found->second;
}

open_time::open_time(const pattern_table& patterns, std::span<const std::uint32_t> pattern_of_day) {
  patterns_.reserve(patterns.size());
  std::vector<std::uint64_t> open_seconds;
  for (std::uint32_t number = 0; number < patterns.size(); ++number) {
    add_pattern(patterns[number]);
    std::int64_t open_s = 0;
    for (const day_run& r : patterns[number]) open_s += r.end_s - r.start_s;
    open_seconds.push_back(static_cast<std::uint64_t>(open_s));
  }
  days_.reserve(pattern_of_day.size() + 1);
  std::uint64_t total = 0;
  for (const std::uint32_t number : pattern_of_day) {
    days_.push_back(total << pattern_bits | number);
    total += open_seconds[number];
  }
  days_.push_back(total << pattern_bits);
  total_us_ = static_cast<std::int64_t>(total) * second.us;
  index_totals();
}

void open_time::add_pattern(const day_runs& runs) {
  pattern p;
  p.more_first = static_cast<std::uint32_t>(more_runs_.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const run_us run{runs[i].start_s * second.us, (runs[i].end_s - runs[i].start_s) * second.us};
    if (i < runs_inline) {
      p.runs[i] = run;
    } else {
      more_runs_.push_back(run);
      ++p.more_count;
    }
  }
  patterns_.push_back(p);
}

// About one entry for four days, so that a look-up ends a few steps from where it begins.
void open_time::index_totals() {
  constexpr std::size_t days_per_entry = 4;
  const std::size_t last = days_.size() - 1;
  const auto total = static_cast<std::uint64_t>(seconds_before(last));
  while ((total >> total_shift_) > last / days_per_entry) ++total_shift_;
  day_by_total_.reserve(static_cast<std::size_t>(total >> total_shift_) + 2);
  std::size_t day_index = 0;
  for (std::uint64_t wanted = 0; wanted < total; wanted += std::uint64_t{1} << total_shift_) {
    while (static_cast<std::uint64_t>(seconds_before(day_index + 1)) <= wanted) ++day_index;
    day_by_total_.push_back(static_cast<std::uint32_t>(day_index));
  }
  day_by_total_.push_back(static_cast<std::uint32_t>(last - 1));
}

template <class Visit>
void open_time::each_run(const pattern& p, Visit visit) const {
  for (const run_us& run : p.runs) {
    if (run.length != 0) visit(run);
  }
  for (std::uint32_t i = 0; i < p.more_count; ++i) visit(more_runs_[p.more_first + i]);
}

std::int64_t open_time::position(std::int64_t us) const {
  const auto since = static_cast<std::uint64_t>(us - begin_us);
  constexpr auto day_us = static_cast<std::uint64_t>(day.us);
  const std::size_t day_index = since / day_us;
  const auto us_of_day = static_cast<std::int64_t>(since - day_index * day_us);
  const std::uint64_t entry = days_[day_index];
  const pattern& p = patterns_[entry & pattern_mask];
  const auto open_in = [us_of_day](const run_us& run) {
    return std::clamp<std::int64_t>(us_of_day - run.start, 0, run.length);
  };
  std::int64_t open_us = open_in(p.runs[0]) + open_in(p.runs[1]);
  for (std::uint32_t i = 0; i < p.more_count; ++i) open_us += open_in(more_runs_[p.more_first + i]);
  return static_cast<std::int64_t>(entry >> pattern_bits) * second.us + open_us;
}

std::size_t open_time::day_of_open_second(std::int64_t second_number) const {
  constexpr std::size_t steps_max = 8;
  const auto entry = static_cast<std::size_t>(second_number >> total_shift_);
  std::size_t day_index = day_by_total_[entry];
  const std::size_t last = day_by_total_[entry + 1];
  if (last - day_index > steps_max) {
    const auto begun = [&](std::uint64_t e) { return static_cast<std::int64_t>(e >> pattern_bits) <= second_number; };
    const auto from = days_.begin() + static_cast<std::ptrdiff_t>(day_index);
    const auto until = days_.begin() + static_cast<std::ptrdiff_t>(last) + 1;
    return static_cast<std::size_t>(std::partition_point(from, until, begun) - days_.begin()) - 1;
  }
  while (seconds_before(day_index + 1) <= second_number) ++day_index;
  return day_index;
}

std::int64_t open_time::instant_at(std::int64_t position) const {
  const std::size_t day_index = day_of_open_second(position / second.us);
  std::int64_t rest = position - seconds_before(day_index) * second.us;
  const std::int64_t midnight = begin_us + static_cast<std::int64_t>(day_index) * day.us;
  const pattern& p = patterns_[days_[day_index] & pattern_mask];
  for (const run_us& run : p.runs) {
    if (rest < run.length) return midnight + run.start + rest;
    rest -= run.length;
  }
  const run_us* run = &more_runs_[p.more_first];
  while (rest >= run->length) rest -= (run++)->length;
  return midnight + run->start + rest;
}

// Strides that double, then a search within the last one: the next closing is near as a rule.
std::size_t open_time::day_of_closed_second(std::int64_t second_number, std::size_t from_day) const {
  const std::size_t last = days_.size() - 1;
  std::size_t low = from_day;
  std::size_t stride = 1;
  while (low + stride < last && closed_seconds_before(low + stride) <= second_number) {
    low += stride;
    stride *= 2;
  }
  std::size_t high = std::min(low + stride, last);
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (closed_seconds_before(middle) <= second_number ? low : high) = middle;
  }
  return low;
}

std::int64_t open_time::next_closed(std::int64_t us) const {
  const std::int64_t closed_before = us - begin_us - position(us);
  const std::size_t last = days_.size() - 1;
  if (closed_before >= closed_seconds_before(last) * second.us) {
    return begin_us + static_cast<std::int64_t>(last) * day.us;
  }
  const auto from_day = static_cast<std::size_t>((us - begin_us) / day.us);
  const std::size_t day_index = day_of_closed_second(closed_before / second.us, from_day);
  const std::int64_t midnight = begin_us + static_cast<std::int64_t>(day_index) * day.us;
  std::int64_t answer = closed_before - closed_seconds_before(day_index) * second.us;
  each_run(patterns_[days_[day_index] & pattern_mask], [&](const run_us& run) {
    if (run.start <= answer) answer += run.length;
  });
  return midnight + answer;
}

day_runs open_time::runs_of(std::uint32_t number) const {
  day_runs runs;
  each_run(patterns_[number], [&](const run_us& run) {
    runs.push_back({static_cast<std::int32_t>(run.start / second.us),
                    static_cast<std::int32_t>((run.start + run.length) / second.us)});
  });
  return runs;
}

std::size_t open_time::memory_bytes() const {
  return days_.capacity() * sizeof days_[0] + patterns_.capacity() * sizeof patterns_[0] +
         more_runs_.capacity() * sizeof more_runs_[0] + day_by_total_.capacity() * sizeof day_by_total_[0];
}

}  // namespace tocsin::inline v1::detail
