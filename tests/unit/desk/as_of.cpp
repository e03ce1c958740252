// As of an instant means as of it, whatever is asked: `get`, record by record, is the reference.
#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>

#include <map>
#include <string>
#include <vector>

#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

// The answer as text, or the reason of the refusal.
std::string answer(const desk& d, const json& question) {
  std::string text;
  const std::string refused = office::refusal_of([&] { text = answer_document(d, question.dump()); });
  return refused.empty() ? text : refused;
}

json definitions() {
  const json office_hours = {
      {"days", {"monday", "tuesday", "wednesday", "thursday", "friday"}}, {"start", "08:00"}, {"end", "17:00"}};
  return office::command(
      "publish", "2026-11-23T07:01:00Z", "host",
      {{"business_calendars", {{{"key", "office"}, {"zone", "Europe/Vienna"}, {"weekly", {office_hours}}}}},
       {"customers", {{{"key", "acme"}}}},
       {"people", {{{"key", "carla"}, {"name", "Carla Caller"}, {"customer", "acme"}}}},
       {"sla_policies",
        {{{"key", "resolution"},
          {"kind", "sla"},
          {"metric", "resolution"},
          {"targets", {{{"priority", "critical"}, {"duration", "PT2H"}}, {{"duration", "PT8H"}}}},
          {"calendar", "office"}},
         {{"key", "answer"},
          {"kind", "sla"},
          {"metric", "response"},
          {"targets", {{{"duration", "PT1H"}}}},
          {"calendar", "24x7"}}}}});
}

desk furnished() {
  desk d = office::furnished();
  office::tell(d, definitions());
  return d;
}

// Every question that takes an instant, about every record that there is.
std::vector<json> questions_as_of(const desk& d, instant t) {
  const json as_of = {{"as_of", office::text_of(t)}};
  std::vector<json> all = {
      {{"query", "summary"}},
      {{"query", "summary"}, {"by", {"customer", "month"}}},
      {{"query", "summary"}, {"by", {"team"}}, {"where", {{"open", true}}}},
      {{"query", "find"}, {"types", {"all"}}},
      {{"query", "find"}, {"where", {{"ended", true}}}, {"order", "updated_at"}, {"descending", true}},
      {{"query", "find"}, {"condition", {{">", {{{"age", {{"var", "updated_at"}}}}, "PT6H"}}}}},
      {{"query", "count"}, {"by", {"state", "team", "reopen_count", "type"}}, {"types", {"all"}}},
      {{"query", "count"}, {"by", {"customer", "month"}}, {"where", {{"priority", "high"}}}},
      {{"query", "definitions"}, {"kind", "person"}}};
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
    all.push_back({{"query", "get"}, {"incident", id}});
    all.push_back({{"query", "clocks"}, {"incident", id}});
    for (const char* policy : {"resolution", "answer"}) {
      all.push_back({{"query", "clock_proof"}, {"incident", id}, {"policy", policy}});
      all.push_back({{"query", "clock_attribution"}, {"incident", id}, {"policy", policy}});
    }
    const json condition = {
        {"and", {{{"==", {{{"var", "customer"}}, "acme"}}}, {{">", {{{"var", "reopen_count"}}, 0}}}}}};
    all.push_back({{"query", "explain"}, {"incident", id}, {"condition", condition}});
  }
  for (json& question : all) question.update(as_of);
  return all;
}

// Figures as anybody would add them up from the records.
struct figures {
  std::map<std::string, std::int64_t> counts;
  std::map<std::string, std::int64_t> states;
  std::map<std::string, std::int64_t> open_by_team;

  friend bool operator==(const figures&, const figures&) = default;
};

// A person resolved it, and nobody else ever had to do with it.
bool is_of_first_contact(const json& r) {
  const std::string by = r.value("resolved_by", "");
  const bool by_person = !by.empty() && by != "system" && by != "host";
  const bool once = r.at("reassignment_count") == 0 && r.at("reopen_count") == 0 && !r.contains("hold_count") &&
                    !r.contains("reply_count");
  const bool alone = r.value("assignee", by) == by && r.value("acknowledged_by", by) == by;
  return r.contains("resolved_at") && by_person && once && alone && r.value("channel", "") != "monitoring" &&
         !r.value("imported", false);
}

figures figures_of(const std::vector<json>& records) {
  figures f;
  for (const char* name : {"opened", "resolved", "closed", "cancelled", "open", "reopened_incidents", "reopenings",
                           "reassignments", "resolved_at_first_contact"}) {
    f.counts[name] = 0;
  }
  for (const json& r : records) {
    if (r.at("type") != "incident") continue;
    const bool open = !r.contains("resolved_at") && !r.contains("closed_at") && !r.contains("cancelled_at");
    ++f.counts["opened"];
    f.counts["resolved"] += r.contains("resolved_at");
    f.counts["closed"] += r.contains("closed_at");
    f.counts["cancelled"] += r.contains("cancelled_at");
    f.counts["open"] += open;
    f.counts["reopened_incidents"] += r.at("reopen_count") != 0;
    f.counts["reopenings"] += r.at("reopen_count").get<std::int64_t>();
    f.counts["reassignments"] += r.at("reassignment_count").get<std::int64_t>();
    f.counts["resolved_at_first_contact"] += is_of_first_contact(r);
    ++f.states[r.at("state")];
    f.open_by_team[r.value("team", "")] += open;
  }
  return f;
}

