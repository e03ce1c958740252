#include <doctest/doctest.h>

#include <tocsin/desk/override_index.hpp>

#include <algorithm>
#include <random>
#include <vector>

using namespace tocsin;

TEST_CASE("the index names every override that touches a span, in order and once (O2)") {
  struct one {
    std::uint32_t schedule;
    std::uint32_t number;
    instant from;
    instant until;
  };
  std::mt19937_64 engine(7);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(n));
  };
  const auto span = [&](std::int64_t longest_us) {
    const instant from{(below(8000) - 4000) * day.us + below(day.us)};  // before 1970, too
    return std::pair(from, from + duration{1 + below(longest_us)});
  };
  override_index index;
  std::vector<one> all;
  for (std::uint32_t i = 0; i < 600; ++i) {
    const std::int64_t longest[] = {hour.us, 30 * day.us, 2000 * day.us};
    const auto [from, until] = span(longest[i % 3]);
    const one made{1 + static_cast<std::uint32_t>(below(2)), 1 + i / 2, from, until};  // of two versions each
    index.add(made.schedule, made.number, made.from, made.until);
    all.push_back(made);
  }
  for (int i = 0; i < 400; ++i) {
    const std::int64_t longest[] = {hour.us, 30 * day.us, 2000 * day.us};
    const auto [from, until] = span(longest[i % 3]);
    const std::uint32_t schedule = 1 + static_cast<std::uint32_t>(i % 2);
    const std::vector<std::uint32_t> found = index.touching(schedule, from, until);
    REQUIRE(std::ranges::is_sorted(found));
    REQUIRE(std::ranges::adjacent_find(found) == found.end());
    for (const one& o : all) {
      if (o.schedule == schedule && o.from < until && o.until > from) {
        REQUIRE(std::ranges::binary_search(found, o.number));
      }
    }
  }
  CHECK(index.touching(1, instant_min, never).size() <= 300);
  CHECK(index.touching(3, instant_min, never).empty());
  const auto of_first = static_cast<std::size_t>(std::ranges::count(all, 1U, &one::schedule));
  CHECK(index.versions(1) == of_first);
  index.take_back(1);
  CHECK(index.versions(1) == of_first - 1);
}
