#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/record_clocks.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"

#include <string>
#include <vector>

using namespace tocsin;
using office::at;
using office::json;
using office::tell;

namespace {

json office_hours(std::string_view key = "office") {
  return {
      {"key", key},
      {"zone", "Europe/Vienna"},
      {"weekly",
       {{{"days", {"monday", "tuesday", "wednesday", "thursday", "friday"}}, {"start", "08:00"}, {"end", "17:00"}}}}};
}

json resolution_policy() {
  return {
      {"key", "resolution"},    {"kind", "sla"},
      {"metric", "resolution"}, {"targets", {{{"priority", "critical"}, {"duration", "PT4H"}}, {{"duration", "PT8H"}}}},
      {"calendar", "24x7"},     {"thresholds", {{{"name", "warning"}, {"percent", 75}, {"notify", {"assignee"}}}}}};
}

json response_policy() {
  return {{"key", "response"},
          {"kind", "sla"},
          {"metric", "response"},
          {"targets", {{{"duration", "PT1H"}}}},
          {"calendar", "office"}};
}

json publishing(std::string_view when, const json& lists) {
  json c = office::command("publish", when, "host", lists);
  return c;
}

// Monday, 23 November 2026, eight o'clock in Vienna.
desk with_policies(const std::vector<json>& policies, std::shared_ptr<store> where = make_memory_store()) {
  desk d = office::furnished(std::move(where));
  tell(d, publishing("2026-11-23T07:00:00Z", {{"business_calendars", {office_hours()}}, {"sla_policies", policies}}));
  return d;
}

json ask(const desk& d, const json& query) { return json::parse(answer_document(d, query.dump())); }

json clocks(const desk& d, std::string_view as_of = {}, std::string_view incident = "INC0000001") {
  json q = {{"query", "clocks"}, {"incident", incident}};
  if (!as_of.empty()) q["as_of"] = as_of;
  return ask(d, q)["clocks"];
}

// Names of the events of the record so far, without those of others.
std::vector<std::string> told(const desk& d, std::string_view incident = "INC0000001") {
  std::vector<std::string> names;
  const json timeline = ask(d, {{"query", "timeline"}, {"incident", incident}});
  for (const json& e : timeline["events"]) names.push_back(e["event"]);
  return names;
}

std::size_t count(const std::vector<std::string>& names, std::string_view name) {
  return static_cast<std::size_t>(std::count(names.begin(), names.end(), name));
}

json prioritise(std::string_view when, std::string_view level) {
  return office::command("prioritise_incident", when, "ben",
                         {{"incident", "INC0000001"}, {"impact", level}, {"urgency", level}});
}

json hold(std::string_view when) {
  return office::command("hold_incident", when, "ben", {{"incident", "INC0000001"}, {"reason", "awaiting_caller"}});
}

}  // namespace

