// A zone's offsets as a calendar keeps them: what it was compiled from, apart from newer zone data (T7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <tocsin/base/hash.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1::detail {

// From that second on, until the next one begins, local time is UTC plus the offset.
struct zone_period {
  std::int64_t start_s = 0;
  std::int32_t offset_s = 0;
};

// [start, end) in seconds since 1970.
struct second_interval {
  std::int64_t start_s = 0;
  std::int64_t end_s = 0;
};

class zone_periods {
 public:
  explicit zone_periods(const zone& where);

  const std::vector<zone_period>& all() const { return periods_; }
  std::int64_t end_s(std::size_t period) const;  // the far future, of the last one

  // When clocks show a time in [start, end), in seconds of local time: without what they skip, and as often as they
  // show it (T4). Rising.
  void append_instants(std::int64_t local_start_s, std::int64_t local_end_s, std::vector<second_interval>& to) const;

  digest hash() const;

 private:
  std::vector<zone_period> periods_;  // rising
};

}  // namespace tocsin::inline v1::detail
