// Tasks, links and waits over many records and instants: what must hold whatever is done to them.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include <tocsin/desk/record_timers.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/task.hpp>

#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::at;
using office::json;

namespace {

std::string number(std::size_t n) {
  const std::string digits = std::to_string(n);
  return "INC" + std::string(7 - digits.size(), '0') + digits;
}

// Incidents 1 to n, at eight.
void log_many(desk& d, std::size_t n, const json& fields = json::object()) {
  json batch = json::array();
  for (std::size_t i = 0; i < n; ++i) batch.push_back(office::log("2026-11-23T08:00:00Z", fields));
  office::tell(d, batch);
}

json link(std::string_view when, std::size_t of, std::string_view kind, std::size_t to) {
  return office::command("link_records", when, "ana",
                         {{"incident", number(of)}, {"kind", kind}, {"other", number(to)}});
}

// A desk whose incidents wait with reminders, at most so long, and close only once they are verified.
desk with_patient_workflow() {
  desk d = office::furnished();
  office::tell(
      d, office::command(
             "publish", "2026-11-23T07:30:00Z", "host",
             {{"workflows",
               {{{"key", "incident"},
                 {"states",
                  {{{"name", "new"}, {"kind", "new"}, {"initial", true}},
                   {{"name", "assigned"}, {"kind", "assigned"}},
                   {{"name", "in_progress"}, {"kind", "in_progress"}},
                   {{"name", "on_hold"}, {"kind", "on_hold"}},
                   {{"name", "resolved"}, {"kind", "resolved"}},
                   {{"name", "closed"}, {"kind", "closed"}},
                   {{"name", "cancelled"}, {"kind", "cancelled"}}}},
                 {"transitions",
                  {{{"verb", "assign"}, {"from", {"new"}}, {"to", "assigned"}},
                   {{"verb", "assign"}, {"from", {"assigned", "in_progress", "on_hold"}}},
                   {{"verb", "begin_work"}, {"from", {"new", "assigned"}}, {"to", "in_progress"}},
                   {{"verb", "hold"}, {"from", {"new", "assigned", "in_progress", "on_hold"}}, {"to", "on_hold"}},
                   {{"verb", "resume"}, {"from", {"on_hold"}}},
                   {{"verb", "resolve"}, {"from", {"new", "assigned", "in_progress", "on_hold"}}, {"to", "resolved"}},
                   {{"verb", "confirm"}, {"from", {"resolved"}}, {"to", "closed"}},
                   {{"verb", "close"}, {"from", {"resolved"}}, {"to", "closed"}},
                   {{"verb", "reopen"}, {"from", {"resolved"}}, {"to", "in_progress"}},
                   {{"verb", "cancel"}, {"from", {"new", "assigned", "in_progress", "on_hold"}}, {"to", "cancelled"}}}},
                 {"hold_reasons",
                  {{{"name", "awaiting_caller"},
                    {"resumed_by_reply", true},
                    {"remind_after", "P1D"},
                    {"reminders_max", 2},
                    {"after_reminders", "resolve"},
                    {"resolution_code", "workaround"}},
                   {{"name", "awaiting_change"}, {"longest", "PT36H"}},
                   {{"name", "awaiting_vendor"},
                    {"remind_after", "PT6H"},
                    {"reminders_max", 3},
                    {"after_reminders", "resume"},
                    {"longest", "PT24H"}}}},
                 {"resolution_codes", {"fix", "workaround", "duplicate", "known_error", "user_error"}},
                 {"reopen_window", "P14D"},
                 {"auto_close_after", "P5D"},
                 {"verify_before_closing", true}}}}}));
  return d;
}

std::size_t count_timers(const incident& record) {
  std::size_t count = 0;
  each_timer(record, [&](timer_kind, instant) { ++count; });
  return count;
}

// ---- what must hold of links

void check_ends(const desk& d, const incident& r) {
  for (const record_link& link : links_of(r)) {
    if (!link.record) continue;
    const incident_ptr other = d.find(link.record);
    REQUIRE(other);
    const record_link back{inverse(link.kind), {r.id}};
    CHECK(std::ranges::count_if(links_of(*other), [&](const record_link& l) { return same_link(l, back); }) == 1);
  }
}

void check_family(const incident& r) {
  const auto& links = links_of(r);
  const std::size_t up = count_links(links, link_kind::child_of);
  CHECK(up <= 1);
  CHECK((up == 0 || count_links(links, link_kind::parent_of) == 0));
  const std::size_t original = count_links(links, link_kind::duplicate_of);
  CHECK(original <= 1);
  CHECK((original == 0 || count_links(links, link_kind::has_duplicate) == 0));
  CHECK((original == 0 || is_final(r.state_kind)));
}

bool goes_round(const desk& d, std::uint64_t from, link_kind kind, std::set<std::uint64_t>& way,
                std::set<std::uint64_t>& done) {
  if (way.contains(from)) return true;
  if (!done.insert(from).second) return false;
  way.insert(from);
  for (const record_link& link : links_of(*d.find({from}))) {
    if (link.kind == kind && link.record && goes_round(d, link.record.id, kind, way, done)) return true;
  }
  way.erase(from);
  return false;
}

void check_links(const desk& d) {
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
    const incident_ptr r = d.find({id});
    check_ends(d, *r);
    check_family(*r);
  }
  for (const link_kind kind : {link_kind::caused_by, link_kind::blocked_by, link_kind::follows, link_kind::parent_of}) {
    std::set<std::uint64_t> done;
    for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
      std::set<std::uint64_t> way;
      CHECK_FALSE(goes_round(d, id, kind, way, done));
    }
  }
}

}  // namespace

