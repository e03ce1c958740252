#include <tocsin/communication/uptime.hpp>

#include <tocsin/time/civil.hpp>

#include <algorithm>
#include <utility>

namespace tocsin::inline v1 {
namespace {

using span_of_time = std::pair<instant, instant>;

bool is_down(component_status status) {
  return status == component_status::partial_outage || status == component_status::major_outage;
}

std::int64_t day_of(instant at) { return floor_div(at.us, day.us); }
instant begin_of(std::int64_t number) { return {number * day.us}; }

// The times in which it was down, one after the other, within these bounds.
std::vector<span_of_time> merged(std::span<const component_outage> outages, instant from, instant until) {
  std::vector<span_of_time> all;
  for (const component_outage& one : outages) {
    const instant begin = std::max(one.from, from);
    const instant end = std::min(one.until, until);
    if (is_down(one.status) && begin < end) all.emplace_back(begin, end);
  }
  std::ranges::sort(all);
  std::vector<span_of_time> result;
  for (const span_of_time& one : all) {
    if (!result.empty() && one.first <= result.back().second) {
      result.back().second = std::max(result.back().second, one.second);
    } else {
      result.push_back(one);
    }
  }
  return result;
}

// Calls `visit(bar)` with each day that has some of the time.
template <class Visit>
void each_day(std::vector<uptime_day>& days, instant from, instant until, Visit visit) {
  if (until <= from) return;
  const std::int64_t first = std::max(day_of(from), days.front().day);
  const std::int64_t last = std::min(day_of(until - microsecond), days.back().day);
  for (std::int64_t number = first; number <= last; ++number) {
    visit(days[static_cast<std::size_t>(number - days.front().day)]);
  }
}

}  // namespace

std::int64_t component_uptime::per_100000() const {
  if (observed.us <= 0) return 100'000;
  return std::max<std::int64_t>((observed - down).us, 0) * 100'000 / observed.us;  // 90 days leave room for that
}

instant uptime_begin(instant at) { return begin_of(day_of(at) - static_cast<std::int64_t>(limits::uptime_days) + 1); }

component_uptime uptime_of(std::span<const component_outage> outages, instant since, instant at) {
  const instant begin = uptime_begin(at);
  const instant from = std::min(std::max(begin, since), at);
  component_uptime result;
  for (std::size_t i = 0; i < limits::uptime_days; ++i) {
    result.days.push_back({.day = day_of(begin) + static_cast<std::int64_t>(i)});
  }
  const auto be_at_least = [](uptime_day& one, component_status status) { one.worst = worse_of(one.worst, status); };
  each_day(result.days, from, at, [&](uptime_day& one) { be_at_least(one, component_status::operational); });
  for (const component_outage& one : outages) {
    each_day(result.days, std::max(one.from, from), std::min(one.until, at),
             [&](uptime_day& bar) { be_at_least(bar, one.status); });
  }
  for (const auto& [first, last] : merged(outages, from, at)) {
    result.down = result.down + (last - first);
    each_day(result.days, first, last, [&](uptime_day& one) {
      one.down = one.down + (std::min(last, begin_of(one.day + 1)) - std::max(first, begin_of(one.day)));
    });
  }
  result.observed = at - from;
  return result;
}

}  // namespace tocsin::inline v1
