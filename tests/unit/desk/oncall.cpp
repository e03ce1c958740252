// On-call in a desk: what was true stays true, whatever is published later (O3), and the rosters that a desk keeps ready
// are those that its journal folds to.
#include <doctest/doctest.h>

#include <random>

#include <tocsin/store/sqlite_store.hpp>

#include "../store/sample.hpp"
#include "office.hpp"

using namespace tocsin;
using office::at;
using office::json;

namespace {

json weekly(const json& participants) {
  json slots = json::array();
  for (const json& person : participants) slots.push_back({{"people", {person}}});
  return {{"key", "primary"},
          {"type", "weekly"},
          {"zone", "Europe/Brussels"},
          {"start", "2026-11-23T09:00"},
          {"participants", slots}};
}

desk on_duty(std::shared_ptr<store> where = make_memory_store()) {
  desk d = office::furnished(std::move(where));
  office::tell(d,
               office::command(
                   "publish", "2026-11-23T08:00:00Z", "host",
                   {{"rotations", {weekly({"ana", "ben", "carla"})}},
                    {"schedules",
                     {{{"key", "database"}, {"zone", "Europe/Brussels"}, {"layers", {{{"rotation", "primary"}}}}}}}}));
  return d;
}

std::vector<std::string> who(const desk& d, std::string_view when, std::string_view schedule = "database") {
  const roster* r = d.state().roster_of({d.state().words.find(word_kind::schedule, schedule)});
  REQUIRE(r != nullptr);
  std::vector<std::string> keys;
  for (const person_ref p : r->who(at(when)).people) {
    keys.emplace_back(d.state().words.word(word_kind::person, p.index));
  }
  return keys;
}

using people = std::vector<std::string>;

// Everything that the schedule says in the weeks around, as one text.
std::string picture_of(const desk& d) {
  const roster* r = d.state().roster_of({d.state().words.find(word_kind::schedule, "database")});
  std::string text;
  for (const oncall_shift& s : shifts(*r, at("2026-11-23T00:00:00Z"), at("2027-02-01T00:00:00Z"), true)) {
    text += office::text_of(s.from) + ' ' + office::text_of(s.until) + ' ' +
            std::string(d.state().words.word(word_kind::person, s.person.index)) + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("nobody was on call before the schedule was published, and its versions hold from their instants on (O3)") {
  desk d = on_duty();
  CHECK(who(d, "2026-11-23T07:59:59Z") == people{});
  CHECK(who(d, "2026-11-23T08:00:00Z") == people{"ana"});
  office::tell(d, office::command("publish", "2026-11-25T12:00:00Z", "host",
                                  {{"rotations", {weekly({"dora", "ben", "carla"})}}}));
  CHECK(who(d, "2026-11-25T11:59:59Z") == people{"ana"});
  CHECK(who(d, "2026-11-29T12:00:00Z") == people{"ana"});  // until her own next hand-off (O1)
  CHECK(who(d, "2026-11-30T08:00:00Z") == people{"ben"});  // the first of those who stood behind her
  CHECK(who(d, "2026-12-14T08:00:00Z") == people{"dora"});
}

TEST_CASE("a version may be planned, and is brought forward by saying nothing of its instant (O3)") {
  desk d = on_duty();
  json next = weekly({"dora"});
  next["in_force_from"] = "2026-12-12T08:00:00Z";
  office::tell(d, office::command("publish", "2026-11-25T12:00:00Z", "host", {{"rotations", {next}}}));
  CHECK(who(d, "2026-12-10T12:00:00Z") == people{"carla"});
  CHECK(who(d, "2026-12-14T08:00:00Z") == people{"dora"});
  office::tell(d, office::command("publish", "2026-11-26T12:00:00Z", "host", {{"rotations", {weekly({"dora"})}}}));
  CHECK(who(d, "2026-11-30T08:00:00Z") == people{"dora"});
}

TEST_CASE("the first version may hold from an earlier instant, a later one may not (O3)") {
  desk d = on_duty();
  json old = weekly({"ana"});
  old["in_force_from"] = "2026-01-01T00:00:00Z";
  CHECK_THROWS_WITH_AS(
      office::tell(d, office::command("publish", "2026-11-25T12:00:00Z", "host", {{"rotations", {old}}})),
      doctest::Contains("what has been stays as it was"), error);
  old["key"] = "old";
  office::tell(d, office::command("publish", "2026-11-25T12:00:00Z", "host",
                                  {{"rotations", {old}},
                                   {"schedules",
                                    {{{"key", "archive"},
                                      {"zone", "UTC"},
                                      {"layers", {{{"rotation", "old"}}}},
                                      {"in_force_from", "2026-01-01T00:00:00Z"}}}}}));
  CHECK(who(d, "2026-11-24T12:00:00Z", "archive") == people{"ana"});
}

TEST_CASE(
    "no override, swap or absence acts on what has been, but with a schedule that brings its history along (O3)") {
  desk d = on_duty();
  json change = {{"key", "x"},
                 {"schedule", "database"},
                 {"kind", "remove"},
                 {"people", {"ana"}},
                 {"from", "2026-11-23T09:00:00Z"},
                 {"until", "2026-11-23T21:00:00Z"},
                 {"accepted_at", "2026-11-23T09:00:00Z"}};
  const json leave = {{"key", "x"},
                      {"person", "ana"},
                      {"from", "2026-11-23T09:00:00Z"},
                      {"until", "2026-11-23T21:00:00Z"},
                      {"accepted_at", "2026-11-23T09:00:00Z"}};
  const auto tell = [&](const json& fields) {
    office::tell(d, office::command("publish", "2026-11-24T10:00:00Z", "host", fields));
  };
  CHECK_THROWS_AS(tell({{"schedule_overrides", {change}}}), error);
  CHECK_THROWS_AS(tell({{"absences", {leave}}}), error);
  CHECK(who(d, "2026-11-23T12:00:00Z") == people{"ana"});
  change["schedule"] = "archive";
  tell({{"schedules",
         {{{"key", "archive"},
           {"zone", "UTC"},
           {"layers", {{{"people", {"ana", "ben"}}}}},
           {"in_force_from", "2026-01-01T00:00:00Z"}}}},
        {"schedule_overrides", {change}}});
  CHECK(who(d, "2026-11-23T08:59:59Z", "archive") == people{"ana", "ben"});
  CHECK(who(d, "2026-11-23T12:00:00Z", "archive") == people{"ben"});
}

TEST_CASE("an override that is changed or withdrawn did what it did (O2, O3)") {
  desk d = on_duty();
  json one = {{"key", "x"},
              {"schedule", "database"},
              {"kind", "replace"},
              {"replaced", "ana"},
              {"people", {"dora"}},
              {"from", "2026-11-23T09:00:00Z"},
              {"until", "2026-11-23T21:00:00Z"}};
  const auto tell = [&](std::string_view when) {
    office::tell(d, office::command("publish", when, "host", {{"schedule_overrides", {one}}}));
  };
  tell("2026-11-23T10:00:00Z");
  CHECK(who(d, "2026-11-23T09:30:00Z") == people{"ana"});  // before it was accepted
  CHECK(who(d, "2026-11-23T10:00:00Z") == people{"dora"});
  one["people"] = {"ben"};
  tell("2026-11-23T12:00:00Z");
  CHECK(who(d, "2026-11-23T11:59:59Z") == people{"dora"});
  CHECK(who(d, "2026-11-23T12:00:00Z") == people{"ben"});
  office::tell(d, office::command("withdraw_override", "2026-11-23T15:00:00Z", "host", {{"override", "x"}}));
  CHECK(who(d, "2026-11-23T11:00:00Z") == people{"dora"});
  CHECK(who(d, "2026-11-23T14:00:00Z") == people{"ben"});
  CHECK(who(d, "2026-11-23T15:00:00Z") == people{"ana"});
}

TEST_CASE("an override that is moved says what becomes of both its times (O1, O2)") {
  desk d = on_duty();
  const auto put = [&](std::string_view when, std::string_view from, std::string_view until) {
    json one = {{"key", "trip"}, {"schedule", "database"}, {"kind", "add"}, {"people", {"dora"}}};
    one["from"] = from;
    one["until"] = until;
    return office::tell(d, office::command("publish", when, "host", {{"schedule_overrides", {one}}}));
  };
  put("2026-11-23T09:00:00Z", "2026-11-25T08:00:00Z", "2026-11-25T18:00:00Z");
  const json moved = put("2026-11-23T10:00:00Z", "2026-12-10T08:00:00Z", "2026-12-10T18:00:00Z");
  const json& changes = moved["events"][1]["changes"];
  REQUIRE(changes.size() == 2);
  CHECK(changes[0]["from"] == "2026-11-25T08:00:00Z");
  CHECK(changes[0]["until"] == "2026-11-25T18:00:00Z");
  CHECK(changes[1]["from"] == "2026-12-10T08:00:00Z");
  CHECK(changes[1]["after"].size() == changes[1]["before"].size() + 1);
}

TEST_CASE("an accepted swap changes only by being withdrawn, and what it did stays (O2)") {
  desk d = on_duty();
  json one = {{"key", "x"},         {"schedule", "database"},         {"giver", "ana"},
              {"taker", "dora"},    {"from", "2026-11-24T00:00:00Z"}, {"until", "2026-11-26T00:00:00Z"},
              {"state", "accepted"}};
  office::tell(d, office::command("publish", "2026-11-23T10:00:00Z", "host", {{"shift_swaps", {one}}}));
  CHECK(who(d, "2026-11-24T12:00:00Z") == people{"dora"});
  json other = one;
  other["taker"] = "ben";
  CHECK_THROWS_WITH_AS(
      office::tell(d, office::command("publish", "2026-11-23T11:00:00Z", "host", {{"shift_swaps", {other}}})),
      doctest::Contains("changes only by withdrawn_at"), error);
  one["withdrawn_at"] = "2026-11-25T00:00:00Z";
  office::tell(d, office::command("publish", "2026-11-24T20:00:00Z", "host", {{"shift_swaps", {one}}}));
  CHECK(who(d, "2026-11-24T12:00:00Z") == people{"dora"});
  CHECK(who(d, "2026-11-25T12:00:00Z") == people{"ana"});
}

TEST_CASE("a refused or dry publication leaves the rosters as they were (D3)") {
  desk d = on_duty();
  const std::string before = picture_of(d);
  const json next = office::command("publish", "2026-11-24T08:00:00Z", "host", {{"rotations", {weekly({"dora"})}}});
  office::tell(d, next, {.dry_run = true});
  CHECK(picture_of(d) == before);
  json batch = json::array(
      {next, office::command("withdraw_override", "2026-11-24T08:00:00Z", "host", {{"override", "nothing"}})});
  CHECK_THROWS_AS(office::tell(d, batch, {.atomic = true}), error);
  CHECK(picture_of(d) == before);
  office::tell(d, next);
  CHECK(picture_of(d) != before);
}

TEST_CASE("whatever is published, what was true stays true, and a replay keeps the same rosters (O3, D6)") {
  std::mt19937 random(20261123);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> everybody = {"ana", "ben", "carla", "dora"};
  const sample::folder here;
  const auto open_file = [&] { return open_sqlite_store({.path = here.file(), .durability = durability::normal}); };
  desk d = on_duty(open_file());
  instant now = at("2026-11-23T08:00:00Z");
  std::vector<std::pair<instant, on_call>> seen;
  const schedule_ref database{d.state().words.find(word_kind::schedule, "database")};
  for (int round = 0; round < 120; ++round) {
    now = now + static_cast<std::int64_t>(1 + pick(9)) * hour;
    const std::string when = office::text_of(now);
    const std::string from = office::text_of(now + static_cast<std::int64_t>(pick(30)) * hour);
    const std::string until = office::text_of(now + static_cast<std::int64_t>(31 + pick(90)) * hour);
    const std::string a = everybody[pick(4)];
    const std::string b = everybody[pick(4)];
    json asked;
    switch (pick(5)) {
      case 0:
        asked = office::command("publish", when, "host", {{"rotations", {weekly({a, b})}}});
        break;
      case 1:
        asked = office::command("override_schedule", when, "ana",
                                {{"schedule", "database"},
                                 {"kind", pick(2) == 0 ? "add" : "remove"},
                                 {"people", {a}},
                                 {"from", from},
                                 {"until", until}});
        break;
      case 2:
        asked = office::command("record_absence", when, "ana", {{"person", a}, {"from", from}, {"until", until}});
        break;
      case 3:
        asked =
            office::command("withdraw_absence", when, "ana", {{"absence", "absence-" + std::to_string(1 + pick(10))}});
        break;
      default:
        asked = office::command("withdraw_override", when, "ana",
                                {{"override", "schedule_override-" + std::to_string(1 + pick(10))}});
    }
    try {
      office::tell(d, asked);
    } catch (const error&) {  // there is none with this key, or it is over
    }
    const roster& r = *d.state().roster_of(database);
    seen.emplace_back(now - second, r.who(now - second));
    for (const auto& [instant_seen, answer] : seen) CHECK(r.who(instant_seen) == answer);
  }
  const std::string picture = picture_of(d);
  CHECK(d.verify().entries == d.state().counters.sequence);
  CHECK(picture_of(d.fork()) == picture);
  d = office::open();  // lets go of the file
  CHECK(picture_of(office::open(open_file())) == picture);
}