TEST_CASE("random links have two ends, never go round, and keep families flat; an end ends all timers (L8, L10, D5)") {
  std::size_t linked = 0;
  std::size_t tasks = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    desk d = with_patient_workflow();
    office::random_script script(seed, 20, true);
    for (int i = 0; i < 700; ++i) office::take(d, office::next_step(script, d));
    check_links(d);
    for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
      const incident_ptr r = d.find({id});
      linked += links_of(*r).size();
      tasks += tasks_of(*r).size();
      if (!is_final(r->state_kind)) continue;
      CHECK(count_timers(*r) == 0);
      CHECK(std::ranges::none_of(tasks_of(*r), [](const task& t) { return is_open(t.state); }));
    }
    d.verify();
  }
  CHECK(linked > 50);
  CHECK(tasks > 100);
}

TEST_CASE("one leap of advance is many small ones, with tasks, reminders, follow-ups and longest waits (D6, L3, L10)") {
  for (std::uint64_t seed = 11; seed <= 14; ++seed) {
    CAPTURE(seed);
    desk leap = with_patient_workflow();
    desk steps = with_patient_workflow();
    office::random_script script(seed, 15, true);
    for (int i = 0; i < 250; ++i) {
      const office::step s = office::next_step(script, leap);
      CHECK(office::take(leap, s) == office::take(steps, s));
    }
    const instant from = leap.state().counters.clock;
    leap.advance(from + 20 * day);
    for (int hours = 1; hours <= 20 * 24; ++hours) steps.advance(from + duration{hours * hour.us});
    CHECK(office::picture_of(leap) == office::picture_of(steps));
    CHECK(office::journal_of(leap) == office::journal_of(steps));
  }
}

TEST_CASE("the largest family that may be is resolved, held and reopened in one entry (L8, P6)") {
  desk d = office::furnished();
  const std::size_t children = limits::children_max;
  const std::size_t duplicates = limits::duplicates_max;
  json people = json::array();
  for (std::size_t i = 0; i < duplicates; ++i) people.push_back({{"key", "caller " + std::to_string(i)}});
  office::tell(d, office::command("publish", "2026-11-23T07:10:00Z", "host", {{"people", people}}));
  log_many(d, 1 + children, {{"caller", "carla"}, {"team", "net"}});
  json batch = json::array();
  for (std::size_t i = 0; i < children; ++i) batch.push_back(link("2026-11-23T08:01:00Z", 1, "parent_of", 2 + i));
  const std::size_t first = 2 + children;
  for (std::size_t i = 0; i < duplicates; ++i) {
    batch.push_back(office::log("2026-11-23T08:02:00Z", {{"caller", "caller " + std::to_string(i)}}));
    batch.push_back(office::command("mark_duplicate", "2026-11-23T08:02:00Z", "ana",
                                    {{"incident", number(first + i)}, {"of", number(1 + i % (1 + children))}}));
  }
  office::tell(d, batch, {.atomic = true});
  office::tell(d, json::array({office::log("2026-11-23T08:03:00Z"), office::log("2026-11-23T08:03:00Z")}));
  const std::size_t more = first + duplicates;
  CHECK(office::refusal_of([&] { office::tell(d, link("2026-11-23T08:04:00Z", 1, "parent_of", more)); }) ==
        "link.too_many");
  CHECK(office::refusal_of([&] {
          office::tell(d, office::command("mark_duplicate", "2026-11-23T08:04:00Z", "ana",
                                          {{"incident", number(more)}, {"of", number(3)}}));
        }) == "link.too_many");
  const auto events = [&](const json& asked) { return office::tell(d, asked)["events"].size(); };
  CHECK(events(office::resolve("2026-11-23T08:05:00Z")) == 2 + 2 * children + duplicates);
  CHECK(events(office::command("reopen_incident", "2026-11-23T08:06:00Z", "ana",
                               {{"incident", 1}, {"reason", "No"}})) == 3 + 3 * children + duplicates);
  CHECK(events(office::command("hold_incident", "2026-11-23T08:07:00Z", "ana",
                               {{"incident", 1}, {"reason", "awaiting_vendor"}})) == 1 + children);
  d.verify();
}

