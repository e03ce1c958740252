#include <tocsin/service/outage_cost.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace tocsin;

namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();

// By schoolbook multiplication in base 2^32, and long division bit by bit.
std::int64_t slow_cost(std::int64_t per_hour, std::int64_t us) {
  const std::uint64_t a = static_cast<std::uint64_t>(per_hour), b = static_cast<std::uint64_t>(us);
  const std::uint64_t low = (a & 0xFFFFFFFF) * (b & 0xFFFFFFFF);
  const std::uint64_t middle = (a >> 32) * (b & 0xFFFFFFFF) + (low >> 32);
  const std::uint64_t other = (a & 0xFFFFFFFF) * (b >> 32) + (middle & 0xFFFFFFFF);
  const std::uint64_t high = (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32);
  const std::uint64_t rest = (other << 32) | (low & 0xFFFFFFFF);
  std::uint64_t remainder = 0, quotient = 0;
  bool is_too_large = false;
  for (int bit = 127; bit >= 0; --bit) {
    remainder = remainder << 1 | ((bit >= 64 ? high >> (bit - 64) : rest >> bit) & 1);
    const bool one = remainder >= 3'600'000'000u;
    if (one) remainder -= 3'600'000'000u;
    is_too_large = is_too_large || (quotient >> 62) != 0;
    quotient = quotient << 1 | (one ? 1u : 0u);
  }
  return is_too_large || quotient > static_cast<std::uint64_t>(most) ? most : static_cast<std::int64_t>(quotient);
}

}  // namespace

TEST_CASE("an outage costs what its open time costs, rounded down (R-C40)") {
  CHECK(outage_cost(1'200, hour) == 1'200);
  CHECK(outage_cost(1'200, duration{hour.us * 5 / 2}) == 3'000);
  CHECK(outage_cost(100, duration{hour.us - 1}) == 99);
  CHECK(outage_cost(1, duration{hour.us * 3 - 1}) == 2);
  CHECK(outage_cost(1'000'000'000'000, duration{366 * day.us}) == 8'784'000'000'000'000);
  CHECK(outage_cost(0, day) == 0);
  CHECK(outage_cost(1'200, duration{-1}) == 0);
  CHECK(outage_cost(most, day) == most);
  CHECK(sum_of_costs(most, 1) == most);
  CHECK(sum_of_costs(2, 3) == 5);
}

TEST_CASE("the cost of an outage is the product, whatever its size (R-C40)") {
  std::mt19937_64 random(40);
  for (int round = 0; round < 20'000; ++round) {
    const auto per_hour = static_cast<std::int64_t>(random() >> (1 + random() % 60));
    const auto us = static_cast<std::int64_t>(random() >> (1 + random() % 60));
    CAPTURE(per_hour);
    CAPTURE(us);
    REQUIRE(outage_cost(per_hour, duration{us}) == slow_cost(per_hour, us));
  }
}
