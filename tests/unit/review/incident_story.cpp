// Milestones in order, the gaps between them, and how long it took (M3).
#include <doctest/doctest.h>

#include <tocsin/review/incident_story.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <algorithm>
#include <random>

using namespace tocsin;
using kind = milestone_kind;

namespace {

instant at(std::string_view time) { return parse_rfc3339("2026-11-23T" + std::string(time) + "Z").value(); }

milestone step(std::string_view time, kind what) { return {at(time), what, {}, {}, {}, false}; }

}  // namespace

TEST_CASE("milestones stand in order of their instants, and then of what they are (M3)") {
  std::vector<milestone> all = {step("09:00:00", kind::resolved), step("08:00:00", kind::opened),
                                step("08:00:00", kind::occurred), step("08:10:00", kind::acknowledged)};
  arrange(all, {});
  const kind expected[] = {kind::occurred, kind::opened, kind::acknowledged, kind::resolved};
  CHECK(std::ranges::equal(all, expected, {}, &milestone::kind));
  CHECK(all[0].after == duration{});
  CHECK(all[2].after == 10 * minute);
  CHECK(std::ranges::none_of(all, &milestone::long_gap));
}

TEST_CASE("a gap is flagged when it is longer than asked for, to the microsecond (M3)") {
  std::vector<milestone> all = {step("08:00:00", kind::opened), step("08:30:00", kind::acknowledged),
                                step("09:00:00.000001", kind::resolved)};
  arrange(all, 30 * minute);
  CHECK_FALSE(all[1].long_gap);
  CHECK(all[2].long_gap);
  CHECK(all[2].after == 30 * minute + microsecond);
}

TEST_CASE("gaps add up to the whole time, in whatever order milestones come (M3)") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<milestone> all;
    for (int i = 0; i < 20; ++i) {
      all.push_back({at("08:00:00") + duration{static_cast<std::int64_t>(random() % 1'000'000'000)},
                     static_cast<kind>(1 + random() % 21),
                     {},
                     {},
                     {},
                     false});
    }
    arrange(all, minute);
    duration sum;
    bool goes_on = true;  // nobody waits for anything once it is over, until it is reopened
    for (const milestone& one : all) {
      sum = sum + one.after;
      CHECK(one.long_gap == (goes_on && one.after > minute));
      if (one.kind == kind::reopened) goes_on = true;
      if (one.kind == kind::resolved || one.kind == kind::closed || one.kind == kind::cancelled) goes_on = false;
    }
    CHECK(sum == all.back().at - all.front().at);
  }
}

TEST_CASE("detection counts from when it occurred, all else from when it was opened (M3)") {
  std::vector<milestone> all = {step("07:50:00", kind::occurred),     step("07:55:00", kind::detected),
                                step("08:00:00", kind::opened),       step("08:05:00", kind::acknowledged),
                                step("08:40:00", kind::acknowledged), step("08:30:00", kind::mitigated),
                                step("09:00:00", kind::resolved)};
  arrange(all, {});
  const response_times times = times_of(all);
  CHECK(times.to_detect == 5 * minute);
  CHECK(times.to_acknowledge == 5 * minute);
  CHECK(times.to_mitigate == 30 * minute);
  CHECK(times.to_resolve == hour);
}

TEST_CASE("what did not happen has no time, and a resolution that did not hold is none (M3)") {
  std::vector<milestone> all = {step("08:00:00", kind::opened), step("09:00:00", kind::resolved),
                                step("10:00:00", kind::reopened)};
  CHECK_FALSE(times_of(all).to_detect);
  CHECK_FALSE(times_of(all).to_acknowledge);
  CHECK_FALSE(times_of(all).to_resolve);
  all.push_back(step("11:00:00", kind::resolved));
  CHECK(times_of(all).to_resolve == 3 * hour);
  CHECK_FALSE(times_of({}).to_resolve);
}
