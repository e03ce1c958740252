#include <doctest/doctest.h>

#include <tocsin/metric/statistics.hpp>

using namespace tocsin;

TEST_CASE("statistics are exact in integers, and an empty population has no data (R1)") {
  CHECK(statistics_of({}).count == 0);
  CHECK_FALSE(statistics_of({}).mean);
  CHECK_FALSE(statistics_of({}).median);
  CHECK_FALSE(statistics_of({}).p90);
  const time_statistics one = statistics_of({{7}});
  CHECK(one.mean->us == 7);
  CHECK(one.median->us == 7);
  CHECK(one.p90->us == 7);
  const time_statistics even = statistics_of({{4}, {1}, {3}, {2}});
  CHECK(even.mean->us == 2);  // 2.5, rounded down
  CHECK(even.median->us == 2);
  CHECK(even.p90->us == 4);
  const time_statistics ten = statistics_of({{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {100}});
  CHECK(ten.mean->us == 14);
  CHECK(ten.median->us == 5);
  CHECK(ten.p90->us == 9);
}

TEST_CASE("a mean of very long times does not overflow") {
  const duration century{INT64_MAX / 2};
  CHECK(statistics_of({century, century, century}).mean == century);
}

TEST_CASE("a mean of negative times is rounded down, not towards zero") {
  CHECK(statistics_of({{-1}, {-2}}).mean->us == -2);
}
