// What an outage costs, by what an hour of it costs (R-C40).
#pragma once

#include <cstdint>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Of so much open time, in the unit of `per_hour`, rounded down; never less than 0, and no more than an int64 holds.
std::int64_t outage_cost(std::int64_t per_hour, duration open);

// No more than an int64 holds; of what is not negative.
std::int64_t sum_of_costs(std::int64_t a, std::int64_t b);

}  // namespace tocsin::inline v1
