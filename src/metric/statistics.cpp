#include <tocsin/metric/statistics.hpp>

#include <tocsin/time/civil.hpp>

#include <algorithm>
#include <cstddef>

namespace tocsin::inline v1 {

time_statistics statistics_of(std::vector<duration> times) {
  time_statistics s;
  s.count = times.size();
  if (times.empty()) return s;
  std::ranges::sort(times);
  std::int64_t whole = 0;  // of the mean, and what is left over, so that no sum overflows
  std::int64_t rest = 0;
  const auto n = static_cast<std::int64_t>(times.size());
  for (const duration t : times) {
    whole += floor_div(t.us, n);
    rest += floor_mod(t.us, n);
  }
  s.mean = duration{whole + floor_div(rest, n)};
  const std::size_t middle = times.size() / 2;
  s.median = times.size() % 2 == 1 ? times[middle]
                                   : times[middle - 1] + duration{(times[middle].us - times[middle - 1].us) / 2};
  s.p90 = times[(times.size() * 9 + 9) / 10 - 1];
  return s;
}

}  // namespace tocsin::inline v1
