// Drills: what they measure, what they find, and that nothing of them leaves the fork (M4, R-C18).
#include <doctest/doctest.h>

#include <random>
#include <set>

#include "drill_office.hpp"

using namespace tocsin;
using namespace drill_office;

namespace {

json times_of(const json& result, std::size_t incident = 0) {
  json all = json::object();
  const json incidents = result["incidents"];
  for (const json& t : incidents.at(incident)["times"]) all[t["milestone"].get<std::string>()] = t["took"];
  return all;
}

using kinds = std::multiset<std::string>;

kinds gaps_of(const json& result) {
  kinds all;
  if (!result.contains("gaps")) return all;
  for (const json& g : result.at("gaps")) all.insert(g["kind"]);
  return all;
}

std::string refusal(const desk& d, const json& scenario, person_ref asker = {}, const drill_result* last = nullptr) {
  try {
    run_drill(d, read(d, scenario), asker, last);
  } catch (const error& e) {
    return e.reason();
  }
  return {};
}

// All that the desk shows and would send.
struct picture {
  std::vector<std::uint8_t> journal;
  std::string effects;
  json records;
  digest head{};
  instant next_due;

  explicit picture(desk& d)
      : journal(d.read_entries(1, std::size_t{1} << 24)),
        effects(effects_document(d, "mail", 1000)),
        records(json::parse(answer_document(
            d, R"({"query":"find","types":["all"],"fields":["number","state","escalations","version"]})"))),
        head(d.state().counters.hash),
        next_due(d.next_due()) {}
  friend bool operator==(const picture&, const picture&) = default;
};

}  // namespace

TEST_CASE("whoever ignores their page costs the delay of the step (M4)") {
  const desk d = open();
  const json r =
      shown(d, play(d, night({{"reactions", {{{"person", "ben"}, {"action", "acknowledge"}, {"after", "PT3M"}}}}})));
  CHECK(times_of(r) == json{{"first_page", "PT0S"}, {"acknowledged", "PT8M"}});
  CHECK(r["incidents"][0]["label"] == "mail");
  CHECK(r["incidents"][0]["steps_reached"] == 2);
  CHECK(r["people"] == json{{{"person", "ana"}, {"pages", 1}, {"acknowledged", 0}, {"declined", 0}},
                            {{"person", "ben"}, {"pages", 1}, {"acknowledged", 1}, {"declined", 0}}});
  CHECK(gaps_of(r).empty());
  CHECK(r["score"] == 100);
  CHECK(r["starts_at"] == "2026-11-24T03:00:00Z");
  CHECK(r["ends_at"] == "2026-11-24T04:00:00Z");
}

TEST_CASE("whom nothing gets to costs no time, as the host says so at once (M4, E5)") {
  const desk d = open();
  const json reactions = {{{"person", "ben"}, {"action", "acknowledge"}, {"after", "PT3M"}}};
  const json r = shown(d, play(d, night({{"reactions", reactions}, {"unreachable", {"ana"}}})));
  CHECK(times_of(r) == json{{"first_page", "PT0S"}, {"acknowledged", "PT3M"}});
  CHECK(gaps_of(r).empty());
}

TEST_CASE("an incident whose pages reach nobody is exhausted, and says why (M4)") {
  const desk d = open();
  const json r = shown(d, play(d, night({{"unreachable", {"ana", "ben"}}})));
  CHECK(times_of(r) == json{{"first_page", "PT0S"}});
  CHECK(gaps_of(r) == kinds{"exhausted", "not_acknowledged", "only_unreachable"});
  CHECK(r["score"] == 100 - 15 - 10 - 20);
}

