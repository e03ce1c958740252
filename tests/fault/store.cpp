// Every call of the store fails once, in every command: nothing has changed, and the next call works.
#include <doctest/doctest.h>

#include "script.hpp"
#include "unit/desk/failing_store.hpp"

TEST_CASE("whichever call of the store fails, nothing has changed and the next command works") {
  const auto where = std::make_shared<office::failing_store>();
  tocsin::desk d = office::open(where);
  tocsin::desk twin = office::open();
  int failures = 0;
  for (const office::json& step : fault::script()) {
    CAPTURE(step.dump());
    const std::string before = office::picture_of(d);
    for (int n = 1;; ++n) {
      CAPTURE(n);
      REQUIRE(n < 1000);
      where->fail_call(n);
      const std::string reason = office::refusal_of([&] { fault::take(d, step); });
      where->fail_call(0);
      if (reason.empty()) break;
      REQUIRE(reason == "test.disk");
      ++failures;
      REQUIRE(office::picture_of(d) == before);
    }
    fault::take(twin, step);
    REQUIRE(office::picture_of(d) == office::picture_of(twin));
  }
  MESSAGE(failures << " calls failed");
  CHECK(failures > 30);
  CHECK(office::journal_of(d) == office::journal_of(twin));
  d.verify();
}

TEST_CASE("effects are neither lost nor given twice when the store fails under their consumer") {
  const auto where = std::make_shared<office::failing_store>();
  tocsin::desk d = office::furnished(where);
  for (int i = 0; i < 5; ++i) office::tell(d, office::log("2026-11-23T08:00:00Z", {{"caller", "carla"}}));
  std::vector<std::uint64_t> seen;
  for (int n = 1; seen.size() < 5; n = n % 7 + 1) {
    where->fail_call(n);
    try {
      const auto taken = d.take_effects("pager", 1);
      if (taken.empty()) break;
      d.acknowledge_effects("pager", taken[0].id);
      seen.push_back(taken[0].record.id);
    } catch (const tocsin::error& e) {
      REQUIRE(e.reason() == "test.disk");
    }
    where->fail_call(0);
  }
  CHECK(seen == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
}
