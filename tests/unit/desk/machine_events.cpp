// Machine events against a slow reading of the rules, and the index of keys against the records (I4, R-C42).
#include <doctest/doctest.h>

#include <map>
#include <random>

#include <tocsin/model/monitoring.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "../store/sample.hpp"
#include "office.hpp"

using namespace tocsin;
using office::json;

namespace {

std::string number_of(const json& result) {
  return result.contains("record") ? result["record"]["number"].get<std::string>() : std::string();
}

std::shared_ptr<store> file_in(const sample::folder& here) {
  return open_sqlite_store({.path = here.file(), .durability = durability::normal});
}

json report(std::string_view when, std::string_view source, std::string_view key, std::string_view signal) {
  return office::command("report_event", when, "host",
                         {{"source", source}, {"dedup_key", key}, {"signal", signal}, {"title", key}});
}

// The live record that stands for the event, by looking at every record.
const incident* stands_for(const desk& d, std::string_view source, std::string_view key) {
  const incident* found = nullptr;
  d.state().live.each([&](const incident_ptr& r) {
    if (!r->part<incident_monitoring>() || r->part<incident_monitoring>()->expires_after.us != 0 ||
        is_final(r->state_kind))
      return true;
    bool here = r->part<incident_monitoring>()->source == source && r->part<incident_monitoring>()->dedup_key == key &&
                !source.empty();
    for (const bundled_event& b : r->part<incident_monitoring>()->bundled)
      here = here || (b.source == source && b.dedup_key == key);
    if (here) found = r.get();
    return true;
  });
  return found;
}

void check_index(const desk& d) {
  for (const char* source : {"a", "b"}) {
    for (int key = 0; key < 8; ++key) {
      const std::string name = "k" + std::to_string(key);
      CHECK(d.state().events.find(d.state().live, source, name) == stands_for(d, source, name));
    }
    CHECK(d.state().events.find(d.state().live, source, "") == stands_for(d, source, ""));
  }
}

}  // namespace

TEST_CASE(
    "whatever happens, a key has one open record at most, and the index finds it; so does a reload, and a fork (I4, "
    "R-P01)") {
  std::mt19937 random(42);
  for (int round = 0; round < 6; ++round) {
    const sample::folder here;
    desk d = office::furnished(file_in(here));
    office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host",
                                    {{"event_sources",
                                      {{{"key", "a"}, {"incidents_max", 3}, {"incidents_within", "PT1M"}},
                                       {{"key", "b"}, {"reopen_within", "PT5M"}}}}}));
    instant now = office::at("2026-11-23T08:00:00Z");
    for (int step = 0; step < 250; ++step) {
      now = now + duration{static_cast<std::int64_t>(random() % 40) * second.us};
      const std::string when = office::text_of(now);
      const std::string source = random() % 2 == 0 ? "a" : "b";
      const std::string key = "k" + std::to_string(random() % 8);
      const auto incident_of = [&] { return "INC000000" + std::to_string(random() % 9 + 1); };
      json command;
      switch (random() % 12) {
        case 0:
        case 1:
        case 2:
          command = report(when, source, key, "clear");
          break;
        case 3:
          command = office::resolve(when, incident_of());
          break;
        case 4:
          command = office::command("close_incident", when, "ben", {{"incident", incident_of()}});
          break;
        case 5:
          command = office::command("reopen_incident", when, "ben", {{"incident", incident_of()}, {"reason", "x"}});
          break;
        case 6:
          command = office::command("cancel_incident", when, "ben", {{"incident", incident_of()}, {"reason", "x"}});
          break;
        case 7:
          command = report(when, source, key, "heartbeat");
          command["expires_after"] = "PT2M";
          break;
        case 8:
          command = office::command("schedule_maintenance", when, "ben",
                                    {{"key", "w" + std::to_string(step)},
                                     {"from", when},
                                     {"until", office::text_of(now + 3 * minute)},
                                     {"sources", {source}},
                                     {"reason", "x"}});
          break;
        default:
          command = report(when, source, key, "raise");
      }
      document_options options;
      options.dry_run = random() % 10 == 0;
      options.atomic = true;
      json batch = json::array({command});
      if (random() % 8 == 0) batch.push_back(office::resolve(when, "INC9999999"));  // takes all of it back
      try {
        execute_document(d, batch.dump(), options);
      } catch (const error&) {  // refused
      }
      if (step % 10 == 0) check_index(d);
    }
    check_index(d);
    std::map<std::pair<std::string, std::string>, int> open;
    d.state().live.each([&](const incident_ptr& r) {
      if (!r->part<incident_monitoring>() || r->part<incident_monitoring>()->expires_after.us != 0 ||
          !is_open(r->state_kind))
        return true;
      if (r->reopen_count == 0)
        ++open[{r->part<incident_monitoring>()->source,
                r->part<incident_monitoring>()->dedup_key}];  // by hand two may be open
      return true;
    });
    for (const auto& [key, count] : open) {
      CAPTURE(key.second);
      CHECK(count <= 1);
    }
    d.verify();
    check_index(d.fork());
    const instant due = d.next_due();
    d = office::open();  // lets go of the file
    const desk again = office::open(file_in(here));
    check_index(again);
    CHECK(again.next_due().us == due.us);
  }
}

