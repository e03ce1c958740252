#include "zone_periods.hpp"

#include <algorithm>
#include <limits>

#include "open_time.hpp"

namespace tocsin::inline v1::detail {

zone_periods::zone_periods(const zone& where) {
  instant t{open_time::first_day * day.us};
  periods_.push_back({t.us / second.us, where.offset_at(t).utc_offset_s});
  for (t = where.next_transition(t); t != never; t = where.next_transition(t)) {
    const std::int32_t offset_s = where.offset_at(t).utc_offset_s;
    if (offset_s != periods_.back().offset_s) periods_.push_back({floor_div(t.us, second.us), offset_s});
  }
}

std::int64_t zone_periods::end_s(std::size_t period) const {
  return period + 1 < periods_.size() ? periods_[period + 1].start_s : std::numeric_limits<std::int64_t>::max() / 4;
}

// Offsets are less than a day, so only the periods within a day of what the clock shows can show it.
void zone_periods::append_instants(std::int64_t local_start_s, std::int64_t local_end_s,
                                   std::vector<second_interval>& to) const {
  const auto after = std::ranges::upper_bound(periods_, local_start_s - seconds_in_day, {}, &zone_period::start_s);
  auto period = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - periods_.begin() - 1, 0));
  for (; period < periods_.size() && periods_[period].start_s <= local_end_s + seconds_in_day; ++period) {
    const zone_period& p = periods_[period];
    const std::int64_t first_s = period == 0 ? std::numeric_limits<std::int64_t>::min() / 4 : p.start_s;
    const std::int64_t start_s = std::max(first_s, local_start_s - p.offset_s);
    const std::int64_t until_s = std::min(end_s(period), local_end_s - p.offset_s);
    if (start_s < until_s) to.push_back({start_s, until_s});
  }
}

digest zone_periods::hash() const {
  std::vector<std::uint8_t> bytes;
  const auto append = [&](std::int64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
  };
  for (const zone_period& p : periods_) {
    append(p.start_s);
    append(p.offset_s);
  }
  return sha256{}.of(bytes);
}

}  // namespace tocsin::inline v1::detail