TEST_CASE("who declines is followed by the next step at once; who answers too late is a gap (M4, E6)") {
  const desk d = open();
  json reactions = {{{"person", "ana"}, {"action", "decline"}, {"after", "PT1M"}},
                    {{"action", "acknowledge"}, {"after", "PT2M"}}};
  const json declined = shown(d, play(d, night({{"reactions", reactions}})));
  CHECK(times_of(declined) == json{{"first_page", "PT0S"}, {"acknowledged", "PT3M"}});
  CHECK(declined["people"][0]["declined"] == 1);

  reactions = {{{"person", "ana"}, {"action", "acknowledge"}, {"after", "PT6M"}}};
  const json late = shown(d, play(d, night({{"reactions", reactions}})));
  CHECK(gaps_of(late) == kinds{"answered_too_late", "exhausted", "not_acknowledged"});
  CHECK(late["gaps"][0]["subject"] == "ana");
  CHECK(late["gaps"][0]["at"] == "2026-11-24T03:06:00Z");
}

TEST_CASE("roles and updates of a major incident are measured, and those that nobody has are gaps (M1, M2, M4)") {
  const desk d = open();
  const json steps = {
      step("PT0S", "mail", critical()),
      step("PT4M", "",
           {{"command", "propose_major"}, {"actor", "ben"}, {"incident", "@mail"}, {"reason", "All of it"}}),
      step("PT10M", "", {{"command", "accept_major"}, {"actor", "ben"}, {"incident", "@mail"}})};
  const json goals = {{{"measure", "first_page"}, {"within", "PT5M"}},
                      {{"measure", "role_filled"}, {"role", "incident_commander"}, {"within", "PT5M"}},
                      {{"measure", "role_filled"}, {"within", "PT30M"}},
                      {{"measure", "updates_on_time"}, {"incident", "mail"}}};
  const json reactions = {{{"person", "ana"}, {"action", "acknowledge"}, {"after", "PT1M"}}};
  const json r = shown(d, play(d, night({{"steps", steps}, {"goals", goals}, {"reactions", reactions}})));
  CHECK(times_of(r) == json{{"first_page", "PT0S"},
                            {"acknowledged", "PT1M"},
                            {"role:incident_commander", "PT10M"},
                            {"role:communication", "PT10M"}});
  CHECK(r["incidents"][0]["open_roles"] == json{"technical_lead"});
  CHECK(r["incidents"][0]["updates_missed"] == 1);
  CHECK(gaps_of(r) == kinds{"update_overdue", "role_unfilled"});
  json points = json::array();
  for (const json& g : r.at("goals")) points.push_back(g["points"]);
  CHECK(points == json{100, 50, 0, 0});
  CHECK(r["goals"][1]["missed"] == json{"mail"});
  CHECK(r["score"] == (100 + 50) / 4 - 5 - 5);
}

TEST_CASE("a step that the desk refuses is a gap; one that is no command at all ends the drill (M4)") {
  const desk d = open();
  json steps = {step("PT0S", "mail", critical()),
                step("PT1M", "", {{"command", "accept_major"}, {"actor", "ben"}, {"incident", "@mail"}})};
  const json r = shown(d, play(d, night({{"steps", steps}})));
  CHECK(gaps_of(r).contains("step_refused"));
  CHECK(r["gaps"][0]["kind"] == "step_refused");
  CHECK(r["gaps"][0]["subject"] == "accept_major");
  CHECK(r["gaps"][0]["incident"] == "mail");

  steps[1]["command"]["incident"] = "@post";
  CHECK(refusal(d, night({{"steps", steps}})) == "document.unknown_record");
  steps[1]["command"] = {{"command", "log_incident"}, {"actor", "ben"}, {"at", "2026-11-24T03:00:00Z"}, {"title", "x"}};
  CHECK(refusal(d, night({{"steps", steps}})) == "drill.invalid");
  CHECK(refusal(d, night({{"starts_at", "2026-11-23T07:29:59Z"}})) == "drill.in_past");
  json undated = night();
  undated.erase("starts_at");
  CHECK(refusal(office::open(), undated) == "drill.no_instant");
  CHECK(refusal(d, undated).empty());
}

