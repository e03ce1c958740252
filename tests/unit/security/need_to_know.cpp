// Who knows of a restricted record, since when and by whom, against looking at each of them for itself.
#include <doctest/doctest.h>

#include <tocsin/security/need_to_know.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>

using namespace tocsin;

namespace {

instant at(std::string_view time) { return parse_rfc3339("2026-11-23T" + std::string(time) + "Z").value(); }

constexpr person_ref ana{3};
constexpr person_ref ben{4};
constexpr person_ref carla{5};
constexpr team_ref desk_team{1};

std::uint32_t seed() {
  const char* given = std::getenv("TOCSIN_SEED");
  return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : 20261123;
}

// From the end back to the last change that does not name them.
template <class Ref>
const restriction_change* naive_since(const std::vector<restriction_change>& all, Ref who,
                                      std::vector<Ref> restriction_change::* list) {
  const restriction_change* since = nullptr;
  for (auto one = all.rbegin(); one != all.rend(); ++one) {
    const std::vector<Ref>& named = (*one).*list;
    if (std::ranges::find(named, who) == named.end()) break;
    since = &*one;
  }
  return since;
}

}  // namespace

TEST_CASE("whoever stays named knows of it since they were named first, for the reason of then (R-N04)") {
  const std::vector<restriction_change> changes = {
      {at("08:00:00"), ana, "An intrusion", {ana}, {desk_team}},
      {at("09:00:00"), ana, "Ben reads the logs", {ana, ben}, {desk_team}},
      {at("10:00:00"), ben, "The desk is not needed", {ana, ben, carla}, {}},
  };
  const std::vector<confidant> now = need_to_know(changes);
  REQUIRE(now.size() == 3);
  CHECK(now[0].person == ana);
  CHECK(now[0].since == at("08:00:00"));
  CHECK(now[0].reason == "An intrusion");
  CHECK(now[1].person == ben);
  CHECK(now[1].by == ana);
  CHECK(now[1].reason == "Ben reads the logs");
  CHECK(now[2].person == carla);
  CHECK(now[2].by == ben);
}

TEST_CASE("whoever was left out and comes back knows of it since then; a lifted restriction names nobody (R-N04)") {
  std::vector<restriction_change> changes = {
      {at("08:00:00"), ana, "First", {ana, ben}, {}},
      {at("09:00:00"), ana, "Without Ben", {ana}, {}},
      {at("10:00:00"), ana, "With Ben again", {ben, ana}, {}},
  };
  const std::vector<confidant> now = need_to_know(changes);
  REQUIRE(now.size() == 2);
  CHECK(now[0].person == ana);
  CHECK(now[1].person == ben);
  CHECK(now[1].since == at("10:00:00"));
  changes.push_back({at("11:00:00"), ana, {}, {}, {}});
  CHECK(need_to_know(changes).empty());
  CHECK(need_to_know({}).empty());
}

TEST_CASE("who knows of it is who each of them is, looked at alone, whatever happened (R-N04)") {
  std::mt19937 random(seed());
  CAPTURE(seed());
  for (int round = 0; round < 300; ++round) {
    std::vector<restriction_change> changes;
    const std::size_t count = random() % 12;
    for (std::size_t i = 0; i < count; ++i) {
      restriction_change one{at("08:00:00") + duration{static_cast<std::int64_t>(i)},
                             {3 + static_cast<std::uint32_t>(random() % 4)},
                             "",
                             {},
                             {}};
      one.reason = std::to_string(i);
      for (std::uint32_t n = 3; n < 9; ++n) {
        if (random() % 2 == 0) one.people.push_back({n});
      }
      for (std::uint32_t n = 1; n < 4; ++n) {
        if (random() % 2 == 0) one.teams.push_back({n});
      }
      std::ranges::shuffle(one.people, random);
      changes.push_back(std::move(one));
    }
    const std::vector<confidant> now = need_to_know(changes);
    std::size_t expected = 0;
    const auto check_one = [&](const restriction_change* since, auto is_them) {
      const auto found = std::ranges::find_if(now, is_them);
      CHECK((found != now.end()) == (since != nullptr));
      if (!since || found == now.end()) return;
      ++expected;
      CHECK(found->since == since->at);
      CHECK(found->by == since->by);
      CHECK(found->reason == since->reason);
    };
    for (std::uint32_t n = 3; n < 9; ++n) {
      check_one(naive_since(changes, person_ref{n}, &restriction_change::people),
                [&](const confidant& c) { return c.person == person_ref{n}; });
    }
    for (std::uint32_t n = 1; n < 4; ++n) {
      check_one(naive_since(changes, team_ref{n}, &restriction_change::teams),
                [&](const confidant& c) { return c.team == team_ref{n}; });
    }
    CHECK(now.size() == expected);
    CHECK(std::ranges::is_sorted(now, {}, &confidant::since));
  }
}
