// Every answer of a desk is derived from its journal (R-C08): a desk that was given nothing but the entries of another
// answers every question in the same bytes.
#include <doctest/doctest.h>

#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/security/disclosure.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "conformance/temporary_file.hpp"
#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

using arguments = std::vector<json>;

// ---- what to ask, of each question

arguments nothing(const desk&) { return {json::object()}; }

arguments each_record(const desk& d) {
  arguments all;
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) all.push_back({{"incident", id}});
  return all;
}

arguments each_as_record(const desk& d) {
  arguments all;
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) all.push_back({{"record", id}});
  return all;
}

arguments each_key(const desk& d, word_kind kind, const char* member, const json& more = json::object()) {
  arguments all;
  for (std::uint32_t n = 1; n <= d.state().words.size(kind); ++n) {
    json one = {{member, d.state().words.word(kind, n)}};
    one.update(more);
    all.push_back(one);
  }
  return all;
}

arguments times(const arguments& a, const arguments& b) {
  arguments all;
  for (const json& one : a) {
    for (const json& other : b) {
      all.push_back(one);
      all.back().update(other);
    }
  }
  return all;
}

arguments together(arguments a, const arguments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// The id of the last one that is live.
std::uint64_t security_incident_of(const desk& d) {
  std::uint64_t found = 0;
  d.state().live.each([&](const incident_ptr& record) {
    if (record->part<record_disclosure>()) found = record->id;
    return true;
  });
  return found;
}

std::string instant_of(const desk& d, duration before = {}) {
  return office::text_of(d.state().counters.clock - before);
}

json four_weeks(const desk& d, const char* until = "until") {
  return {{"from", instant_of(d, 14 * day)}, {until, instant_of(d, -14 * day)}};
}

arguments records_as_they_were(const desk& d) {
  const auto middle = static_cast<std::int64_t>(d.state().counters.sequence / 2);
  const arguments when = {json::object(), {{"as_of", instant_of(d, 2 * day)}}, {{"as_of_sequence", middle}}};
  return times(each_record(d), when);
}

arguments finds(const desk& d) {
  return {json::object(),
          {{"types", {"all"}}, {"as_of", instant_of(d, 2 * day)}},
          {{"types", {"request", "incident"}}, {"where", {{"type", "request"}}}},
          {{"order", "updated_at"}, {"descending", true}, {"limit", 7}},
          {{"where", {{"open", true}}}, {"order", "priority"}},
          {{"condition", {{">", {{{"var", "duplicate_count"}}, 0}}}}},
          {{"fields", {"number", "satisfaction", "links", "escalations", "clocks"}}, {"order", "closed_at"}}};
}

arguments figures(const desk& d) {
  return {json::object(),
          {{"as_of", instant_of(d, 2 * day)}},
          {{"by", {"team", "month"}}, {"as_of", instant_of(d, day)}, {"where", {{"priority", "high"}}}}};
}

arguments groupings(const desk&) {
  return {json::object(),
          {{"by", {"type", "month", "customer"}}, {"types", {"all"}}},
          {{"by", {"state", "priority"}}},
          {{"by", {"category"}}, {"categories", "as_now"}, {"category_level", 1}},
          {{"by", {"team", "assignee"}}},
          {{"by", {"custom.asset", "confirmed"}}},
          {{"by", {"reopen_count", "incident_class"}}}};
}

arguments kinds(const desk& d) {
  arguments all;
  for (const definition_type* type : definition_types()) {
    all.push_back({{"kind", type->name}});
    all.push_back({{"kind", type->name}, {"as_of", instant_of(d, 2 * day)}});
  }
  return all;
}

arguments commands(const desk&) {
  arguments all;
  for (const command_type* type : command_types()) all.push_back({{"for_command", type->name}});
  return all;
}

arguments schedules(const desk& d) {
  return together(each_key(d, word_kind::schedule, "schedule"), {{{"team", "net"}}, {{"rotation", "primary"}}});
}

arguments schedules_ahead(const desk& d) { return times(schedules(d), {four_weeks(d)}); }

struct asked {
  std::string_view query;
  arguments (*of)(const desk&);
};

constexpr asked questions[] = {
    {"get", records_as_they_were},
    {"find", finds},
    {"count", groupings},
    {"timeline", each_record},
    {"timers", nothing},
    {"definitions", kinds},
    {"summary", figures},
    {"status", nothing},
    {"allowed_actions",
     [](const desk& d) { return times(each_record(d), {{{"actor", "ana"}}, {{"actor", "carla"}}}); }},
    {"form", commands},
    {"changes", [](const desk&) { return arguments{{{"limit", 10'000}}, {{"after", 20}, {"actor", "dora"}}}; }},
    {"explain",
     [](const desk& d) {
       const json condition = {{"or", {{{">", {{{"var", "satisfaction_score"}}, 3}}}, {{"var", "verified"}}}}};
       return times(each_record(d), {{{"condition", condition}}});
     }},
    {"clocks",
     [](const desk& d) { return times(each_record(d), {json::object(), {{"as_of", instant_of(d, 2 * day)}}}); }},
    {"clock_proof", [](const desk& d) { return times(each_record(d), each_key(d, word_kind::sla_policy, "policy")); }},
    {"clock_attribution",
     [](const desk& d) { return times(each_record(d), each_key(d, word_kind::sla_policy, "policy")); }},
    {"breaches_ahead", nothing},
    {"attainment",
     [](const desk&) { return arguments{json::object(), {{"by", {"team", "month", "policy"}}}, {{"cycles", "all"}}}; }},
    {"who_is_on_call", [](const desk& d) { return times(schedules(d), {{{"at", instant_of(d)}}}); }},
    {"shifts", schedules_ahead},
    {"hand_offs", [](const desk& d) { return each_key(d, word_kind::rotation, "rotation", four_weeks(d, "to")); }},
    {"gaps", schedules_ahead},
    {"fairness", schedules_ahead},
    {"oncall_calendar", schedules_ahead},
    {"contact_attempts",
     [](const desk& d) {
       return each_key(d, word_kind::person, "person", {{"at", instant_of(d)}, {"urgency", "high"}});
     }},
    {"swaps", [](const desk& d) { return arguments{{{"at", instant_of(d)}}}; }},
    {"coverage_gaps", nothing},
    {"role_holders", [](const desk& d) { return each_key(d, word_kind::role, "role"); }},
    {"check_escalation", [](const desk& d) { return each_key(d, word_kind::escalation_policy, "policy"); }},
    {"escalations", each_record},
    {"escalation_latency", nothing},
    {"optional_packs", nothing},
    {"explain_assignment", each_record},
    {"propose_assignment", each_record},
    {"workload", nothing},
    {"simulate",
     [](const desk& d) {
       return arguments{{{"opened_at", instant_of(d)}, {"incident", {{"priority", "critical"}, {"service", "mail"}}}}};
     }},
    {"metric",
     [](const desk& d) {
       return times(each_key(d, word_kind::metric, "metric"), {json::object(), {{"by", {"priority"}}}});
     }},
    {"deliveries", each_record},
    {"satisfaction", [](const desk&) { return arguments{json::object(), {{"by", {"team"}}}, {{"base", "request"}}}; }},
    {"suggest", each_record},
    {"causes", [](const desk&) { return arguments{{{"problem", "PRB0000001"}}}; }},
    {"public_status",
     [](const desk& d) {
       return arguments{
           {{"page", "main"}}, {{"page", "main"}, {"form", "html"}}, {{"page", "main"}, {"as_of", instant_of(d)}}};
     }},
    {"subscriber_view",
     [](const desk& d) {
       return arguments{{{"incident", "INC0000001"}}, {{"incident", "INC0000001"}, {"as_of", instant_of(d)}}};
     }},
    {"milestones", each_record},
    {"review_report",
     [](const desk&) {
       return arguments{{{"review", "REV0000001"}}, {{"review", "REV0000001"}, {"form", "html"}, {"blameless", true}}};
     }},
    {"closure_report", each_record},
    {"disclosure", [](const desk& d) { return arguments{{{"incident", security_incident_of(d)}}}; }},
    {"reporter_thread",
     [](const desk& d) {
       return arguments{json::object(), {{"report", std::to_string(security_incident_of(d)) + "-1"}}};
     }},
    {"drill",
     [](const desk& d) {
       const json logged = {
           {"command", "log_incident"}, {"actor", "ana"}, {"title", "Drill"}, {"impact", "high"}, {"urgency", "high"}};
       const json scenario = {
           {"name", "x"},
           {"starts_at", instant_of(d)},
           {"lasts", "P1D"},
           {"steps", {{{"label", "a"}, {"command", logged}}}},
           {"reactions", {{{"action", "acknowledge"}, {"chance", 50}, {"after", "PT1M"}, {"at_most", "PT9M"}}}}};
       return arguments{{{"scenario", scenario}}};
     }},
    {"automation_runs", each_record},
    {"playbook", each_as_record},
    {"left_to_do", each_as_record},
    {"conformance", each_as_record},
    {"dry_run_automation",
     [](const desk&) { return arguments{{{"incident", "INC0000001"}, {"event", "note_added"}}}; }},
    {"response_roles", each_record},
    {"join_list", each_record},
    {"response_effort", each_record},
    {"changes_before",
     [](const desk&) { return arguments{{{"incident", "INC0000001"}}, {{"items", {"mail"}}, {"within", "P30D"}}}; }},
    {"change_collisions",
     [](const desk&) { return arguments{{{"from", "2026-01-01T00:00:00Z"}, {"until", "2028-01-01T00:00:00Z"}}}; }},
    {"change_calendar",
     [](const desk&) {
       return arguments{{{"from", "2026-01-01T00:00:00Z"}, {"until", "2028-01-01T00:00:00Z"}},
                        {{"from", "2026-01-01T00:00:00Z"}, {"until", "2028-01-01T00:00:00Z"}, {"format", "ical"}}};
     }},
    {"known_at_opening", [](const desk&) { return arguments{{{"from", "2026-01-01T00:00:00Z"}}}; }},
    {"workarounds_without_problem", nothing},
    {"articles", nothing},
    {"recurrence", [](const desk&) { return arguments{{{"by", "fingerprint"}, {"from", "2026-01-01T00:00:00Z"}}}; }},
    {"event_figures", [](const desk&) { return arguments{{{"from", "2026-01-01T00:00:00Z"}}}; }},
    {"impact", [](const desk&) { return arguments{{{"failed", {"mail"}}}, {{"degraded", {"mail"}}, {"open", true}}}; }},
};

// Those whose answers no journal has.
constexpr std::pair<std::string_view, std::string_view> unasked[] = {
    {"presence", "who has a record open is what hosts say, in memory alone"},
};

// ---- a desk with something of everything

json definitions() {
  const json week = {"monday", "tuesday", "wednesday", "thursday", "friday"};
  const json hours = {{"days", week}, {"start", "08:00"}, {"end", "17:00"}};
  const json to_team = {{"kind", "team"}, {"key", "net"}};
  return office::command(
      "publish", "2026-11-23T07:01:00Z", "host",
      {{"business_calendars", {{{"key", "office"}, {"zone", "Europe/Vienna"}, {"weekly", {hours}}}}},
       {"custom_fields", {{{"key", "asset"}, {"kind", "text"}}}},
       {"sla_policies",
        {{{"key", "resolution"},
          {"kind", "sla"},
          {"metric", "resolution"},
          {"targets", {{{"priority", "critical"}, {"duration", "PT2H"}}, {{"duration", "PT8H"}}}},
          {"calendar", "office"},
          {"thresholds", {{{"name", "half"}, {"percent", 50}, {"escalate", "night"}}}}},
         {{"key", "answer"},
          {"kind", "sla"},
          {"metric", "response"},
          {"targets", {{{"duration", "PT1H"}}}},
          {"calendar", "24x7"}}}},
       {"rotations",
        {{{"key", "primary"},
          {"type", "daily"},
          {"zone", "Europe/Vienna"},
          {"start", "2026-11-16T09:00"},
          {"participants", {{{"people", {"ana"}}}, {{"people", {"ben"}}}}}}}},
       {"schedules", {{{"key", "network"}, {"zone", "Europe/Vienna"}, {"layers", {{{"rotation", "primary"}}}}}}},
       {"teams", {{{"key", "net"}, {"members", {"ana", "ben"}}, {"schedule", "network"}}}},
       {"roles", {{{"key", "commander"}, {"holders", {{{"person", "ben"}}}}, {"schedule", "network"}}}},
       {"contact_profiles",
        {{{"person", "ana"},
          {"methods", {{{"key", "app"}, {"kind", "push"}, {"address", "a"}}}},
          {"rules", {{{"method", "app"}}}}}}},
       {"escalation_policies",
        {{{"key", "night"},
          {"steps", {{{"targets", {to_team}}, {"delay", "PT10M"}}}},
          {"repeat", 1},
          {"triggers", {{{"on", "unassigned_for"}, {"after", "PT2H"}}}},
          {"storms", {{"person_pages", 2}}}}}},
       {"skills", {{{"key", "cables"}}}},
       {"assignment_rules",
        {{{"key", "turns"},
          {"order", 1},
          {"strategy", "round_robin"},
          {"team", "net"},
          {"condition", {{"==", {{{"var", "category"}}, "disk"}}}}},
         {{"key", "rest"}, {"order", 2}, {"strategy", "host"}}}},
       {"metrics", {{{"key", "to_resolve"}, {"start", "opened"}, {"stop", "resolved"}, {"cycle", "sum"}}}}});
}

// What random scripts do not say: answers on satisfaction, and what became of what was sent.
void answer_and_report(desk& d, office::dice& roll) {
  for (const effect& e : d.take_effects("host", 1'000)) {
    json c =
        office::command("report_notice", instant_of(d), "host",
                        {{"incident", e.record.id}, {"notice", e.id}, {"outcome", roll.any({"delivered", "failed"})}});
    if (e.body.holds<page_bundle>()) {
      c = office::command("acknowledge_bundle", instant_of(d), "ben", {{"incident", e.record.id}, {"bundle", e.id}});
    }
    if (roll.chance(50)) office::refusal_of([&] { office::tell(d, c); });
    if (roll.chance(90)) continue;
    const json rate = office::command("rate_resolution", instant_of(d), roll.any({"carla", "dora", "ben"}),
                                      {{"incident", e.record.id}, {"score", 1 + roll.below(5)}, {"comment", "So so"}});
    office::refusal_of([&] { office::tell(d, rate); });
    d.acknowledge_effects("host", e.id);
  }
}

void live(desk& d, std::uint64_t seed, int steps) {
  office::tell(d, definitions());
  office::dice roll(seed);
  office::play(d, office::random_script(seed, 15, true), steps, [&](int i) {
    if (i % 40 == 39) answer_and_report(d, roll);
  });
  for (const char* title : {"Patch", "Index"}) {
    office::tell(d, office::command("log_change", instant_of(d), "host",
                                    {{"title", title},
                                     {"service", "mail"},
                                     {"planned_from", instant_of(d, hour)},  // before the clock of the desk
                                     {"planned_until", instant_of(d, -1 * day)}}));
  }
  office::tell(d, office::command("log_problem", instant_of(d), "host", {{"title", "Why"}, {"incidents", {1}}}));
  office::tell(d, office::log(instant_of(d), {{"service", "mail"}}));
  const std::uint64_t major = d.state().counters.last_id;
  office::tell(d, office::command("propose_major", instant_of(d), "host", {{"incident", major}, {"reason", "All"}}));
  office::tell(
      d, office::command("accept_major", instant_of(d), "host",
                         {{"incident", major}, {"roles", {{{"role", "incident_commander"}, {"person", "ana"}}}}}));
  office::tell(d, office::command(
                      "request_review", instant_of(d), "host",
                      {{"incident", major}, {"reason", "x"}, {"owner", "ana"}, {"due_at", instant_of(d, -7 * day)}}));
  office::tell(d, office::command("publish", instant_of(d), "host",
                                  {{"playbooks", {{{"key", "standard"}, {"steps", {{{"key", "a"}}}}}}}}));
  office::tell(d,
               office::command("start_playbook", instant_of(d), "host", {{"record", major}, {"playbook", "standard"}}));
  office::tell(
      d, office::command(
             "publish", instant_of(d), "host",
             {{"status_pages",
               {{{"key", "main"},
                 {"name", "All"},
                 {"shows", "all"},
                 {"components", {{{"key", "mail"}, {"name", "Mail"}, {"items", {"mail"}}}}}}}},
              {"communication_policies",
               {{{"key", "incident"},
                 {"audiences",
                  {{{"key", "staff"}, {"visibility", "internal"}, {"people", {"ana"}}, {"channels", {"mail"}}}}}}}}}));
  office::tell(d,
               office::command("log_security_incident", instant_of(d), "host", {{"title", "x"}, {"people", {"ana"}}}));
  const std::uint64_t secret = d.state().counters.last_id;
  office::tell(
      d, office::command("invite_reporter", instant_of(d), "host", {{"incident", secret}, {"reporter", "carla"}}));
  office::tell(d, office::log(instant_of(d)));  // so that the clock is that of the last entry
}

desk replica_of(const desk& original) {
  desk d = office::open();
  while (d.state().counters.sequence < original.state().counters.sequence) {
    d.apply_entries(original.read_entries(d.state().counters.sequence + 1, 1u << 16));
  }
  return d;
}

// A refusal is an answer, too.
std::string answer(const desk& d, const json& question) {
  try {
    return answer_document(d, question.dump());
  } catch (const error& e) {
    return e.reason() + ": " + e.what();
  }
}

void compare(const desk& original, const desk& replica) {
  std::map<std::string_view, std::size_t> answered;
  for (const asked& one : questions) {
    for (json question : one.of(original)) {
      question["query"] = one.query;
      const std::string expected = answer(original, question);
      CHECK_MESSAGE(answer(replica, question) == expected, question.dump());
      answered[one.query] += expected.starts_with("{") ? 1U : 0U;
    }
  }
  for (const asked& one : questions) CHECK_MESSAGE(answered[one.query] != 0, "nothing but refusals of " << one.query);
}

void compare_lives(std::uint64_t seed, int steps) {
  CAPTURE(seed);
  const conformance::temporary_file file;
  sqlite_options where;
  where.path = file.path();
  where.durability = durability::normal;
  desk original = office::furnished(open_sqlite_store(where));
  live(original, seed, steps);
  const desk replica = replica_of(original);
  REQUIRE(replica.state().counters.hash == original.state().counters.hash);
  compare(original, replica);
}

}  // namespace

TEST_CASE("every question is asked of both desks, or it is said why not (R-C08)") {
  std::vector<std::string_view> known;
  for (const asked& one : questions) known.push_back(one.query);
  for (const auto& [query, why] : unasked) known.push_back(query);
  std::ranges::sort(known);
  std::vector<std::string_view> all;
  for (const query_type* type : query_types()) all.push_back(type->name);
  std::ranges::sort(all);
  CHECK(known == all);
}

TEST_CASE(
    "whatever a desk answers, another one that was given its journal alone answers in the same bytes (R-C08, R-P20, "
    "R2)") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) compare_lives(seed, 240);
}

TEST_SUITE("full") {
  TEST_CASE("whatever a desk answers, its journal alone answers in the same bytes: many lives (R-C08, R2)") {
    for (std::uint64_t seed = 100; seed < 130; ++seed) compare_lives(seed, 500);
  }
}