TEST_CASE("a rule of reactions may count for a person's first pages alone (M4)") {
  const desk d = open();
  const json steps = {step("PT0S", "mail", critical()), step("PT30M", "post", critical())};
  const json reactions = {{{"person", "ana"}, {"action", "ignore"}, {"pages", 1}},
                          {{"action", "acknowledge"}, {"after", "PT1M"}}};
  const json r = shown(d, play(d, night({{"steps", steps}, {"reactions", reactions}, {"pages_most", 1}})));
  CHECK(times_of(r, 0)["acknowledged"] == "PT6M");
  CHECK(times_of(r, 1)["acknowledged"] == "PT1M");
  CHECK(gaps_of(r) == kinds{"too_many_pages"});
  CHECK(r["gaps"][0]["subject"] == "ana");
}

TEST_CASE("a result is compared with the last, figure by figure (M4)") {
  const desk d = open();
  const json slow = {{{"person", "ben"}, {"action", "acknowledge"}, {"after", "PT3M"}}};
  const json quick = {{{"person", "ana"}, {"action", "acknowledge"}, {"after", "PT2M"}}};
  const drill_result last = play(d, night({{"reactions", slow}}));
  const json now = shown(d, play(d, night({{"reactions", quick}}), &last));
  const json expected = {{{"figure", "score"}, {"before", 100}, {"now", 100}, {"difference", 0}, {"verdict", "same"}},
                         {{"figure", "goals_met"}, {"before", 0}, {"now", 0}, {"difference", 0}, {"verdict", "same"}},
                         {{"figure", "gaps"}, {"before", 0}, {"now", 0}, {"difference", 0}, {"verdict", "same"}},
                         {{"figure", "pages"}, {"before", 2}, {"now", 1}, {"difference", -1}, {"verdict", "better"}},
                         {{"figure", "first_page"},
                          {"incident", "mail"},
                          {"before", "PT0S"},
                          {"now", "PT0S"},
                          {"difference", "PT0S"},
                          {"verdict", "same"}},
                         {{"figure", "acknowledged"},
                          {"incident", "mail"},
                          {"before", "PT8M"},
                          {"now", "PT2M"},
                          {"difference", "-PT6M"},
                          {"verdict", "better"}}};
  CHECK(now["compared"] == expected);
  CHECK(refusal(d, night({{"name", "Another"}}), {}, &last) == "drill.other_scenario");
}

TEST_CASE("an answer given back as the last is the same in every figure (M4)") {
  const desk d = open();
  json question = {{"query", "drill"},
                   {"scenario", night({{"unreachable", {"ana", "ben"}},
                                       {"goals", {{{"measure", "acknowledged"}, {"within", "PT5M"}}}}})}};
  question["last"] = json::parse(answer_document(d, question.dump()));
  json again = json::parse(answer_document(d, question.dump()));
  const json compared = again["compared"];
  CHECK(compared.size() == 5);
  for (const json& row : compared) CHECK(row["verdict"] == "same");
  again.erase("compared");
  CHECK(again.dump() == question["last"].dump());
  question["last"] = json::parse(answer_document(d, question.dump()));  // with a comparison of its own
  CHECK(json::parse(answer_document(d, question.dump()))["compared"] == compared);
}

TEST_CASE("a drill may publish what is not in force yet, and try it out (M4)") {
  const desk d = open();
  json policy = {{"key", "p1"},
                 {"steps",
                  {{{"targets", {{{"kind", "person"}, {"key", "ana"}}}}, {"delay", "PT1M"}},
                   {{"targets", {{{"kind", "person"}, {"key", "ben"}}}}, {"delay", "PT10M"}}}},
                 {"triggers", {{{"on", "logged"}}}}};
  const json publish = {{"command", "publish"}, {"actor", "host"}, {"escalation_policies", {policy}}};
  const json reactions = {{{"person", "ben"}, {"action", "acknowledge"}, {"after", "PT3M"}}};
  const json steps = {step("PT0S", "", publish), step("PT0S", "mail", critical())};
  const json tried = shown(d, play(d, night({{"steps", steps}, {"reactions", reactions}})));
  CHECK(times_of(tried)["acknowledged"] == "PT4M");
  const json now = shown(d, play(d, night({{"reactions", reactions}})));
  CHECK(times_of(now)["acknowledged"] == "PT8M");
}

