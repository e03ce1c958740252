// How long a component was up, also against a slow count, minute by minute (M2).
#include <doctest/doctest.h>

#include <tocsin/communication/uptime.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <random>
#include <vector>

using namespace tocsin;

namespace {

instant at(std::string_view text) { return parse_rfc3339(text).value(); }

const instant now = at("2026-11-23T12:00:00Z");

using enum component_status;

component_outage outage_of(std::string_view from, std::string_view until, component_status status = major_outage) {
  return {at(from), at(until), status};
}

const uptime_day& last_day(const component_uptime& of, std::size_t before = 0) {
  return of.days[of.days.size() - 1 - before];
}

}  // namespace

TEST_CASE("90 days end with today, in UTC (M2)") {
  const component_uptime up = uptime_of({}, no_instant, now);
  REQUIRE(up.days.size() == 90);
  CHECK(uptime_begin(now) == at("2026-08-26T00:00:00Z"));
  CHECK(up.days.front().day * day.us == at("2026-08-26T00:00:00Z").us);
  CHECK(last_day(up).day * day.us == at("2026-11-23T00:00:00Z").us);
  CHECK(up.observed == 89 * day + 12 * hour);
  CHECK(up.down == duration{});
  CHECK(up.per_100000() == 100'000);
  for (const uptime_day& one : up.days) CHECK(one.worst == operational);
}

TEST_CASE("outages that overlap count once (M2)") {
  const std::vector<component_outage> outages = {
      outage_of("2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z"),
      outage_of("2026-11-22T11:00:00Z", "2026-11-22T13:00:00Z", partial_outage),
      outage_of("2026-11-22T11:30:00Z", "2026-11-22T11:40:00Z"),
      outage_of("2026-11-22T13:00:00Z", "2026-11-22T14:00:00Z"),
  };
  const component_uptime up = uptime_of(outages, no_instant, now);
  CHECK(up.down == 4 * hour);
  CHECK(last_day(up, 1).down == 4 * hour);
  CHECK(last_day(up, 1).worst == major_outage);
  CHECK(last_day(up).worst == operational);
}

TEST_CASE("an outage over midnight is shared by its days; one that begins at midnight is of that day (M2)") {
  const component_uptime up =
      uptime_of(std::vector{outage_of("2026-11-21T23:00:00Z", "2026-11-23T00:00:00Z")}, no_instant, now);
  CHECK(last_day(up, 2).down == hour);
  CHECK(last_day(up, 1).down == day);
  CHECK(last_day(up).worst == operational);
  CHECK(up.down == 25 * hour);
}

TEST_CASE("degraded performance is shown, and counts as up (M2)") {
  const component_uptime up = uptime_of(
      std::vector{outage_of("2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z", degraded_performance)}, no_instant, now);
  CHECK(up.down == duration{});
  CHECK(last_day(up, 1).worst == degraded_performance);
}

TEST_CASE("what was before the window or the component does not count (M2)") {
  const std::vector<component_outage> outages = {outage_of("2026-08-25T22:00:00Z", "2026-08-26T01:00:00Z"),
                                                 outage_of("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")};
  CHECK(uptime_of(outages, no_instant, now).down == hour);
  const component_uptime young = uptime_of(outages, at("2026-11-22T12:00:00Z"), now);
  CHECK(young.down == duration{});
  CHECK(young.observed == day);
  CHECK(last_day(young, 2).worst == unset);
  CHECK(last_day(young, 1).worst == operational);
  const component_uptime unborn = uptime_of(outages, at("2027-01-01T00:00:00Z"), now);
  CHECK(unborn.observed == duration{});
  CHECK(unborn.per_100000() == 100'000);
  CHECK(last_day(unborn).worst == unset);
}

TEST_CASE("the share is rounded down, so that an outage always shows (M2)") {
  component_uptime up{.observed = 90 * day, .down = second};
  CHECK(up.per_100000() == 99'999);
  up.down = 9 * day;
  CHECK(up.per_100000() == 90'000);
  up.down = 90 * day;
  CHECK(up.per_100000() == 0);
}

TEST_CASE("uptime equals what a count of every minute finds (M2)") {
  std::mt19937 random(20261123);
  const auto below = [&](std::uint32_t n) { return static_cast<std::int64_t>(random() % n); };
  constexpr component_status statuses[] = {degraded_performance, partial_outage, major_outage};
  for (int round = 0; round < 5; ++round) {
    std::vector<component_outage> outages;
    for (int i = 0; i < 30; ++i) {
      const instant from = now - below(95 * 24 * 60) * minute;
      outages.push_back({from, std::min(now, from + below(3 * 24 * 60) * minute), statuses[below(3)]});
    }
    const component_uptime up = uptime_of(outages, no_instant, now);
    duration down;
    std::vector<uptime_day> days;
    for (instant t = uptime_begin(now); t < now; t = t + minute) {
      const std::int64_t number = t.us / day.us;
      if (days.empty() || days.back().day != number) days.push_back({.day = number, .worst = operational});
      component_status worst = operational;
      for (const component_outage& one : outages) {
        if (one.from <= t && t < one.until) worst = worse_of(worst, one.status);
      }
      days.back().worst = worse_of(days.back().worst, worst);
      if (!is_worse(worst, degraded_performance)) continue;
      days.back().down = days.back().down + minute;
      down = down + minute;
    }
    CHECK(up.down == down);
    CHECK(up.days == days);
  }
}
