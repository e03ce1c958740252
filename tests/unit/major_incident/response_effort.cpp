// What a response costs in people's time (R-C26, R-C29), also against a slow count, minute by minute.
#include <doctest/doctest.h>

#include <tocsin/major_incident/response_effort.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace tocsin;

namespace {

constexpr person_ref ana{3};
constexpr person_ref ben{4};

instant at(std::string_view time) { return parse_rfc3339("2026-11-23T" + std::string(time) + "Z").value(); }

role_holding holding(const char* role, person_ref person, instant from, instant until = no_instant) {
  return {role, person, from, until, {}};
}

}  // namespace

TEST_CASE("time is counted by role and by person; two roles at once cost an hour in an hour (R-C29)") {
  const std::vector<role_holding> held = {
      holding("incident_commander", ana, at("08:00:00"), at("10:00:00")),
      holding("communication", ana, at("09:00:00"), at("11:00:00")),
      holding("incident_commander", ben, at("10:00:00")),
  };
  const response_effort effort = effort_of(held, {}, at("12:00:00"));
  CHECK(effort.roles == std::vector<role_effort>{{"communication", 2 * hour}, {"incident_commander", 4 * hour}});
  CHECK(effort.people == std::vector<person_effort>{{ana, 3 * hour}, {ben, 2 * hour}});
  CHECK(effort.time == 5 * hour);
}

TEST_CASE("what comes after the end does not count, and what began after it is nothing (R-C29)") {
  const std::vector<role_holding> held = {holding("scribe", ana, at("08:00:00"), at("10:00:00")),
                                          holding("scribe", ben, at("09:30:00"))};
  const response_effort effort = effort_of(held, {}, at("09:00:00"));
  CHECK(effort.people == std::vector<person_effort>{{ana, hour}, {ben, duration{}}});
}

TEST_CASE("technical actions are measured apart from those that coordinate others (R-C29)") {
  const std::vector<response_action> actions = {
      {.action = 1, .kind = action_kind::technical, .began_at = at("08:00:00"), .ended_at = at("08:20:00")},
      {.action = 2, .kind = action_kind::coordination, .began_at = at("08:05:00"), .ended_at = at("08:10:00")},
      {.action = 3, .kind = action_kind::technical},
  };
  const response_effort effort = effort_of({}, actions, at("12:00:00"));
  CHECK(effort.technical == action_effort{2, 20 * minute});
  CHECK(effort.coordination == action_effort{1, 5 * minute});
  CHECK(effort.time == duration{});
}

TEST_CASE("effort equals what a count of every minute finds (R-C29)") {
  std::mt19937 random(20261123);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  const instant begin = at("08:00:00");
  const char* const roles[] = {"a", "b", "c"};
  for (int round = 0; round < 200; ++round) {
    std::vector<role_holding> held;
    const std::uint32_t end = 30 + below(60);
    for (std::uint32_t i = below(12); i > 0; --i) {
      const std::uint32_t from = below(90);
      const bool open = below(4) == 0;
      held.push_back(holding(roles[below(3)], {3 + below(3)}, begin + from * minute,
                             open ? no_instant : begin + (from + below(40)) * minute));
    }
    std::map<std::string, std::int64_t> by_role;
    std::map<std::uint32_t, std::int64_t> by_person;
    for (std::uint32_t m = 0; m < end; ++m) {
      std::set<std::uint32_t> busy;
      for (const role_holding& one : holders_at(held, begin + m * minute)) {
        ++by_role[one.role];
        busy.insert(one.person.index);
      }
      for (const std::uint32_t one : busy) ++by_person[one];
    }
    const response_effort effort = effort_of(held, {}, begin + end * minute);
    for (const role_effort& one : effort.roles) CHECK(one.time == by_role[one.role] * minute);
    for (const person_effort& one : effort.people) CHECK(one.time == by_person[one.person.index] * minute);
    CHECK(std::ranges::all_of(by_role, [&](const auto& counted) {
      return std::ranges::find(effort.roles, counted.first, &role_effort::role) != effort.roles.end();
    }));
  }
}