TEST_CASE("what is hidden from whoever asks stays hidden, whatever the scenario changes (D9, M4)") {
  desk d = open();
  office::tell(
      d,
      office::command(
          "publish", "2026-11-23T07:40:00Z", "host",
          {{"permission_policies",
            {{{"key", "all"}, {"grants", {{{"people", {"ana", "ben"}}, {"commands", {"*"}}, {"queries", {"*"}}}}}}}}}));
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  office::tell(d, office::command("restrict_incident", "2026-11-23T08:01:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"people", {"ana"}}, {"reason", "Personnel"}}));
  const person_ref ben{d.state().words.find(word_kind::person, "ben")};
  const json grant = {
      {"command", "publish"},
      {"actor", "host"},
      {"permission_policies",
       {{{"key", "all"},
         {"grants", {{{"people", {"ana", "ben"}}, {"commands", {"*"}}, {"queries", {"*"}}, {"restricted", true}}}}}}}};
  const json note = {{"command", "add_note"}, {"actor", "host"}, {"incident", "INC0000001"}, {"text", "x"}};
  json by_id = note;
  by_id["incident"] = 1;
  const auto both = [&](const json& c) {
    return night({{"steps", {step("PT0S", "", grant), step("PT1M", "secret", c)}}});
  };
  CHECK(refusal(d, both(note)).empty());
  CHECK(refusal(d, both(note), ben) == "document.unknown_record");
  CHECK(refusal(d, both(by_id), ben) == "record.unknown");
}

TEST_CASE("the desk itself is as it was, and the same scenario and seed give the same bytes (M4, D5)") {
  std::mt19937_64 random(20261124);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const char* people[] = {"ana", "ben", "carla"};
  const char* actions[] = {"acknowledge", "decline", "ignore"};
  desk d = open();
  office::tell(d, office::command("log_incident", "2026-11-23T23:00:00Z", "ana",
                                  {{"title", "Before"}, {"impact", "high"}, {"urgency", "high"}}));
  const picture before(d);
  REQUIRE(before.effects.find("\"page\"") != std::string::npos);
  std::size_t paged = 0;
  for (int turn = 0; turn < 40; ++turn) {
    json steps = json::array();
    for (std::size_t i = 0; i <= pick(4); ++i) {
      steps.push_back(step(("PT" + std::to_string(pick(50)) + "M").c_str(), "", critical()));
    }
    json reactions = json::array();
    for (std::size_t i = 0; i < pick(4); ++i) {
      const char* action = actions[pick(3)];
      json one = {{"person", people[pick(3)]}, {"action", action}, {"chance", pick(101)}};
      if (std::string_view(action) != "ignore") one.update(json{{"after", "PT1M"}, {"at_most", "PT9M"}});
      reactions.push_back(one);
    }
    const json scenario = night({{"seed", turn}, {"steps", steps}, {"reactions", reactions}});
    CAPTURE(scenario.dump());
    const json once = shown(d, play(d, scenario));
    CHECK(once.dump() == shown(d, play(d, scenario)).dump());
    paged += once["pages"].get<std::size_t>();
    for (const json& one : once.at("incidents")) CHECK(one["number"] != "INC0000001");
    CHECK(once["score"].get<int>() >= 0);
    CHECK(once["score"].get<int>() <= 100);
  }
  CHECK(paged > 40);
  CHECK(before == picture(d));
  d.verify();
}