TEST_CASE("after a reload the same events have the same effect, to the byte (D6, I4)") {
  const auto script = [](desk& d, int from, int to) {
    std::mt19937 random(7);
    instant now = office::at("2026-11-23T08:00:00Z");
    for (int step = 0; step < to; ++step) {
      now = now + duration{static_cast<std::int64_t>(random() % 60 + 1) * second.us};
      const std::string key = "k" + std::to_string(random() % 30);
      const auto kind = random() % 8;
      if (step < from) continue;
      json command = report(office::text_of(now), "a", key, kind < 5 ? "raise" : kind < 7 ? "clear" : "heartbeat");
      if (kind == 7) command["expires_after"] = "PT3M";
      office::tell(d, command);
    }
  };
  const json policy =
      office::command("publish", "2026-11-23T07:30:00Z", "host",
                      {{"event_sources", {{{"key", "a"}, {"incidents_max", 4}, {"incidents_within", "PT5M"}}}}});
  desk straight = office::furnished();
  office::tell(straight, policy);
  script(straight, 0, 300);
  const sample::folder here;
  {
    desk first = office::furnished(file_in(here));
    office::tell(first, policy);
    script(first, 0, 150);
  }
  desk second_half = office::open(file_in(here));
  script(second_half, 150, 300);
  CHECK(second_half.state().counters.hash == straight.state().counters.hash);
}

TEST_CASE("more than a window can list is logged, and more than it may log at once becomes one incident (R-C42)") {
  desk d = office::furnished();
  office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host",
                                  {{"event_sources", {{{"key", "default"}, {"incidents_max", 1000}}}}}));
  office::tell(
      d, office::command(
             "schedule_maintenance", "2026-11-23T08:00:00Z", "ben",
             {{"key", "w"}, {"from", "2026-11-23T08:00:00Z"}, {"until", "2026-11-23T09:00:00Z"}, {"reason", "x"}}));
  for (std::size_t i = 0; i < limits::held_events_max; ++i) {
    const std::string source = "s" + std::to_string(i % 50);
    CHECK(number_of(office::tell(d, report("2026-11-23T08:10:00Z", source, std::to_string(i), "raise"))) ==
          "MNT0000001");
  }
  CHECK(number_of(office::tell(d, report("2026-11-23T08:11:00Z", "s0", "more", "raise"))) == "INC0000001");
  CHECK(number_of(office::tell(d, report("2026-11-23T08:12:00Z", "s0", "0", "raise"))) == "MNT0000001");
  CHECK(d.advance(office::at("2026-11-23T09:00:00Z")).fired == 1);
  const incident_ptr all = d.find({d.find_number(2)});
  REQUIRE(all);
  CHECK(all->part<incident_monitoring>()->bundled.size() == limits::held_events_max);
  CHECK(all->text->title == "More events at once at the end of maintenance w");
  CHECK(d.state().counters.last_number == 2);
  const json cleared = office::tell(d, report("2026-11-23T09:05:00Z", "s7", "7", "clear"));
  CHECK(number_of(cleared) == "INC0000002");
  d.verify();
}

TEST_CASE("a bundle counts what it cannot list, and then waits for a person (I4)") {
  desk d = office::furnished();
  office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host",
                                  {{"event_sources", {{{"key", "a"}, {"incidents_max", 1}}}}}));
  for (std::size_t i = 0; i < limits::bundled_events_max + 3; ++i) {
    office::tell(d, report("2026-11-23T08:00:00Z", "a", std::to_string(i), "raise"));
  }
  const incident_ptr bundle = d.find({2});
  CHECK(bundle->part<incident_monitoring>()->bundled.size() == limits::bundled_events_max);
  CHECK(bundle->part<incident_monitoring>()->unlisted_count == 2);
  for (std::size_t i = 0; i < limits::bundled_events_max + 3; ++i) {
    office::tell(d, report("2026-11-23T08:01:00Z", "a", std::to_string(i), "clear"));
  }
  CHECK(is_open(d.find({2})->state_kind));
  CHECK(d.find({1})->state_kind == state_kind::resolved);
}

TEST_CASE("a retrospective page of an alert shows the latest report, not the first (I4)") {
  desk d = office::furnished();
  json first = report("2026-11-23T08:00:00Z", "a", "k", "raise");
  first["labels"] = {{{"name", "free"}, {"value", "9 %"}}};
  json second = report("2026-11-23T08:01:00Z", "a", "k", "raise");
  second["title"] = "worse";
  second["labels"] = {{{"name", "free"}, {"value", "1 %"}}};
  office::tell(d, first);
  office::tell(d, second);
  const incident_ptr r = d.find({1});
  CHECK(r->text->title == "k");
  CHECK(r->part<incident_monitoring>()->latest_title == "worse");
  CHECK(r->part<incident_monitoring>()->labels == std::vector<event_label>{{"free", "1 %"}});
}