TEST_CASE("a clock is put on an incident as it is logged, and its deadline is a timer (S2, R-P15, R-A01)") {
  desk d = with_policies({resolution_policy(), response_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  const json all = clocks(d);
  REQUIRE(all.size() == 2);
  CHECK(all[0]["policy"] == "resolution");
  CHECK(all[0]["state"] == "running");
  CHECK(all[0]["deadline"] == "2026-11-23T16:00:00Z");
  CHECK(all[1]["deadline"] == "2026-11-23T09:00:00Z");
  CHECK(all[1]["calendar"] == "office");
  CHECK(d.next_due() == at("2026-11-23T09:00:00.000001Z"));
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("a threshold and a breach are said once, at their instants, also across a restart (S8, R-P14)") {
  const conformance::temporary_file file;
  sqlite_options options;
  options.path = file.path();
  {
    desk d = with_policies({resolution_policy()}, open_sqlite_store(options));
    tell(d, office::log("2026-11-23T08:00:00Z"));
    d.advance(at("2026-11-23T14:00:00Z"));
    CHECK(count(told(d), "sla_threshold_reached") == 1);
  }
  desk d = office::open(open_sqlite_store(options));
  CHECK(d.next_due() == at("2026-11-23T16:00:00.000001Z"));
  d.advance(at("2026-11-23T20:00:00Z"));
  const auto names = told(d);
  CHECK(count(names, "sla_threshold_reached") == 1);
  CHECK(count(names, "sla_breached") == 1);
  CHECK(count(names, "sla_notice") == 2);
  CHECK(clocks(d)[0]["breached_at"] == "2026-11-23T16:00:00.000001Z");
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("a hold pauses the clocks, a resume lets them run, resolving ends them (S3, S5)") {
  desk d = with_policies({resolution_policy(), response_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  tell(d, hold("2026-11-23T08:30:00Z"));
  CHECK(clocks(d)[0]["state"] == "paused");
  CHECK_FALSE(clocks(d)[0].contains("deadline"));
  CHECK(d.next_due() == never);
  tell(d, office::command("resume_incident", "2026-11-23T10:30:00Z", "ben", {{"incident", "INC0000001"}}));
  CHECK(clocks(d)[0]["deadline"] == "2026-11-23T18:00:00Z");
  tell(d, office::resolve("2026-11-23T11:00:00Z"));
  const json all = clocks(d);
  CHECK(all[0]["state"] == "met");
  CHECK(all[0]["elapsed"] == "PT1H");
  CHECK(all[1]["state"] == "stopped");
  CHECK(clocks(d, "2026-11-23T09:00:00Z")[0]["state"] == "paused");
  CHECK(clocks(d, "2026-11-23T09:00:00Z")[0]["elapsed"] == "PT30M");
}

TEST_CASE("a priority raised while pending breaches at once, a lowering lifts it (S6)") {
  desk d = with_policies({resolution_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  tell(d, hold("2026-11-23T13:00:00Z"));
  tell(d, prioritise("2026-11-23T14:00:00Z", "high"));
  CHECK(clocks(d)[0]["breached"] == true);
  CHECK(clocks(d)[0]["breached_at"] == "2026-11-23T14:00:00Z");
  CHECK(count(told(d), "sla_breached") == 1);
  tell(d, prioritise("2026-11-23T15:00:00Z", "low"));
  CHECK(clocks(d)[0]["breached"] == false);
  const auto names = told(d);
  CHECK(count(names, "sla_breach_lifted") == 1);
  CHECK(count(names, "clock_retargeted") == 2);
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("a reopening continues the clock, and a stop stated earlier lifts a breach that was said (S2, S7)") {
  desk d = with_policies({resolution_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  d.advance(at("2026-11-23T16:00:20Z"));
  CHECK(count(told(d), "sla_breached") == 1);
  tell(d, office::resolve("2026-11-23T15:59:50Z"));
  CHECK(count(told(d), "sla_breach_lifted") == 1);
  CHECK(clocks(d)[0]["breached"] == false);
  tell(d, office::command("reopen_incident", "2026-11-24T08:00:00Z", "ben",
                          {{"incident", "INC0000001"}, {"reason", "no"}}));
  CHECK(clocks(d)[0]["deadline"] == "2026-11-24T08:00:10Z");
}

TEST_CASE("a new version of a policy, or of a calendar, holds for the clocks that run, at once (S6, T7)") {
  desk d = with_policies({resolution_policy(), response_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  json shorter = resolution_policy();
  shorter["targets"] = {{{"duration", "PT2H"}}};
  tell(d, publishing("2026-11-23T08:30:00Z", {{"sla_policies", {shorter}}}));
  CHECK(clocks(d)[0]["deadline"] == "2026-11-23T10:00:00Z");
  CHECK(clocks(d)[0]["policy_version"] == 2);
  json closed = office_hours();
  closed["breaks"] = {{{"date", "2026-11-23"}, {"start", "09:45"}, {"end", "12:00"}}};
  tell(d, publishing("2026-11-23T08:40:00Z", {{"business_calendars", {closed}}}));
  CHECK(clocks(d)[1]["deadline"] == "2026-11-23T11:15:00Z");
  CHECK(clocks(d)[1]["calendar_version"] == 2);
  SUBCASE("withdrawn") {
    shorter["withdrawn"] = true;
    tell(d, publishing("2026-11-23T08:50:00Z", {{"sla_policies", {shorter}}}));
    CHECK(clocks(d)[0]["state"] == "cancelled");
    CHECK(clocks(d)[0]["cause"] == "withdrawn");
  }
  CHECK_NOTHROW(d.verify());
}

TEST_CASE(
    "the clock of a record that a policy covers no more is cancelled, that of one it covers now begins (S6, R-C11)") {
  json mail = resolution_policy();
  mail["where"] = {{"==", {{{"var", "service"}}, "mail"}}};
  desk d = with_policies({mail});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(clocks(d).empty());
  tell(d, office::command("classify_incident", "2026-11-23T09:00:00Z", "ben",
                          {{"incident", "INC0000001"}, {"service", "mail"}}));
  REQUIRE(clocks(d).size() == 1);
  CHECK(clocks(d)[0]["deadline"] == "2026-11-23T16:00:00Z");
}

TEST_CASE(
    "the calendar comes from the first source that has one; without any there is no clock, and that is said (S2)") {
  json by_service = response_policy();
  by_service["calendar_sources"] = {"service", "team"};
  by_service.erase("calendar");
  desk d = with_policies({by_service});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(clocks(d).empty());
  CHECK(count(told(d), "clock_without_calendar") == 1);
  tell(d, publishing("2026-11-23T08:05:00Z",
                     {{"services", {{{"key", "mail"}, {"owner", "ben"}, {"calendar", "office"}}}}}));
  tell(d, office::log("2026-11-23T08:10:00Z", {{"service", "mail"}}));
  CHECK(clocks(d, {}, "INC0000002")[0]["calendar"] == "office");
}

TEST_CASE("a proof tiles the time, and the shares of teams sum to it (S1, S12)") {
  desk d = with_policies({response_policy(), resolution_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z", {{"team", "desk"}}));
  tell(d, office::command("assign_incident", "2026-11-23T09:00:00Z", "ben",
                          {{"incident", "INC0000001"}, {"team", "net"}}));
  tell(d, hold("2026-11-23T10:00:00Z"));
  tell(d, office::note("2026-11-23T12:00:00Z"));
  const json proof = ask(d, {{"query", "clock_proof"}, {"incident", "INC0000001"}, {"policy", "resolution"}});
  REQUIRE(proof["intervals"].size() == 2);
  CHECK(proof["intervals"][0]["cause"] == "counted");
  CHECK(proof["intervals"][1]["cause"] == "hold");
  CHECK(proof["intervals"][1]["hold"] == "awaiting_caller");
  CHECK(proof["verdict"]["zone_data_version"].is_string());
  const json shares = ask(d, {{"query", "clock_attribution"}, {"incident", "INC0000001"}, {"policy", "resolution"}});
  REQUIRE(shares["shares"].size() == 2);
  CHECK(shares["shares"][0]["elapsed"] == "PT1H");
  CHECK(shares["elapsed"] == "PT2H");
}

TEST_CASE(
    "what breaches next is listed in order, and what was kept is counted; an excuse shows in both figures (S13, "
    "R-P15)") {
  desk d = with_policies({resolution_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  tell(d, office::log("2026-11-23T08:30:00Z"));
  const json next = ask(d, {{"query", "breaches_ahead"}, {"within", "PT8H"}});
  REQUIRE(next["clocks"].size() == 2);
  CHECK(next["clocks"][0]["incident"] == "INC0000001");
  CHECK(office::refusal_of([&] {
          tell(d, office::command("excuse_breach", "2026-11-23T09:00:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"policy", "resolution"}, {"reason", "storm"}}));
        }) == "clock.not_breached");
  tell(d, office::resolve("2026-11-23T17:00:00Z"));
  tell(d, office::command("excuse_breach", "2026-11-23T17:10:00Z", "ana",
                          {{"incident", "INC0000001"}, {"policy", "resolution"}, {"reason", "storm"}}));
  json figures = ask(d, {{"query", "attainment"}})["total"];
  CHECK(figures["breached"] == 1);
  CHECK(figures["excused"] == 1);
  CHECK(figures["kept_per_10000"] == 0);
  CHECK(figures["kept_or_excused_per_10000"] == 10'000);
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("a metric of one's own goes by conditions on the record (S2)") {
  const json vendor = {{"key", "vendor"},
                       {"kind", "underpinning_contract"},
                       {"metric", "custom"},
                       {"start", {{"==", {{{"var", "hold_reason"}}, "awaiting_vendor"}}}},
                       {"stop", {{"!=", {{{"var", "state_kind"}}, "on_hold"}}}},
                       {"pauses", "none"},
                       {"targets", {{{"duration", "PT2H"}}}},
                       {"calendar", "24x7"}};
  desk d = with_policies({vendor});
  tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK_FALSE(clocks(d)[0].contains("state"));
  tell(d, office::command("hold_incident", "2026-11-23T09:00:00Z", "ben",
                          {{"incident", "INC0000001"}, {"reason", "awaiting_vendor"}}));
  CHECK(clocks(d)[0]["deadline"] == "2026-11-23T11:00:00Z");
  tell(d, office::command("resume_incident", "2026-11-23T10:00:00Z", "ben", {{"incident", "INC0000001"}}));
  CHECK(clocks(d)[0]["state"] == "met");
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("one leap of advance equals many small ones (D6)") {
  const auto lived = [](bool in_steps) {
    desk d = with_policies({resolution_policy(), response_policy()});
    for (const char* when : {"2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z", "2026-11-23T09:30:00Z"})
      tell(d, office::log(when));
    if (in_steps) {
      for (instant t = at("2026-11-23T10:00:00Z"); t < at("2026-11-25T10:00:00Z"); t = t + 7 * minute) d.advance(t);
    }
    d.advance(at("2026-11-25T10:00:00Z"));
    return office::journal_of(d);
  };
  CHECK(lived(true) == lived(false));
}

TEST_CASE("service requests have no clocks of incidents (L9)") {
  desk d = with_policies({resolution_policy()});
  tell(d, office::log("2026-11-23T08:00:00Z", {{"type", "request"}}));
  CHECK(told(d, "REQ0000001").size() <= 2);
  CHECK(clocks(d, {}, "REQ0000001").empty());
}

TEST_CASE("an imported history has its clocks by its own instants, and says nothing of what is past (D11)") {
  desk d = with_policies({resolution_policy()});
  tell(d, office::command("import_record", "2026-11-23T09:00:00Z", "host",
                          {{"title", "Old"},
                           {"history",
                            {{{"at", "2026-11-02T08:00:00Z"}, {"actor", "ana"}, {"state", "new"}},
                             {{"at", "2026-11-02T10:00:00Z"},
                              {"actor", "ana"},
                              {"state", "on_hold"},
                              {"hold_reason", "awaiting_caller"}},
                             {{"at", "2026-11-03T10:00:00Z"}, {"actor", "ana"}, {"state", "in_progress"}},
                             {{"at", "2026-11-03T18:00:00Z"},
                              {"actor", "ana"},
                              {"state", "resolved"},
                              {"resolution_code", "fix"},
                              {"resolution_notes", "done"}}}}}));
  const json all = clocks(d);
  REQUIRE(all.size() == 1);
  CHECK(all[0]["state"] == "met");
  CHECK(all[0]["elapsed"] == "PT10H");
  CHECK(all[0]["breached"] == true);
  CHECK(count(told(d), "sla_breached") == 0);
  CHECK(count(told(d), "sla_notice") == 0);
  CHECK_NOTHROW(d.verify());
}

TEST_CASE("policies and calendars are checked at publication (S11, T3)") {
  desk d = office::furnished();
  const auto refused = [&](const json& lists) {
    return office::refusal_of([&] { tell(d, publishing("2026-11-23T07:30:00Z", lists)); });
  };
  json policy = response_policy();
  CHECK(refused({{"sla_policies", {policy}}}) == "definition.refused");  // its calendar is not there
  CHECK(refused({{"business_calendars", {office_hours()}}, {"sla_policies", {policy}}}) == "");
  policy["key"] = "twin";
  CHECK(refused({{"sla_policies", {policy}}}) == "definition.refused");  // two for one metric and population
  policy["precedence"] = 1;
  CHECK(refused({{"sla_policies", {policy}}}) == "");
  json calendar = office_hours("nowhere");
  calendar["zone"] = "Europe/Atlantis";
  CHECK(refused({{"business_calendars", {calendar}}}) == "definition.refused");
}
