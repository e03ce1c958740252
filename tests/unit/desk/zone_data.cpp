#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/store/sqlite_store.hpp>
#include <tocsin/time/zone.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"
#include "unit/time/zone_pack.hpp"

#include <string>

using namespace tocsin;
using office::at;
using office::json;
using office::tell;

namespace {

// One zone: an hour before UTC for ever, or from 1 December 2026 on two.
std::string first_data() { return zone_pack::text("2026a", {3600}, {}); }
std::string second_data() { return zone_pack::text("2026b", {3600, 7200}, {at("2026-12-01T00:00:00Z")}); }

const json calendar = {
    {"key", "office"},
    {"zone", "Test/Zone"},
    {"weekly",
     {{{"days", {"monday", "tuesday", "wednesday", "thursday", "friday"}}, {"start", "08:00"}, {"end", "17:00"}}}}};
const json policy = {{"key", "resolution"},
                     {"kind", "sla"},
                     {"metric", "resolution"},
                     {"targets", {{{"duration", "PT4H"}}}},
                     {"calendar", "office"}};

desk open_with(const std::string& zones, const std::string& path) {
  sqlite_options where;
  where.path = path;
  desk_options options;
  options.zone_data = zones;
  return office::open(open_sqlite_store(where), options);
}

json clock_of(const desk& d, std::string_view incident) {
  return json::parse(answer_document(d, json{{"query", "clocks"}, {"incident", incident}}.dump()))["clocks"][0];
}

// Two incidents, one over and one that runs into December.
void tell_of_november(desk& d) {
  tell(d, office::furniture());
  tell(d, office::command("publish", "2026-11-23T07:00:00Z", "host",
                          {{"business_calendars", {calendar}}, {"sla_policies", {policy}}}));
  tell(d, office::log("2026-11-30T09:00:00Z"));
  tell(d, office::resolve("2026-11-30T10:00:00Z"));
  tell(d, office::log("2026-11-30T15:00:00Z"));
}

}  // namespace

TEST_CASE("newer zone data is an entry that moves what is pending, and past verdicts stay (T2, S6, T7)") {
  const conformance::temporary_file file;
  {
    desk d = open_with(first_data(), file.path());
    tell_of_november(d);
    CHECK(d.state().zone_data_version == "2026a");
    CHECK(clock_of(d, "INC0000002")["deadline"] == "2026-12-01T10:00:00Z");
  }
  std::uint64_t after = 0;
  {
    desk d = open_with(second_data(), file.path());
    CHECK(clock_of(d, "INC0000002")["deadline"] == "2026-12-01T10:00:00Z");  // nothing was said yet
    d.advance(at("2026-12-01T08:00:00Z"));
    const json now = clock_of(d, "INC0000002");
    CHECK(now["deadline"] == "2026-12-01T09:00:00Z");
    CHECK(now["zone_data_version"] == "2026b");
    CHECK(now["calendar_version"] == 2);
    const json before = clock_of(d, "INC0000001");
    CHECK(before["zone_data_version"] == "2026a");
    CHECK(before["elapsed"] == "PT1H");
    CHECK(d.next_due() == at("2026-12-01T09:00:00.000001Z"));
    CHECK_NOTHROW(d.verify());
    after = d.state().counters.sequence;
    CHECK(d.read_entry(after - 1).events.size() == 1);
    CHECK(d.read_entry(after - 1).events[0].body.get<zone_data_changed>().from == "2026a");
  }
  {
    const desk d = open_with(second_data(), file.path());
    CHECK(d.state().counters.sequence == after);
    CHECK_NOTHROW(d.verify());
  }
  SUBCASE("a library with other data replays the journal as it was, and goes on with its own (D6, D7)") {
    desk d = open_with(first_data(), file.path());
    CHECK_NOTHROW(d.verify());
    CHECK(clock_of(d, "INC0000002")["deadline"] == "2026-12-01T09:00:00Z");
    d.advance(at("2026-12-01T08:10:00Z"));
    CHECK(clock_of(d, "INC0000002")["deadline"] == "2026-12-01T10:00:00Z");
    CHECK_NOTHROW(d.verify());
  }
  SUBCASE("it is said once, and no more") {
    desk d = open_with(second_data(), file.path());
    d.advance(at("2026-12-01T08:10:00Z"));
    CHECK(d.state().counters.sequence == after);
  }
}

TEST_CASE("newer zone data is said before the command, and taken back with one that is refused (T2, D2)") {
  const conformance::temporary_file file;
  {
    desk d = open_with(first_data(), file.path());
    tell_of_november(d);
  }
  desk d = open_with(second_data(), file.path());
  const std::uint64_t before = d.state().counters.sequence;
  CHECK(office::refusal_of([&] { tell(d, office::resolve("2026-11-30T16:30:00Z", "INC0000009")); }) != "");
  CHECK(d.state().counters.sequence == before);
  tell(d, office::note("2026-11-30T16:30:00Z", "INC0000002"));
  CHECK(d.state().counters.sequence == before + 3);
  CHECK(clock_of(d, "INC0000002")["deadline"] == "2026-12-01T09:00:00Z");
}

