#include <tocsin/service/outage_cost.hpp>

#include <limits>

namespace tocsin::inline v1 {
namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();

std::int64_t product(std::int64_t a, std::int64_t b) { return a != 0 && b > most / a ? most : a * b; }

}  // namespace

std::int64_t sum_of_costs(std::int64_t a, std::int64_t b) { return b > most - a ? most : a + b; }

// Whole hours, and the rest of one by itself: both the rest and what is left of the price are below an hour's microseconds, whose
// square an unsigned number holds.
std::int64_t outage_cost(std::int64_t per_hour, duration open) {
  if (per_hour <= 0 || open.us <= 0) return 0;
  const std::int64_t rest = open.us % hour.us;
  const auto of_rest = static_cast<std::uint64_t>(per_hour % hour.us) * static_cast<std::uint64_t>(rest) /
                       static_cast<std::uint64_t>(hour.us);
  const std::int64_t of_hours = product(per_hour, open.us / hour.us);
  return sum_of_costs(sum_of_costs(of_hours, per_hour / hour.us * rest), static_cast<std::int64_t>(of_rest));
}

}  // namespace tocsin::inline v1