figures figures_in(const json& summary) {
  figures f;
  for (const auto& [name, value] : summary.items()) {
    if (value.is_number()) f.counts[name] = value;
  }
  for (const json& row : summary.at("by_state")) f.states[row.at("state")] = row.at("count");
  for (const json& row : summary.at("by_team")) f.open_by_team[row.value("team", "")] = row.at("open");
  return f;
}

std::vector<json> records_as_of(const desk& d, const std::string& as_of) {
  std::vector<json> all;
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
    const json got = json::parse(answer(d, {{"query", "get"}, {"incident", id}, {"as_of", as_of}}), nullptr, false);
    if (!got.is_discarded()) all.push_back(got);  // it was not there yet
  }
  return all;
}

}  // namespace

TEST_CASE("what is answered as of an instant is what was answered then (R2)") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    desk d = furnished();
    office::random_script script(seed, 10, true);
    std::vector<std::pair<json, std::string>> then;
    for (int i = 0; i < 400; ++i) {
      const office::step s = office::next_step(script, d);
      const std::string name = s.advance ? "" : s.command.at("command").get<std::string>();
      if (name == "import_record" || name == "erase_personal") continue;  // these do change the past
      office::take(d, s);
      if (i % 100 != 50) continue;
      const instant t = d.state().counters.clock;
      d.advance(t);
      for (json& question : questions_as_of(d, t)) then.emplace_back(question, answer(d, question));
      d.advance(t + 2 * minute);  // what comes may state an instant of a minute ago (D1)
    }
    office::tell(d, office::command("publish", office::text_of(d.state().counters.clock), "host",
                                    {{"people", {{{"key", "carla"}, {"name", "Carla Moved"}}}}}));
    REQUIRE(then.size() > 100);
    for (const auto& [question, said] : then) {
      CAPTURE(question.dump());
      CHECK(answer(d, question) == said);
    }
  }
}

TEST_CASE("the figures as of any instant are those of the records as get shows them then (R1)") {
  for (std::uint64_t seed = 11; seed <= 16; ++seed) {
    CAPTURE(seed);
    desk d = furnished();
    const instant begin = d.state().counters.clock;
    office::play(d, office::random_script(seed, 25, true), 500, [](int) {});
    const std::int64_t lived = (d.state().counters.clock - begin).us;
    office::dice roll(seed);
    for (int i = 0; i < 12; ++i) {
      // From before the first imported history to now.
      const instant t = begin - 45 * day + duration{roll.below(lived + (45 * day).us + 1)};
      const std::string as_of = office::text_of(t);
      CAPTURE(as_of);
      const std::vector<json> records = records_as_of(d, as_of);
      const json summary = json::parse(answer(d, {{"query", "summary"}, {"as_of", as_of}}));
      CHECK(figures_in(summary) == figures_of(records));
      CHECK(json::parse(answer(d, {{"query", "count"}, {"as_of", as_of}, {"types", {"all"}}})).at("total") ==
            records.size());
      const json found =
          json::parse(answer(d, {{"query", "find"}, {"as_of", as_of}, {"types", {"all"}}, {"limit", 1000}}))
              .at("records");
      REQUIRE(found.size() == records.size());
      for (std::size_t n = 0; n < records.size(); ++n) {
        json shown = records[n];
        shown.erase("category_path");  // get alone shows it
        CHECK(found[n] == shown);
      }
    }
  }
}

TEST_CASE("figures by something add up to the figures of all (R1)") {
  desk d = furnished();
  office::play(d, office::random_script(5, 25, true), 500, [](int) {});
  const std::string as_of = office::text_of(d.state().counters.clock - 2 * day);
  for (const json& when : {json::object(), json{{"as_of", as_of}}}) {
    for (const char* by : {"team", "customer", "month", "priority", "channel", "service", "category", "state"}) {
      json question = {{"query", "summary"}, {"by", {by}}};
      question.update(when);
      CAPTURE(question.dump());
      const json summary = json::parse(answer(d, question));
      for (const char* figure : {"opened", "resolved", "closed", "cancelled", "open", "reopened_incidents",
                                 "reopenings", "reassignments", "resolved_at_first_contact"}) {
        CAPTURE(figure);
        std::int64_t sum = 0;
        for (const json& group : summary.at("groups")) sum += group.at(figure).get<std::int64_t>();
        CHECK(sum == summary.at(figure));
      }
    }
  }
  const json whole = json::parse(answer(d, {{"query", "attainment"}})).at("total");
  for (const char* by : {"policy", "team", "customer", "month", "priority", "channel", "service"}) {
    const json answered = json::parse(answer(d, {{"query", "attainment"}, {"by", {by}}}));
    CAPTURE(by);
    CHECK(answered.at("total") == whole);
    for (const char* figure : {"met", "late", "stopped", "breached", "excused"}) {
      std::int64_t sum = 0;
      for (const json& group : answered.at("groups")) sum += group.at(figure).get<std::int64_t>();
      CHECK(sum == whole.at(figure));
    }
  }
}