TEST_CASE("a record takes so many tasks and links, and no more (L10, R-C12)") {
  desk d = office::furnished();
  log_many(d, limits::links_per_record_max + 2);
  json batch = json::array();
  for (std::size_t i = 0; i < limits::tasks_per_record_max; ++i) {
    batch.push_back(
        office::command("add_task", "2026-11-23T08:01:00Z", "ana",
                        {{"incident", 1}, {"title", "x"}, {"due_at", "2026-11-24T08:00:00Z"}, {"owner", "ben"}}));
  }
  for (std::size_t i = 0; i < limits::links_per_record_max; ++i) {
    batch.push_back(link("2026-11-23T08:01:00Z", 1, "related", 2 + i));
  }
  office::tell(d, batch, {.atomic = true});
  CHECK(office::refusal_of([&] {
          office::tell(d,
                       office::command("add_task", "2026-11-23T08:02:00Z", "ana", {{"incident", 1}, {"title", "x"}}));
        }) == "task.too_many");
  CHECK(office::refusal_of([&] {
          office::tell(d, link("2026-11-23T08:02:00Z", 1, "related", 2 + limits::links_per_record_max));
        }) == "link.too_many");
  CHECK(office::refusal_of([&] {
          office::tell(d, link("2026-11-23T08:02:00Z", 2 + limits::links_per_record_max, "blocks", 1));
        }) == "link.too_many");
  CHECK(d.advance(at("2026-11-24T08:00:00Z")).fired == 1);  // all of them are overdue at once
  CHECK(std::ranges::all_of(tasks_of(*d.find({1})), &task::overdue));
  d.verify();
}

TEST_CASE("records entered after the fact remind nobody, and end their waits all the same (D5, L3)") {
  desk d = with_patient_workflow();
  office::tell(d, office::log("2026-11-23T08:00:00Z", {{"caller", "carla"}, {"retrospective", true}, {"team", "net"}}));
  office::tell(
      d, office::command("add_task", "2026-11-23T08:01:00Z", "ana",
                         {{"incident", 1}, {"title", "x"}, {"owner", "ben"}, {"due_at", "2026-11-23T09:00:00Z"}}));
  office::tell(
      d, office::command("hold_incident", "2026-11-23T08:02:00Z", "ana",
                         {{"incident", 1}, {"reason", "awaiting_caller"}, {"follow_up_at", "2026-11-23T10:00:00Z"}}));
  d.advance(at("2026-11-30T08:00:00Z"));
  CHECK(d.find({1})->state_kind == state_kind::resolved);
  CHECK(d.find({1})->resolved_at == at("2026-11-26T08:02:00Z"));
  CHECK(d.take_effects("mail", 100).empty());
}

TEST_CASE("a conversion keeps an open record in a state that means the same, and asks for what the type demands (L9)") {
  desk d = office::furnished();
  office::tell(d, office::command("publish", "2026-11-23T07:10:00Z", "host",
                                  {{"workflows",
                                    {{{"key", "slim"},
                                      {"states",
                                       {{{"name", "begun"}, {"kind", "new"}, {"initial", true}},
                                        {{"name", "doing"}, {"kind", "in_progress"}},
                                        {{"name", "over"}, {"kind", "closed"}}}},
                                      {"transitions",
                                       {{{"verb", "begin_work"}, {"from", {"begun"}}, {"to", "doing"}},
                                        {{"verb", "close"}, {"from", {"begun", "doing"}}, {"to", "over"}}}}}}},
                                   {"custom_fields", {{{"key", "site"}, {"kind", "text"}, {"types", {"visit"}}}}},
                                   {"record_types",
                                    {{{"key", "visit"},
                                      {"base", "request"},
                                      {"number_prefix", "VIS"},
                                      {"workflow", "slim"},
                                      {"required", {"location", "custom.site"}}}}}}));
  log_many(d, 2, {{"team", "net"}});
  office::tell(d, office::command("begin_work", "2026-11-23T08:01:00Z", "ben", {{"incident", 1}}));
  office::tell(d, office::command("hold_incident", "2026-11-23T08:02:00Z", "ben",
                                  {{"incident", 1}, {"reason", "awaiting_vendor"}}));
  const json convert = office::command("convert_record", "2026-11-23T08:03:00Z", "ana",
                                       {{"incident", 1}, {"type", "visit"}, {"reason", "r"}});
  CHECK(office::refusal_of([&] { office::tell(d, convert); }) == "record.required_field");
  office::tell(d, office::log("2026-11-23T08:03:00Z", {{"location", "Ghent"}, {"team", "net"}}));
  CHECK(office::refusal_of([&] {
          office::tell(d, office::command("convert_record", "2026-11-23T08:04:00Z", "ana",
                                          {{"incident", 3}, {"type", "visit"}, {"reason", "r"}}));
        }) == "record.required_field");
  office::tell(d, office::command("publish", "2026-11-23T08:05:00Z", "host",
                                  {{"record_types",
                                    {{{"key", "visit"},
                                      {"base", "request"},
                                      {"number_prefix", "VIS"},
                                      {"workflow", "slim"},
                                      {"required", {"location"}}}}}}));
  office::tell(d, office::command("convert_record", "2026-11-23T08:06:00Z", "ana",
                                  {{"incident", 3}, {"type", "visit"}, {"reason", "r"}}));
  const auto state_of = [&](std::uint64_t id) {
    return std::string(d.state().words.word(word_kind::state, d.find({id})->state.index));
  };
  CHECK(state_of(3) == "begun");  // assigned: slim has no such kind of state
  d.verify();
}
