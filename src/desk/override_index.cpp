#include <tocsin/desk/override_index.hpp>

#include <tocsin/base/heap_bytes.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::int64_t floor_of(std::int64_t us, std::int64_t unit) { return us / unit - (us % unit < 0 ? 1 : 0); }

}  // namespace

void override_index::add(std::uint32_t schedule, std::uint32_t number, instant from, instant until) {
  of_schedule& all = of_[schedule];
  all.all.push_back(number);
  const std::int64_t first = floor_of(from.us, week_us);
  const std::int64_t last = floor_of(until.us, week_us);
  if (last - first > weeks_max) {
    all.long_ones.push_back(number);
  } else {
    for (std::int64_t week = first; week <= last; ++week) all.weeks[week].push_back(number);
  }
  ++all.versions;
}

std::vector<std::uint32_t> override_index::touching(std::uint32_t schedule, instant from, instant until) const {
  const auto found = of_.find(schedule);
  if (found == of_.end()) return {};
  const of_schedule& all = found->second;
  const std::int64_t first = floor_of(from.us, week_us);
  const std::int64_t last = floor_of(until.us, week_us);
  std::vector<std::uint32_t> numbers;
  if (last - first > weeks_max) {
    numbers = all.all;
  } else {
    numbers = all.long_ones;
    for (std::int64_t week = first; week <= last; ++week) {
      const auto here = all.weeks.find(week);
      if (here != all.weeks.end()) numbers.insert(numbers.end(), here->second.begin(), here->second.end());
    }
  }
  std::ranges::sort(numbers);
  const auto twice = std::ranges::unique(numbers);
  numbers.erase(twice.begin(), twice.end());
  return numbers;
}

std::size_t override_index::versions(std::uint32_t schedule) const {
  const auto found = of_.find(schedule);
  return found == of_.end() ? 0 : found->second.versions;
}

std::size_t override_index::memory_bytes() const {
  std::size_t sum = heap_bytes(of_);
  for (const auto& [schedule, all] : of_) {
    sum += heap_bytes(all.weeks) + heap_bytes(all.long_ones) + heap_bytes(all.all);
    for (const auto& [week, numbers] : all.weeks) sum += heap_bytes(numbers);
  }
  return sum;
}

}  // namespace tocsin::inline v1
