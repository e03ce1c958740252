// How long a component was up: days as bars, and the share of time without an outage (M2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tocsin/communication/component_status.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t uptime_days = 90;
}  // namespace limits

// An incident made the component that, for that time.
struct component_outage {
  instant from = no_instant;
  instant until = no_instant;  // not then any more
  component_status status = component_status::operational;
};

struct uptime_day {
  std::int64_t day = 0;                              // in UTC, counted from 1970-01-01
  component_status worst = component_status::unset;  // unset: nothing is known of that day
  duration down;

  friend bool operator==(const uptime_day&, const uptime_day&) = default;
};

struct component_uptime {
  std::vector<uptime_day> days;  // oldest first
  duration observed;
  duration down;

  // Of 100,000; all of them where nothing was observed. Rounded down, so that each outage shows.
  std::int64_t per_100000() const;
};

// The first instant of the first of the days that end with the one of `at`.
instant uptime_begin(instant at);

// From `since` on, where that is later, up to `at`. Partial and major outages count as down, in full; degraded
// performance does not. Time that several outages share counts once.
component_uptime uptime_of(std::span<const component_outage> outages, instant since, instant at);

}  // namespace tocsin::inline v1
