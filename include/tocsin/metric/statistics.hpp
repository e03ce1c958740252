// Statistics of times, in integers, so that the same times give the same bytes (R2).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Times between two instants of each record of a population; what has no data has no value, never 0 (R1).
struct time_statistics {
  std::uint64_t count = 0;
  std::optional<duration> mean;    // rounded down
  std::optional<duration> median;  // of an even count the mean of the middle two, rounded down
  std::optional<duration> p90;     // the smallest that nine tenths do not exceed
};

time_statistics statistics_of(std::vector<duration> times);

}  // namespace tocsin::inline v1