TEST_CASE("a calendar whose zone is what it was keeps its version and its clocks (T2, T7)") {
  const conformance::temporary_file file;
  {
    desk d = open_with(first_data(), file.path());
    tell_of_november(d);
  }
  desk d = open_with(zone_pack::text("2026c", {3600}, {}), file.path());
  d.advance(at("2026-11-30T16:00:00Z"));
  CHECK(d.state().zone_data_version == "2026c");
  CHECK(clock_of(d, "INC0000002")["calendar_version"] == 1);
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("zone data that is none is refused as a desk is opened (T2)") {
  const conformance::temporary_file file;
  CHECK(office::refusal_of([&] { open_with("no base64!", file.path()); }) == "zone_data.malformed");
  CHECK(office::refusal_of([&] { open_with("AAAA", file.path()); }) == "zone_data.malformed");
}

TEST_CASE("a part of zone data says the same of its zones as the whole (T2)") {
  const zone_data& all = zone_data::bundled();
  const std::vector<std::string> names = {"Europe/Vienna", "Australia/Lord_Howe", "America/New_York", "Asia/Calcutta",
                                          "Pacific/Apia",  "Africa/Casablanca",   "Moon/Base"};
  const zone_data some = zone_data::parse_text(all.part(names));
  CHECK(some.version() == all.version());
  CHECK(some.find("Asia/Calcutta")->canonical_name() == all.find("Asia/Calcutta")->canonical_name());
  CHECK_FALSE(some.find("Moon/Base"));
  CHECK_FALSE(some.find("Europe/Berlin"));
  for (const std::string_view name : some.names()) {
    const zone a = all.get(name);
    const zone b = some.get(name);
    instant t = instant_min;
    for (; t != never; t = a.next_transition(t)) {
      CHECK(a.offset_at(t) == b.offset_at(t));
      CHECK(a.next_transition(t) == b.next_transition(t));
    }
  }
  CHECK(zone_data::parse_text(all.part({})).names().empty());
}

// ---- what is beside the clocks (O2, E1)

namespace {

const json wait_policy = {
    {"key", "later"},
    {"nodes",
     {{{"key", "night"}, {"kind", "wait"}, {"delay", "PT2H"}, {"calendar", "office"}, {"next", "page"}},
      {{"key", "page"},
       {"kind", "notify"},
       {"targets", {{{"kind", "schedule"}, {"key", "days"}}}},
       {"delay", "PT1H"},
       {"next", "stop"}},
      {{"key", "stop"}, {"kind", "stop"}}}},
    {"triggers", {{{"on", "logged"}}, {{"on", "unassigned_for"}, {"after", "PT3H"}, {"calendar", "office"}}}}};

// In turn from noon to noon by the local clock.
void tell_of_oncall(desk& d) {
  tell(d, office::furniture());
  tell(d, office::command(
              "publish", "2026-11-23T07:00:00Z", "host",
              {{"business_calendars", {calendar}},
               {"rotations",
                {{{"key", "turns"},
                  {"type", "daily"},
                  {"zone", "Test/Zone"},
                  {"start", "2026-11-23T12:00"},
                  {"participants", {{{"people", {"ana"}}}, {{"people", {"ben"}}}}}}}},
               {"schedules", {{{"key", "days"}, {"zone", "Test/Zone"}, {"layers", {{{"rotation", "turns"}}}}}}},
               {"escalation_policies", {wait_policy}}}));
  tell(d, office::log("2026-11-30T15:00:00Z"));
}

std::string people_at(const desk& d, std::string_view when) {
  const json found =
      json::parse(answer_document(d, json{{"query", "who_is_on_call"}, {"schedule", "days"}, {"at", when}}.dump()));
  return found["people"][0].is_string() ? found["people"][0] : found["people"][0]["person"];
}

}  // namespace

TEST_CASE("turns, and waits in open time, go by the zone data that the desk has (T2, O1, E1)") {
  const conformance::temporary_file file;
  {
    desk d = open_with(first_data(), file.path());
    tell_of_oncall(d);
    // Friday's hours end at 16:00 UTC; an hour of the two is left for Tuesday, which begins at 07:00.
    CHECK(d.find({1})->part<incident_escalations>()->escalations[0].run.due == at("2026-12-01T08:00:00Z"));
    CHECK(d.find({1})->part<incident_escalations>()->escalation_watches[0].due == at("2026-12-01T09:00:00Z"));
    CHECK(people_at(d, "2026-12-01T10:30:00Z") == people_at(d, "2026-12-01T09:30:00Z"));
  }
  desk d = open_with(second_data(), file.path());
  // The turns change at 10:00 UTC from December on, not at 11:00.
  CHECK(people_at(d, "2026-12-01T10:30:00Z") != people_at(d, "2026-12-01T09:30:00Z"));
  tell(d, office::note("2026-11-30T16:30:00Z"));
  CHECK(d.find({1})->part<incident_escalations>()->escalations[0].run.due == at("2026-12-01T07:00:00Z"));
  CHECK(d.find({1})->part<incident_escalations>()->escalation_watches[0].due == at("2026-12-01T08:00:00Z"));
  CHECK(d.state().definitions.of<tocsin::escalation_plan>().latest(1) == 1);
  CHECK_NOTHROW(d.verify());
  d.advance(at("2026-12-01T07:00:00Z"));
  CHECK(d.find({1})->part<incident_escalations>()->escalations[0].run.notified.size() == 1);
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("rotations and schedules may be in a zone that only newer data knows (T2, O1)") {
  desk_options options;
  options.zone_data = first_data();
  desk d = office::open(make_memory_store(), options);
  CHECK_NOTHROW(tell_of_oncall(d));
  CHECK(people_at(d, "2026-11-30T12:00:00Z") != people_at(d, "2026-12-01T12:00:00Z"));
}
