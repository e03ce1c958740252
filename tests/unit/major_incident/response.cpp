// Responses on a desk, played at random: one commander at a time (M1), and updates that fall due without drifting (M2).
#include <doctest/doctest.h>

#include <tocsin/major_incident/major_incident.hpp>

#include <algorithm>
#include <random>

#include "../desk/office.hpp"

using namespace tocsin;
using office::json;

namespace {

const instant begin = office::at("2026-11-23T08:00:00Z");

desk with_major(const json& policy) {
  desk d = office::open();
  office::tell(d, office::furniture());
  office::tell(d, office::command("publish", "2026-11-23T07:10:00Z", "host", {{"major_incident_policies", {policy}}}));
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  office::tell(d, office::command("propose_major", "2026-11-23T08:00:00Z", "ana", {{"incident", 1}, {"reason", "x"}}));
  office::tell(d, office::command("accept_major", "2026-11-23T08:00:00Z", "ana", {{"incident", 1}}));
  return d;
}

const record_major_incident& part_of(const desk& d) { return *d.find({1})->part<record_major_incident>(); }

// What is refused is left out.
void try_to(desk& d, const std::string& command, instant at, const std::string& actor, json fields) {
  fields["incident"] = 1;
  try {
    office::tell(d, office::command(command, office::text_of(at), actor, fields));
  } catch (const error& e) {
    CAPTURE(e.what());
    CHECK(e.reason().starts_with("major."));
  }
}

}  // namespace

TEST_CASE("whatever is commanded, one person commands at a time, and nobody has one role twice (M1)") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    const auto any = [&](std::vector<std::string> of) { return of[random() % of.size()]; };
    const auto person = [&] { return any({"ana", "ben", "carla", "dora"}); };
    const auto role = [&] { return any({"incident_commander", "incident_commander", "scribe", "operations"}); };
    desk d = with_major({{"key", "incident"}, {"roles", {{{"role", "incident_commander"}, {"person", "carla"}}}}});
    for (int i = 1; i <= 120; ++i) {
      const instant at = begin + i * minute;
      switch (random() % 8) {
        case 0:
        case 1:
          try_to(d, "assume_role", at, person(), {{"role", role()}});
          break;
        case 2:
          try_to(d, "assign_role", at, person(), {{"role", role()}, {"person", person()}});
          break;
        case 3:
        case 4:
          try_to(d, "relinquish_role", at, person(), {{"role", role()}});
          break;
        case 5:
        case 6:
          try_to(d, "transfer_command", at, person(), {{"to", person()}});
          break;
        default:
          if (random() % 5 != 0) break;
          try_to(d, "demote_major", at, person(), {{"reason", "x"}});
          try_to(d, "propose_major", at, person(), {{"reason", "x"}});
          try_to(d, "accept_major", at, person(), json::object());
      }
    }
    const std::vector<role_holding>& all = part_of(d).response_roles;
    for (int i = 0; i <= 120; ++i) {
      const std::vector<role_holding> held = holders_at(all, begin + i * minute);
      CHECK(std::ranges::count(held, std::string(incident_commander), &role_holding::role) <= 1);
      for (const role_holding& one : held) {
        CHECK(std::ranges::count_if(held, [&](const role_holding& other) {
                return other.role == one.role && other.person == one.person;
              }) == 1);
      }
    }
    d.verify();
  }
}

TEST_CASE("updates fall due at whole intervals after the last one, however late the host is (M2)") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    const std::int64_t every = static_cast<std::int64_t>(5 + random() % 50);
    desk d = with_major({{"key", "incident"}, {"update_every", {{{"every", "PT" + std::to_string(every) + "M"}}}}});
    std::vector<instant> expected;
    instant now = begin;
    instant last = begin;
    for (int i = 0; i < 40; ++i) {
      const instant next = now + static_cast<std::int64_t>(1 + random() % 90) * minute;
      const bool updates = random() % 2 == 0;
      // A command at the instant of a timer comes before it (D6).
      for (instant due = last + every * minute; updates ? due < next : due <= next; due = due + every * minute) {
        if (due > now) expected.push_back(due);
      }
      if (updates) {
        office::tell(d, office::command("add_update", office::text_of(next), "ana", {{"incident", 1}, {"text", "x"}}));
        last = next;
      } else {
        d.advance(next);
      }
      now = next;
    }
    d.advance(now);
    std::vector<instant> told;
    for (const auto& e : json::parse(effects_document(d, "mail", 10'000))) {
      if (e["effect"] == "update_overdue") told.push_back(office::at(e["due_at"].get<std::string>()));
    }
    CHECK(told == expected);
    CHECK(part_of(d).updates_missed == expected.size());
  }
}
