// Assignment by rules on a desk (I2, R-P10): what is logged is assigned, and turns and loads outlive whatever happens to the
// desk, and the same journal gives the same choice.
#include <doctest/doctest.h>

#include <map>

#include <sqlite3.h>

#include <tocsin/assignment/events.hpp>
#include <tocsin/desk/assignment_book.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "../store/sample.hpp"
#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::at;
using office::json;

namespace {

json default_rule(std::string_view strategy, const json& more = json::object()) {
  json rule = {{"key", "default"}, {"order", 100}, {"strategy", strategy}, {"team", "crew"}};
  rule.update(more);
  return rule;
}

json crew(const json& members) { return {{"key", "crew"}, {"members", members}}; }

json somebody(std::string_view key, const json& more = json::object()) {
  json one = {{"key", key}};
  one.update(more);
  return one;
}

void put(desk& d, std::string_view when, const json& fields) {
  office::tell(d, office::command("publish", when, "host", fields));
}

// ana, ben, carla and dora take turns, or whatever the rule says.
desk with_rule(const json& rule, std::shared_ptr<store> where = make_memory_store()) {
  desk d = office::furnished(std::move(where));
  put(d, "2026-11-23T07:30:00Z", {{"teams", {crew({"dora", "ana", "carla", "ben"})}}, {"assignment_rules", {rule}}});
  return d;
}

std::string assignee_of(const desk& d, std::uint64_t id) {
  return std::string(d.state().words.word(word_kind::person, d.find({id})->assignee.index));
}

// Logs one, and says who has it.
std::string log(desk& d, std::string_view when, const json& fields = json::object()) {
  const json done = office::tell(d, office::log(when, fields));
  return assignee_of(d, done["record"]["id"].get<std::uint64_t>());
}

json ask(const desk& d, std::string_view query, json fields) {
  json all = {{"query", query}};
  all.update(fields);
  return json::parse(answer_document(d, all.dump()));
}

using names = std::vector<std::string>;

names log_some(desk& d, std::string_view hour, int count) {
  names all;
  for (int i = 0; i < count; ++i) {
    all.push_back(log(d, std::string(hour) + ":" + (i < 10 ? "0" : "") + std::to_string(i) + ":00Z"));
  }
  return all;
}

void run_sql(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

std::map<std::uint32_t, std::int64_t> counted_loads(const desk& d) {
  std::map<std::uint32_t, std::int64_t> loads;
  d.state().live.each([&](const incident_ptr& r) {
    if (is_open(r->state_kind) && r->assignee) ++loads[r->assignee.index];
    return true;
  });
  return loads;
}

void check_loads(const desk& d) {
  const auto counted = counted_loads(d);
  for (std::uint32_t p = 1; p <= d.state().words.size(word_kind::person); ++p) {
    CAPTURE(p);
    const auto found = counted.find(p);
    CHECK(d.state().loads.of({p}) == (found == counted.end() ? 0 : found->second));
  }
}

}  // namespace

TEST_CASE("turns go round, whatever the order of the team's list, and whoever comes or goes (I2)") {
  desk d = with_rule(default_rule("round_robin"));
  CHECK(log_some(d, "2026-11-23T08", 5) == names{"ana", "ben", "carla", "dora", "ana"});
  put(d, "2026-11-23T09:00:00Z", {{"teams", {crew({"carla", "dora", "ben", "ana"})}}});  // another order
  CHECK(log_some(d, "2026-11-23T10", 2) == names{"ben", "carla"});
  put(d, "2026-11-23T11:00:00Z",
      {{"people", {somebody("abe"), somebody("dora", {{"name", "Dora Renamed"}})}},
       {"teams", {crew({"abe", "carla", "dora", "ana"})}}});  // ben leaves, abe joins, dora has another name
  CHECK(log_some(d, "2026-11-23T12", 5) == names{"abe", "dora", "ana", "carla", "abe"});
  put(d, "2026-11-23T13:00:00Z", {{"teams", {crew({"ana", "ben", "abe"})}}});  // ben is back
  CHECK(log_some(d, "2026-11-23T14", 3) == names{"ben", "ana", "abe"});
  d.verify();
}

TEST_CASE(
    "turns outlive the end of the records and the closing of the file, and a fork goes on as its parent does (I2, "
    "D6)") {
  const sample::folder here;
  const auto open_file = [&] { return open_sqlite_store({.path = here.file(), .durability = durability::normal}); };
  {
    desk d = with_rule(default_rule("round_robin"), open_file());
    CHECK(log_some(d, "2026-11-23T08", 3) == names{"ana", "ben", "carla"});
    for (const int i : {1, 2, 3}) {
      office::tell(
          d, office::command("cancel_incident", "2026-11-23T09:00:00Z", "ana", {{"incident", i}, {"reason", "Drill"}}));
    }
  }
  desk d = office::open(open_file());
  desk fork = d.fork();
  CHECK(log_some(fork, "2026-11-23T10", 2) == names{"dora", "ana"});
  CHECK(log_some(d, "2026-11-23T10", 2) == names{"dora", "ana"});
  CHECK(fork.state().counters.hash == d.state().counters.hash);
  d.verify();
  fork.verify();
}

TEST_CASE("a standby that takes up the entries goes on with the same turns and loads (I2)") {
  desk d = with_rule(default_rule("least_loaded"));
  log_some(d, "2026-11-23T08", 6);
  desk standby = office::open();
  standby.apply_entries(d.read_entries(1, SIZE_MAX));
  check_loads(standby);
  CHECK(log(d, "2026-11-23T09:00:00Z") == log(standby, "2026-11-23T09:00:00Z"));
  CHECK(d.state().counters.hash == standby.state().counters.hash);
}

TEST_CASE("what is refused, tried out or taken back is no turn and no load (I2, D3)") {
  desk d = with_rule(default_rule("round_robin"));
  const auto trial = [&](const json& c, const document_options& options) { return office::tell(d, c, options); };
  const json first = trial(office::log("2026-11-23T08:00:00Z"), {.dry_run = true});
  CHECK(first["events"][1]["assignee"] == "ana");
  const json both = {office::log("2026-11-23T08:00:00Z"),
                     office::log("2026-11-23T08:00:00Z", {{"category", "no such"}})};
  CHECK(office::refusal_of([&] { trial(both, {.atomic = true}); }) != "");
  const json refused = {office::log("2026-11-23T08:00:00Z"),
                        office::command("close_incident", "2026-11-23T08:00:00Z", "ana", {{"incident", "INC0000001"}})};
  CHECK(office::refusal_of([&] { trial(refused, {.atomic = true}); }) == "workflow.transition_not_allowed");
  check_loads(d);
  CHECK(d.state().turns.last({1}) == 0);
  CHECK(log_some(d, "2026-11-23T09", 2) == names{"ana", "ben"});
  check_loads(d);
}

TEST_CASE("the least loaded gets it, and a resolution makes room (I2)") {
  desk d = with_rule(default_rule("least_loaded"));
  CHECK(log_some(d, "2026-11-23T08", 4) == names{"ana", "ben", "carla", "dora"});
  office::tell(d, office::resolve("2026-11-23T09:00:00Z", "INC0000003"));
  CHECK(log(d, "2026-11-23T09:01:00Z") == "carla");
  office::tell(d, office::command("reopen_incident", "2026-11-23T09:02:00Z", "ana",
                                  {{"incident", "INC0000003"}, {"reason", "It is back"}}));
  CHECK(d.state().loads.of(office::person(d, "carla")) == 2);
  CHECK(log(d, "2026-11-23T09:03:00Z") == "ana");
}

TEST_CASE("most capacity: the most room left; whoever is full, or has no capacity, is skipped (I2)") {
  desk d = with_rule(default_rule("most_capacity"));
  put(d, "2026-11-23T07:40:00Z",
      {{"people",
        {somebody("ana", {{"capacity", 1}}), somebody("ben", {{"capacity", 3}}),
         somebody("dora", {{"capacity", 0}})}}});
  CHECK(log_some(d, "2026-11-23T08", 5) == names{"ben", "ben", "ana", "ben", ""});
  const json why = ask(d, "explain_assignment", {{"incident", "INC0000005"}})["assignments"][0];
  CHECK(why["by"] == "rule");
  CHECK(why["team"] == "crew");
  CHECK(why["decision"]["nobody_eligible"] == true);
  std::map<std::string, std::string> skipped;
  for (const json& one : why["decision"]["considered"]) skipped[one["person"]] = one["skipped"];
  CHECK(skipped ==
        std::map<std::string, std::string>{
            {"ana", "at_capacity"}, {"ben", "at_capacity"}, {"carla", "no_capacity"}, {"dora", "at_capacity"}});
}

TEST_CASE("a person is skipped for the first reason that there is, and the event says which (I2, O4, R-O10)") {
  desk d = office::furnished();
  put(d, "2026-11-23T07:10:00Z",
      {{"people",
        {somebody("abe"), somebody("eve"), somebody("fay"), somebody("gus", {{"calendar", "nights"}}),
         somebody("old", {{"retired", true}})}},
       {"business_calendars",
        {{{"key", "nights"},
          {"zone", "Europe/Brussels"},
          {"weekly", {{{"days", {"monday", "tuesday"}}, {"start", "22:00"}, {"end", "06:00"}}}}}}},
       {"roles",
        {{{"key", "engineer"},
          {"teams", {"crew"}},
          {"holders",
           {{{"person", "ana"}},
            {{"person", "ben"}, {"qualified_until", "2026-11-23T09:00:00Z"}},
            {{"person", "eve"}},
            {{"person", "gus"}},
            {{"person", "old"}}}}}}},
       {"teams", {crew({"ana", "ben", "abe", "eve", "gus", "old"})}},
       {"assignment_rules", {default_rule("round_robin", {{"working_hours", true}})}}});
  office::tell(
      d, office::command("record_absence", "2026-11-23T07:20:00Z", "host",
                         {{"person", "eve"}, {"from", "2026-11-23T07:30:00Z"}, {"until", "2026-11-23T18:00:00Z"}}));
  const auto reasons = [&](const char* incident) {
    std::map<std::string, std::string> found;
    const json told = ask(d, "explain_assignment", {{"incident", incident}});
    for (const json& one : told["assignments"].back()["decision"]["considered"]) {
      found[one["person"]] = one.value("skipped", "");
    }
    return found;
  };
  using reason_map = std::map<std::string, std::string>;
  CHECK(log(d, "2026-11-23T08:59:59Z") == "ana");
  CHECK(reasons("INC0000001") == reason_map{{"ana", ""},
                                            {"ben", ""},
                                            {"abe", "not_qualified"},
                                            {"eve", "absent"},
                                            {"gus", "out_of_hours"},
                                            {"old", "retired"}});
  CHECK(log(d, "2026-11-23T09:00:00Z") == "ana");
  CHECK(reasons("INC0000002")["ben"] == "not_qualified");
  CHECK(log(d, "2026-11-23T18:00:00Z") == "eve");
  CHECK(log(d, "2026-11-23T21:00:00Z") == "gus");  // 22:00 in Brussels
  office::tell(d, office::command("apply_assignment_rules", "2026-11-23T21:10:00Z", "gus",
                                  {{"incident", "INC0000004"}, {"except", {"gus"}}, {"reason", "I cannot"}}));
  CHECK(assignee_of(d, 4) == "ana");
  CHECK(reasons("INC0000004")["gus"] == "excepted");
  office::tell(d, office::command("restrict_incident", "2026-11-23T21:20:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"people", {"ana", "gus"}}, {"reason", "Fraud"}}));
  office::tell(d,
               office::command("apply_assignment_rules", "2026-11-23T21:30:00Z", "ana", {{"incident", "INC0000001"}}));
  CHECK(assignee_of(d, 1) == "gus");
  CHECK(reasons("INC0000001")["eve"] == "may_not_see");
  d.verify();
}

TEST_CASE(
    "what was entered after the fact, imported, or given by hand, is not routed; what takes up another is (I2, D5, "
    "L5)") {
  desk d = with_rule(default_rule("round_robin"));
  CHECK(log(d, "2026-11-23T08:00:00Z", {{"retrospective", true}}) == "");
  CHECK(log(d, "2026-11-23T08:01:00Z", {{"assignee", "dora"}}) == "dora");
  CHECK(log(d, "2026-11-23T08:02:00Z", {{"team", "net"}}) == "");
  office::tell(d, office::resolve("2026-11-23T08:03:00Z", "INC0000002"));
  office::tell(d, office::command("close_incident", "2026-11-23T08:04:00Z", "ana", {{"incident", "INC0000002"}}));
  office::tell(d, office::command("reopen_incident", "2026-11-23T08:05:00Z", "ana",
                                  {{"incident", "INC0000002"}, {"reason", "It is back"}}));
  CHECK(assignee_of(d, 4) == "ana");
}

TEST_CASE("several that one command logs take turns, too (I2, R-C42)") {
  desk d = with_rule(default_rule("least_loaded"));
  office::tell(d, office::command("schedule_maintenance", "2026-11-23T08:00:00Z", "ana",
                                  {{"key", "disks"},
                                   {"from", "2026-11-23T08:00:00Z"},
                                   {"until", "2026-11-23T10:00:00Z"},
                                   {"reason", "New disks"}}));
  for (const char* key : {"a", "b", "c"}) {
    office::tell(d, office::command("report_event", "2026-11-23T08:30:00Z", "host",
                                    {{"source", "probe"}, {"dedup_key", key}, {"signal", "raise"}, {"title", "Down"}}));
  }
  d.advance(at("2026-11-23T11:00:00Z"));
  names given;
  d.state().live.each([&](const incident_ptr& r) {
    if (d.state().definitions.base_of(*r) == record_base::incident) given.push_back(assignee_of(d, r->id));
    return true;
  });
  CHECK(given == names{"ana", "ben", "carla"});
  check_loads(d);
  d.verify();
}

TEST_CASE("a large team is considered whole, and the event lists the first of it (I2)") {
  desk d = office::furnished();
  json people = json::array();
  json keys = json::array();
  for (int i = 0; i < 150; ++i) {
    keys.push_back("p" + std::to_string(i));
    people.push_back(somebody(keys.back().get<std::string>(), {{"capacity", i == 149 ? 1 : 0}}));
  }
  put(d, "2026-11-23T07:30:00Z",
      {{"people", people}, {"teams", {crew(keys)}}, {"assignment_rules", {default_rule("round_robin")}}});
  CHECK(log(d, "2026-11-23T08:00:00Z") == "p149");
  const json why = ask(d, "explain_assignment", {{"incident", "INC0000001"}})["assignments"][0]["decision"];
  CHECK(why["considered_count"] == 150);
  CHECK(why["considered"].size() == limits::considered_people_max);
  CHECK(why["considered"][0]["person"] == "p149");
}

TEST_CASE("a damaged memory of turns is found on opening (I2, D7)") {
  const sample::folder here;
  const auto open_file = [&] { return open_sqlite_store({.path = here.file(), .durability = durability::normal}); };
  {
    desk d = with_rule(default_rule("round_robin"), open_file());
    log_some(d, "2026-11-23T08", 3);
  }
  run_sql(here.file(), "UPDATE assignment_turn SET turn = 9 WHERE turn = 2");
  CHECK(office::refusal_of([&] { office::open(open_file()); }) == "store.row_damaged");
}

TEST_CASE("a purge forgets records and no turns (I2, D7)") {
  const sample::folder here;
  const auto open_file = [&] { return open_sqlite_store({.path = here.file(), .durability = durability::normal}); };
  {
    desk d = with_rule(default_rule("round_robin"), open_file());
    CHECK(log_some(d, "2026-11-23T08", 2) == names{"ana", "ben"});
    for (const int i : {1, 2}) {
      office::tell(
          d, office::command("cancel_incident", "2026-11-23T09:00:00Z", "ana", {{"incident", i}, {"reason", "Drill"}}));
    }
    office::tell(d, office::command("purge_records", "2026-11-24T09:00:00Z", "host",
                                    {{"ended_before", "2026-11-24T00:00:00Z"}, {"reason", "Kept for long enough"}}));
    d.verify();
  }
  desk d = office::open(open_file());
  CHECK(log_some(d, "2026-11-24T10", 3) == names{"carla", "dora", "ana"});
  d.verify();
}

TEST_CASE("loads are those of a count over all records, whatever happens (I2)") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    desk d = with_rule(default_rule("least_loaded"));
    office::random_script script(seed, 20, true);
    for (int i = 0; i < 250; ++i) office::take(d, office::next_step(script, d));
    check_loads(d);
    d.verify();
  }
}

namespace {

// One rule of each strategy, for what different callers and categories bring.
void put_every_strategy(desk& d) {
  const auto when = [](const char* path, const char* value) { return json{{"==", {{{"var", path}}, value}}}; };
  put(d, "2026-11-23T07:30:00Z",
      {{"skills", {{{"key", "disks"}}}},
       {"people",
        {somebody("ana", {{"capacity", 6}}), somebody("ben", {{"skills", {{{"skill", "disks"}, {"level", 2}}}}}),
         somebody("carla", {{"capacity", 3}, {"skills", {{{"skill", "disks"}}}}})}},
       {"teams", {crew({"ana", "ben", "carla", "dora"})}},
       {"rotations",
        {{{"key", "primary"},
          {"type", "daily"},
          {"zone", "Europe/Brussels"},
          {"start", "2026-11-23T09:00"},
          {"participants", {{{"people", {"ana", "ben"}}}, {{"people", {"dora"}}}}}}}},
       {"schedules", {{{"key", "duty"}, {"zone", "Europe/Brussels"}, {"layers", {{{"rotation", "primary"}}}}}}},
       {"assignment_rules",
        {{{"key", "disks"},
          {"order", 1},
          {"strategy", "by_skills"},
          {"team", "crew"},
          {"condition", when("category", "disk")},
          {"wanted_skills", {{{"skill", "disks"}, {"level", 2}}}}},
         {{"key", "duty"},
          {"order", 2},
          {"strategy", "on_call"},
          {"schedule", "duty"},
          {"condition", when("priority", "high")},
          {"if_nobody", "next_rule"}},
         {{"key", "room"},
          {"order", 3},
          {"strategy", "most_capacity"},
          {"team", "crew"},
          {"condition", when("caller", "carla")},
          {"if_nobody", "next_rule"}},
         {{"key", "turns"},
          {"order", 4},
          {"strategy", "round_robin"},
          {"team", "crew"},
          {"condition", when("category", "hardware")}},
         {{"key", "default"}, {"order", 5}, {"strategy", "least_loaded"}, {"team", "crew"}}}}});
}

}  // namespace

TEST_CASE(
    "the same commands bring the same assignments, whether or not the desk is closed and forked on the way (I2, D6)") {
  const sample::folder here;
  const auto open_file = [&] { return open_sqlite_store({.path = here.file(), .durability = durability::normal}); };
  desk whole = office::furnished();
  put_every_strategy(whole);
  {
    desk first = office::furnished(open_file());
    put_every_strategy(first);
  }
  office::random_script script(77, 60, true);
  std::map<assignment_strategy, int> used;
  for (int round = 0; round < 12; ++round) {
    desk reopened = office::open(open_file());
    desk fork = reopened.fork();
    for (int i = 0; i < 50; ++i) {
      const office::step s = office::next_step(script, whole);
      const auto done = office::take(whole, s);
      CHECK(office::take(reopened, s) == done);
      CHECK(office::take(fork, s) == done);
    }
    const std::string clock = office::text_of(whole.state().counters.clock);  // a file knows that of its last entry
    for (desk* d : {&whole, &reopened, &fork}) log(*d, clock);
    CHECK(reopened.state().counters.hash == whole.state().counters.hash);
    CHECK(fork.state().counters.hash == whole.state().counters.hash);
    check_loads(reopened);
    check_loads(fork);
  }
  for (std::uint64_t s = 1; s <= whole.state().counters.sequence; ++s) {
    for (const event& happened : whole.read_entry(s).events) {
      if (const auto* routed = happened.body.get_if<assignment_rules_applied>()) ++used[routed->strategy];
    }
  }
  CHECK(used.size() >= 4);
  whole.verify();
}
