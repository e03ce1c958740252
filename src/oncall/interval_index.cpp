#include "interval_index.hpp"

#include <algorithm>

namespace tocsin::inline v1::detail {

interval_index::interval_index(std::vector<interval> intervals) : intervals_(std::move(intervals)) {
  std::erase_if(intervals_, [](const interval& i) { return i.until <= i.from; });
  std::ranges::sort(intervals_, {}, &interval::from);
  latest_.resize(intervals_.size());
  build(0, intervals_.size());
  for (const interval& i : intervals_) bounds_.insert(bounds_.end(), {i.from, i.until});
  std::ranges::sort(bounds_);
  bounds_.erase(std::ranges::unique(bounds_).begin(), bounds_.end());
}

instant interval_index::build(std::size_t from, std::size_t until) {
  if (from == until) return no_instant;
  const std::size_t middle = from + (until - from) / 2;
  latest_[middle] = std::max({intervals_[middle].until, build(from, middle), build(middle + 1, until)});
  return latest_[middle];
}

void interval_index::find(instant at, std::size_t from, std::size_t until, std::vector<std::uint32_t>& numbers) const {
  if (from == until) return;
  const std::size_t middle = from + (until - from) / 2;
  if (latest_[middle] <= at) return;
  find(at, from, middle, numbers);
  const interval& here = intervals_[middle];
  if (here.from > at) return;
  if (at < here.until) numbers.push_back(here.number);
  find(at, middle + 1, until, numbers);
}

void interval_index::find(instant at, std::vector<std::uint32_t>& numbers) const {
  const auto before = static_cast<std::ptrdiff_t>(numbers.size());
  find(at, 0, intervals_.size(), numbers);
  std::sort(numbers.begin() + before, numbers.end());
}

instant interval_index::next_bound(instant after) const {
  const auto next = std::ranges::upper_bound(bounds_, after);
  return next == bounds_.end() ? never : *next;
}

}  // namespace tocsin::inline v1::detail
