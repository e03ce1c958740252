// The guard against loops: what stands against a run, and how runs are counted (I3).
#include <doctest/doctest.h>

#include <tocsin/automation/automation_record.hpp>

#include <cstdlib>
#include <random>

using namespace tocsin;

namespace {

std::uint32_t seed() {
  const char* said = std::getenv("TOCSIN_SEED");
  return said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : 20261123u;
}

constexpr instant eight{1'795'420'800'000'000};  // 2026-11-23T08:00:00Z
constexpr automation_rule_ref a{1};
constexpr automation_rule_ref b{2};

record_automation after_runs(std::uint32_t count, instant at) {
  record_automation on;
  for (std::uint32_t i = 0; i < count; ++i) {
    begin_run(on, {0, a, 1, {}, 0}, at);
    on.automation_queue.clear();
  }
  return on;
}

}  // namespace

TEST_CASE("a rule that is suspended on a record does not run there, and others do (I3)") {
  record_automation on;
  CHECK(guard(on, a, {}, eight) == automation_stop::unset);
  on.automation_suspensions.push_back({a, "x", no_instant, {}, eight});
  CHECK(guard(on, a, {}, eight) == automation_stop::suspended);
  CHECK(guard(on, b, {}, eight) == automation_stop::unset);
  on.automation_suspensions.push_back({{}, "all", no_instant, {}, eight});
  CHECK(guard(on, b, {}, eight) == automation_stop::suspended);
  CHECK(find_suspension(on.automation_suspensions, a)->reason == "all");
}

TEST_CASE("a rule does not run on what its own actions led to, nor at the end of a long chain (I3)") {
  const record_automation on;
  CHECK(guard(on, a, std::vector{b}, eight) == automation_stop::unset);
  CHECK(guard(on, a, std::vector{b, a}, eight) == automation_stop::circular);
  std::vector<automation_rule_ref> chain;
  while (chain.size() < limits::automation_chain_max) {
    CHECK(guard(on, a, chain, eight) == automation_stop::unset);
    chain.push_back({static_cast<std::uint32_t>(10 + chain.size())});
  }
  CHECK(guard(on, a, chain, eight) == automation_stop::too_deep);
}

TEST_CASE("so many runs wait on a record, and no more (I3)") {
  record_automation on;
  for (std::size_t i = 0; i < limits::automation_queue_max; ++i) {
    on.automation_queue.push_back({static_cast<std::uint32_t>(i + 1), b, 1, {}, 0});
  }
  CHECK(guard(on, a, {}, eight) == automation_stop::too_many);
}

TEST_CASE("within an hour of the first run of a record only so many begin (I3)") {
  const record_automation on = after_runs(limits::automation_runs_per_hour_max, eight);
  CHECK(on.automation_runs == limits::automation_runs_per_hour_max);
  CHECK(guard(on, a, {}, eight) == automation_stop::too_often);
  CHECK(guard(on, a, {}, {eight.us + hour.us - 1}) == automation_stop::too_often);
  CHECK(guard(on, a, {}, eight + hour) == automation_stop::unset);
  CHECK(guard(after_runs(limits::automation_runs_per_hour_max - 1, eight), a, {}, eight) == automation_stop::unset);
}

TEST_CASE("a run that begins gets the next number, and the first one that waits says when it goes on (I3)") {
  record_automation on;
  begin_run(on, {0, a, 3, {b}, 0}, eight);
  begin_run(on, {0, b, 1, {}, 0}, eight + minute);
  REQUIRE(on.automation_queue.size() == 2);
  CHECK(on.automation_queue[0].run == 1);
  CHECK(on.automation_queue[1].run == 2);
  CHECK(on.automation_due == eight);
  CHECK(find_run(on, 2)->rule == b);
  CHECK(find_run(on, 3) == nullptr);
}

TEST_CASE("runs are counted as in a list of all of them (I3)") {
  std::mt19937 engine(seed());
  CAPTURE(seed());
  for (int round = 0; round < 50; ++round) {
    record_automation on;
    std::vector<instant> hour_of_runs;  // those of the hour that goes on
    instant now = eight;
    for (int i = 0; i < 300; ++i) {
      now = now + duration{static_cast<std::int64_t>(engine() % 60) * second.us};
      if (!hour_of_runs.empty() && !(now < hour_of_runs.front() + hour)) hour_of_runs.clear();
      const bool may = hour_of_runs.size() < limits::automation_runs_per_hour_max;
      CHECK((guard(on, a, {}, now) == automation_stop::unset) == may);
      if (!may) continue;
      hour_of_runs.push_back(now);
      begin_run(on, {0, a, 1, {}, 0}, now);
      on.automation_queue.clear();
    }
  }
}
