#include <tocsin/problem/document.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

using namespace tocsin;
using nlohmann::json;

namespace {

// "09:05" of 2 March 2026, or "03T09:05".
std::string at(const std::string& when) { return "2026-03-" + (when.size() == 5 ? "02T" + when : when) + ":00Z"; }

struct given_lines {
  recurrence_session session;

  json say(const json& line) { return json::parse(session.answer(line.dump())); }
  json incident(const std::string& key, const std::string& when, json more = json::object()) {
    more.update({{"define", "incident"}, {"key", key}, {"opened_at", at(when)}});
    return say(more);
  }
  json mail(const std::string& key, const std::string& when, json more = json::object()) {
    more["service"] = "mail";
    return incident(key, when, more);
  }
  json decide(int proposal, const std::string& outcome, const std::string& when, json more = json::object()) {
    more.update({{"define", "decision"}, {"proposal", proposal}, {"outcome", outcome}, {"at", at(when)}});
    return say(more);
  }
  json proposals() { return say({{"operation", "proposals"}})["proposals"]; }
};

json rule_of(const json& group_by, int count, const std::string& window, json more = json::object()) {
  more.update({{"define", "recurrence_rule"}, {"group_by", group_by}, {"count", count}, {"window", window}});
  if (!more.contains("key")) more["key"] = "r";
  return more;
}

given_lines with_rule(const json& group_by, int count, const std::string& window, json more = json::object()) {
  given_lines given;
  REQUIRE(given.say(rule_of(group_by, count, window, more)) == json({{"defined", "recurrence_rule"}, {"key", "r"}}));
  return given;
}

std::string reason_of(const json& answer) { return answer.contains("error") ? answer["error"]["reason"] : ""; }

}  // namespace

TEST_CASE("each example of docs/recurrence.md is answered as it says") {
  std::ifstream page(TOCSIN_SOURCE_DIR "/docs/recurrence.md");
  REQUIRE(page.good());
  recurrence_session session;
  bool in_example = false;
  std::string answer;
  std::size_t count = 0;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("```", 0) == 0) {
      in_example = line == "```jsonl";
    } else if (in_example && line.rfind("=> ", 0) == 0) {
      CHECK(answer == line.substr(3));
      ++count;
    } else if (in_example) {
      answer = session.answer(line);
    }
  }
  CHECK(count >= 20);
}

TEST_CASE("the incident that makes the count proposes a problem, with those that it counted (P4)") {
  given_lines given = with_rule({"service"}, 3, "PT24H");
  CHECK_FALSE(given.mail("A", "09:00").contains("proposed"));
  CHECK_FALSE(given.incident("X", "09:30", {{"service", "print"}}).contains("proposed"));
  CHECK_FALSE(given.mail("B", "10:00").contains("proposed"));
  const json answer = given.mail("C", "11:00");
  REQUIRE(answer["proposed"].size() == 1);
  CHECK(answer["proposed"][0]["group"] == json({{"service", "mail"}}));
  CHECK(answer["proposed"][0]["incidents"] == json({"A", "B", "C"}));
  CHECK(answer["proposed"][0]["proposed_at"] == at("11:00"));
}

TEST_CASE("the window leaves out its beginning and has its end (P4)") {
  SUBCASE("one opened a window ago to the microsecond does not count") {
    given_lines given = with_rule({"service"}, 2, "PT1H");
    given.mail("A", "09:00");
    CHECK_FALSE(given.mail("B", "10:00").contains("proposed"));
  }
  SUBCASE("one opened a microsecond later does") {
    given_lines given = with_rule({"service"}, 2, "PT1H");
    given.say(
        {{"define", "incident"}, {"key", "A"}, {"service", "mail"}, {"opened_at", "2026-03-02T09:00:00.000001Z"}});
    CHECK(given.mail("B", "10:00").contains("proposed"));
  }
  SUBCASE("one opened at the same instant does") {
    given_lines given = with_rule({"service"}, 2, "PT1H");
    given.mail("A", "09:00");
    CHECK(given.mail("B", "09:00").contains("proposed"));
  }
  SUBCASE("one opened later and logged before does not: the window ends where the incident was opened") {
    given_lines given = with_rule({"service"}, 2, "PT1H");
    given.mail("A", "09:30");
    CHECK_FALSE(given.mail("B", "09:00").contains("proposed"));
    CHECK(given.mail("C", "09:10")["proposed"][0]["incidents"] == json({"B", "C"}));
  }
}

TEST_CASE("a group has one open proposal; later incidents join it, whenever they were opened (P4)") {
  given_lines given = with_rule({"service"}, 2, "PT1H");
  given.mail("A", "09:00");
  given.mail("B", "09:01");
  const json joined = given.mail("C", "20T09:00");
  CHECK_FALSE(joined.contains("proposed"));
  CHECK(joined["joined"] == json::array({{{"proposal", 1}, {"rule", "r"}}}));
  given.mail("D", "01T09:00");
  REQUIRE(given.proposals().size() == 1);
  CHECK(given.proposals()[0]["incidents"] == json({"A", "B"}));
  CHECK(given.proposals()[0]["joined"] == json({"C", "D"}));
}

TEST_CASE("later incidents join the problem that a proposal became, until it is closed (P4)") {
  given_lines given = with_rule({"service"}, 2, "PT1H");
  given.mail("A", "09:00");
  given.mail("B", "09:01");
  CHECK(given.decide(1, "accepted", "09:05", {{"problem", "PRB1"}}) ==
        json({{"defined", "decision"}, {"proposal", 1}}));
  CHECK(given.mail("C", "09:10")["joined"] == json::array({{{"proposal", 1}, {"rule", "r"}, {"problem", "PRB1"}}}));
  given.say({{"define", "problem"}, {"key", "PRB1"}, {"open", false}});
  const json again = given.mail("D", "09:30");
  CHECK_FALSE(again.contains("joined"));
  CHECK(again["proposed"][0]["incidents"] == json({"A", "B", "C", "D"}));
  CHECK(again["proposed"][0]["proposal"] == 2);
}

TEST_CASE("a problem that is opened again takes incidents again (P4)") {
  given_lines given = with_rule({"service"}, 2, "PT1H");
  given.mail("A", "09:00");
  given.mail("B", "09:01");
  given.decide(1, "accepted", "09:05", {{"problem", "PRB1"}});
  given.say({{"define", "problem"}, {"key", "PRB1"}, {"open", false}});
  given.say({{"define", "problem"}, {"key", "PRB1"}, {"open", true}});
  CHECK(given.mail("C", "09:10")["joined"][0]["problem"] == "PRB1");
}

TEST_CASE("after a rejection only incidents opened since count (P4)") {
  given_lines given = with_rule({"service"}, 2, "PT24H");
  given.mail("A", "09:00");
  given.mail("B", "09:01");
  given.decide(1, "rejected", "10:00", {{"reason", "two different causes"}});
  SUBCASE("those of before do not make the count") {
    CHECK_FALSE(given.mail("C", "11:00").contains("proposed"));
    CHECK(given.mail("D", "12:00")["proposed"][0]["incidents"] == json({"C", "D"}));
  }
  SUBCASE("one opened before and logged after neither counts nor proposes") {
    CHECK_FALSE(given.mail("C", "09:59").contains("proposed"));
    CHECK_FALSE(given.mail("D", "11:00").contains("proposed"));
  }
  SUBCASE("one opened at the instant of the rejection was not opened since") {
    CHECK_FALSE(given.mail("C", "10:00").contains("proposed"));
    CHECK_FALSE(given.mail("D", "11:00").contains("proposed"));
  }
  SUBCASE("the rejection holds also after a later proposal's problem was closed") {
    given.mail("C", "11:00");
    given.mail("D", "12:00");
    given.decide(2, "accepted", "12:30", {{"problem", "PRB1"}});
    given.say({{"define", "problem"}, {"key", "PRB1"}, {"open", false}});
    CHECK(given.mail("E", "13:00")["proposed"][0]["incidents"] == json({"C", "D", "E"}));
  }
  SUBCASE("another group goes on") {
    given.incident("X", "11:00", {{"service", "print"}});
    CHECK(given.incident("Y", "11:01", {{"service", "print"}}).contains("proposed"));
  }
}

TEST_CASE("a merged proposal lives on in what it was merged into (P4)") {
  given_lines given = with_rule({"service"}, 2, "PT24H");
  given.mail("A", "09:00");
  given.mail("B", "09:01");
  given.incident("X", "09:02", {{"service", "print"}});
  given.incident("Y", "09:03", {{"service", "print"}});
  given.decide(2, "merged", "09:10", {{"into", 1}});
  CHECK(given.incident("Z", "09:20", {{"service", "print"}})["joined"] ==
        json::array({{{"proposal", 1}, {"rule", "r"}}}));
  CHECK(given.proposals()[0]["joined"] == json({"X", "Y", "Z"}));
  SUBCASE("rejected with it") {
    given.decide(1, "rejected", "09:30", {{"reason", "no"}});
    CHECK_FALSE(given.incident("W", "09:40", {{"service", "print"}}).contains("proposed"));
    CHECK(given.incident("V", "09:41", {{"service", "print"}})["proposed"][0]["incidents"] == json({"W", "V"}));
  }
  SUBCASE("a problem with it") {
    given.decide(1, "accepted", "09:30", {{"problem", "P"}});
    CHECK(given.incident("W", "09:40", {{"service", "print"}})["joined"][0]["problem"] == "P");
  }
}

TEST_CASE("requests, duplicates, cancelled ones and children do not count (P4)") {
  for (const json& what :
       {json{{"type", "request"}}, json{{"duplicate_of", "A"}}, json{{"state", "cancelled"}}, json{{"parent", "A"}}}) {
    CAPTURE(what.dump());
    given_lines given = with_rule({"service"}, 2, "PT24H");
    given.mail("A", "09:00");
    json more = what;
    CHECK_FALSE(given.mail("B", "09:01", more).contains("proposed"));
    CHECK(given.mail("C", "09:02")["proposed"][0]["incidents"] == json({"A", "C"}));
    CHECK_FALSE(given.mail("D", "09:03", more).contains("joined"));
  }
}

TEST_CASE("an incident counts as it is now: said again, it stops counting, and proposes nothing (P4)") {
  given_lines given = with_rule({"service"}, 2, "PT24H");
  given.mail("A", "09:00");
  given.mail("A", "09:00", {{"state", "cancelled"}});
  CHECK_FALSE(given.mail("B", "09:01").contains("proposed"));
  CHECK_FALSE(given.mail("A", "09:00").contains("proposed"));
  CHECK(given.mail("C", "09:02")["proposed"][0]["incidents"] == json({"A", "B", "C"}));
}

TEST_CASE("a missing value groups nothing (P4)") {
  given_lines given = with_rule({"service", "customer"}, 2, "PT24H");
  given.mail("A", "09:00");
  CHECK_FALSE(given.mail("B", "09:01").contains("proposed"));
  given.incident("C", "09:02", {{"customer", "acme"}});
  CHECK_FALSE(given.incident("D", "09:03", {{"customer", "acme"}}).contains("proposed"));
  given.mail("E", "09:04", {{"customer", "acme"}});
  CHECK(given.mail("F", "09:05", {{"customer", "acme"}})["proposed"][0]["group"] ==
        json({{"service", "mail"}, {"customer", "acme"}}));
}

TEST_CASE("a category groups at its level; a shorter path has none there (P4)") {
  given_lines given = with_rule({"category"}, 2, "PT24H", {{"category_level", 2}});
  given.incident("A", "09:00", {{"category", {"network", "vpn", "client"}}});
  CHECK_FALSE(given.incident("B", "09:01", {{"category", {"network"}}}).contains("proposed"));
  CHECK_FALSE(given.incident("C", "09:02", {{"category", {"network", "wifi"}}}).contains("proposed"));
  CHECK(given.incident("D", "09:03", {{"category", {"network", "vpn"}}})["proposed"][0]["group"] ==
        json({{"category", {"network", "vpn"}}}));
}

TEST_CASE("without a level the whole path groups (P4)") {
  given_lines given = with_rule({"category"}, 2, "PT24H");
  given.incident("A", "09:00", {{"category", {"network", "vpn"}}});
  CHECK_FALSE(given.incident("B", "09:01", {{"category", {"network"}}}).contains("proposed"));
  CHECK_FALSE(given.incident("C", "09:02").contains("proposed"));
  CHECK(given.incident("D", "09:03", {{"category", {"network", "vpn"}}}).contains("proposed"));
}

TEST_CASE("an incident is in a group for each of its items and error codes (P4)") {
  given_lines given = with_rule({"item", "error_code"}, 2, "PT24H");
  given.incident("A", "09:00", {{"items", {"db1", "db2"}}, {"title", "ORA-00600 in db"}});
  const json answer =
      given.incident("B", "09:01", {{"items", {"db2", "db3", "db2"}}, {"error_codes", {"ora-00600", "ORA-12541"}}});
  REQUIRE(answer["proposed"].size() == 1);
  CHECK(answer["proposed"][0]["group"] == json({{"item", "db2"}, {"error_code", "ora-00600"}}));
}

TEST_CASE("case, order, numbers and punctuation make no other symptom (P4)") {
  CHECK(fingerprint_of("VPN down on host 12!") == "down host on vpn");
  CHECK(fingerprint_of("Down: the host42 on VPN, vpn") == "down on the vpn");
  CHECK(fingerprint_of("Straße gesperrt") == fingerprint_of("GESPERRT STRASSE"));
  CHECK(fingerprint_of("4711") == "");
  given_lines given = with_rule({"fingerprint"}, 2, "PT24H");
  given.incident("A", "09:00", {{"title", "Host 7: VPN down"}});
  CHECK(given.incident("B", "09:01", {{"title", "vpn DOWN, host 12"}})["proposed"][0]["group"] ==
        json({{"fingerprint", "down host vpn"}}));
  given.incident("C", "09:02", {{"fingerprint", "own"}, {"title", "x"}});
  CHECK(given.incident("D", "09:03", {{"fingerprint", "own"}, {"title", "y"}})["proposed"].size() == 1);
}

TEST_CASE("fingerprints that are like enough are one symptom, named by the first (P4)") {
  CHECK(likeness_of("down vpn", "down vpn").at_least(100));
  CHECK_FALSE(likeness_of("down vpn", "print").at_least(1));
  // " ab", "ab " and " cd", "cd " against " ab", "ab ": 2 * 2 / (4 + 2)
  const likeness_fraction like = likeness_of("ab cd", "ab");
  CHECK(like.numerator == 4);
  CHECK(like.denominator == 6);
  given_lines given = with_rule({"fingerprint"}, 3, "PT24H", {{"likeness", 70}});
  given.incident("A", "09:00", {{"title", "Outlook cannot connect to exchange"}});
  given.incident("B", "09:01", {{"title", "Outlok cannot conect to exchange"}});
  CHECK(given.incident("C", "09:02", {{"title", "outlook can not connect to exchange 2"}})["proposed"][0]["group"] ==
        json({{"fingerprint", "cannot connect exchange outlook to"}}));
}

TEST_CASE("the condition says which incidents it is about (P4)") {
  given_lines given =
      with_rule({"service"}, 2, "PT24H", {{"condition", {{"in", {{{"var", "priority"}}, {"critical", "high"}}}}}});
  given.mail("A", "09:00", {{"priority", "high"}});
  CHECK_FALSE(given.mail("B", "09:01", {{"priority", "low"}}).contains("proposed"));
  CHECK(given.mail("C", "09:02", {{"priority", "critical"}})["proposed"][0]["incidents"] == json({"A", "C"}));
  CHECK_FALSE(given.mail("D", "09:03", {{"priority", "low"}}).contains("joined"));
}

TEST_CASE("each rule proposes by itself, in the order of keys (P4)") {
  given_lines given;
  given.say(rule_of({"service"}, 2, "PT24H", {{"key", "b"}}));
  given.say(rule_of({"customer"}, 2, "PT24H", {{"key", "a"}}));
  given.mail("A", "09:00", {{"customer", "acme"}});
  const json answer = given.mail("B", "09:01", {{"customer", "acme"}});
  REQUIRE(answer["proposed"].size() == 2);
  CHECK(answer["proposed"][0]["rule"] == "a");
  CHECK(answer["proposed"][1]["rule"] == "b");
}

TEST_CASE("a rule counts what was logged before it, and proposes when the next one is logged (P4)") {
  given_lines given;
  given.mail("A", "09:00");
  given.mail("B", "09:01");
  CHECK_FALSE(given.say(rule_of({"service"}, 2, "PT24H")).contains("proposed"));
  CHECK(given.mail("C", "09:02")["proposed"][0]["incidents"] == json({"A", "B", "C"}));
}

TEST_CASE("a rule that is defined anew keeps its proposals and rejections (P4)") {
  given_lines given = with_rule({"service"}, 2, "PT24H");
  given.mail("A", "09:00");
  given.mail("B", "09:01");
  given.say(rule_of({"service"}, 3, "PT1H"));
  CHECK(given.mail("C", "09:02")["joined"][0]["proposal"] == 1);
}

TEST_CASE("one incident of a kind is enough for a rule with a count of one") {
  given_lines given = with_rule({"service"}, 1, "PT1S");
  CHECK(given.mail("A", "09:00")["proposed"][0]["incidents"] == json({"A"}));
}

TEST_CASE("the confidence says by parts where it comes from") {
  given_lines given = with_rule({"service", "fingerprint"}, 2, "PT1H");
  given.mail("O", "08:00", {{"title", "Inbox is full 1"}});  // the window before: (07:30, 08:30]
  given.mail("A", "09:00", {{"title", "Inbox is full 2"}});
  const json made = given.mail("B", "09:30", {{"title", "Inbox full is"}})["proposed"][0];
  CHECK(made["words"] == json({"full", "inbox", "is"}));
  // 125 * 2 / 2; 250 * 2 / 3; 250 * 6 / 7 words; 150 + 50
  CHECK(made["parts"] == json({{"count", 125}, {"burst", 166}, {"text", 214}, {"grouping", 200}}));
  CHECK(made["confidence"] == 705);
}

TEST_CASE("groups answers how many there are in a window, most first (R-C09)") {
  given_lines given = with_rule({"service"}, 9, "PT1H");
  given.mail("A", "09:00");
  given.mail("B", "09:30");
  given.incident("C", "09:31", {{"service", "print"}});
  given.incident("D", "09:32", {{"service", "vpn"}, {"state", "cancelled"}});
  const json asked = {{"operation", "groups"}, {"rule", "r"}, {"at", at("09:59")}};
  CHECK(given.say(asked)["groups"] == json::array({{{"group", {{"service", "mail"}}}, {"count", 2}},
                                                   {{"group", {{"service", "print"}}}, {"count", 1}}}));
  json later = asked;
  later["at"] = at("10:00");
  later["limit"] = 1;
  CHECK(given.say(later)["groups"] == json::array({{{"group", {{"service", "mail"}}}, {"count", 1}}}));
}

TEST_CASE("a Pareto counts by value, with the share of all (R-C09)") {
  given_lines given;
  given.mail("A", "09:00");
  given.mail("B", "09:30");
  given.incident("C", "09:31", {{"service", "print"}});
  given.incident("D", "09:32");
  given.incident("E", "10:00", {{"service", "print"}});
  const json answer =
      given.say({{"operation", "pareto"}, {"by", "service"}, {"from", at("09:00")}, {"until", at("10:00")}});
  CHECK(answer["incidents"] == 4);
  CHECK(answer["without"] == 1);
  CHECK(answer["values"] ==
        json::array({{{"value", "mail"}, {"count", 2}, {"permille", 666}, {"cumulative_permille", 666}},
                     {{"value", "print"}, {"count", 1}, {"permille", 333}, {"cumulative_permille", 1000}}}));
}

TEST_CASE("what is wrong with a line is its answer, and changes nothing") {
  const auto reason = [](const json& line) {
    given_lines given = with_rule({"service"}, 2, "PT24H");
    given.mail("A", "09:00");
    given.mail("B", "09:00");
    const json before = given.proposals();
    const std::string result = reason_of(given.say(line));
    CHECK(given.proposals() == before);
    CHECK(given.mail("C", "09:30")["joined"][0]["proposal"] == 1);
    return result;
  };
  const auto decision = [](json more) {
    more.update({{"define", "decision"}, {"at", at("10:00")}});
    if (!more.contains("proposal")) more["proposal"] = 1;
    return more;
  };
  CHECK(reason(rule_of(json::array(), 2, "PT1H")) == "document.missing_field");
  CHECK(reason(rule_of({"service", "service"}, 2, "PT1H")) == "recurrence.refused");
  CHECK(reason(rule_of({"service"}, 2, "PT1H", {{"category_level", 1}})) == "recurrence.refused");
  CHECK(reason(rule_of({"service"}, 2, "PT1H", {{"likeness", 60}})) == "recurrence.refused");
  CHECK(reason(rule_of({"service"}, 2, "PT1H", {{"condition", {{"==", {{{"var", "nonsense"}}, 1}}}}})) ==
        "condition.unknown_path");
  CHECK(reason(rule_of({"service"}, 2, "PT1H",
                       {{"condition", {{">", {{{"age", {{"var", "opened_at"}}}}, "PT1H"}}}}})) == "recurrence.refused");
  CHECK(reason(rule_of({"service"}, 2, "PT1H", {{"condition", {{"changed", "service"}}}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "accepted"}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "accepted"}, {"problem", "P"}, {"into", 1}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "rejected"}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "rejected"}, {"reason", "no"}, {"problem", "P"}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "merged"}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "merged"}, {"into", 1}, {"problem", "P"}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "open"}})) == "recurrence.refused");
  CHECK(reason(decision({{"outcome", "merged"}, {"into", 1}})) == "recurrence.decided");
  CHECK(reason(decision({{"outcome", "merged"}, {"into", 7}})) == "recurrence.unknown_proposal");
  CHECK(reason(decision({{"proposal", 2}, {"outcome", "rejected"}, {"reason", "no"}})) ==
        "recurrence.unknown_proposal");
  CHECK(reason({{"operation", "groups"}, {"rule", "x"}, {"at", at("09:00")}}) == "recurrence.unknown_rule");
  CHECK(reason({{"operation", "proposals"}, {"rule", "x"}}) == "recurrence.unknown_rule");
  CHECK(reason({{"operation", "pareto"},
                {"by", "service"},
                {"from", at("09:00")},
                {"until", at("10:00")},
                {"category_level", 1}}) == "recurrence.refused");
  for (const json& line :
       {json{{"define", "nonsense"}}, json{{"operation", "nonsense"}}, json::object(), json::array(), json(1),
        json{{"define", "incident"}, {"key", "Z"}}, json{{"define", "incident"}, {"opened_at", at("09:00")}},
        json{{"define", "incident"}, {"key", "Z"}, {"opened_at", "yesterday"}},
        json{{"define", "incident"}, {"key", "Z"}, {"opened_at", at("09:00")}, {"color", "red"}},
        json{{"define", "problem"}, {"key", "P"}}, rule_of({"colour"}, 2, "PT1H"), rule_of({"service"}, 0, "PT1H"),
        rule_of({"service"}, 10'001, "PT1H"), rule_of({"service"}, 2, "PT0S"), rule_of({"service"}, 2, "P3651D"),
        rule_of({"service"}, 2, "PT1H", {{"likeness", 49}}), rule_of({"category"}, 2, "PT1H", {{"category_level", 17}}),
        decision({{"proposal", 0}, {"outcome", "rejected"}, {"reason", "no"}})}) {
    CAPTURE(line.dump());
    CHECK(reason(line) != "");
  }
  std::vector<std::string> too_many(limits::recurrence_items_max + 1, "x");
  CHECK(reason({{"define", "incident"}, {"key", "Z"}, {"opened_at", at("09:00")}, {"items", too_many}}) != "");
}

TEST_CASE("what is decided is decided, and what is closed takes no proposal") {
  given_lines given = with_rule({"service"}, 2, "PT24H");
  given.mail("A", "09:00");
  given.mail("B", "09:00");
  given.say({{"define", "problem"}, {"key", "P"}, {"open", false}});
  CHECK(reason_of(given.decide(1, "accepted", "10:00", {{"problem", "P"}})) == "recurrence.closed_problem");
  CHECK(reason_of(given.decide(1, "rejected", "10:00", {{"reason", "no"}})) == "");
  CHECK(reason_of(given.decide(1, "rejected", "10:00", {{"reason", "no"}})) == "recurrence.decided");
}

TEST_CASE("no more rules are taken than the limit, but those that are there may be defined anew") {
  given_lines given;
  for (std::size_t i = 0; i < limits::recurrence_rules_max; ++i) {
    given.say(rule_of({"service"}, 2, "PT1H", {{"key", "r" + std::to_string(i)}}));
  }
  CHECK(reason_of(given.say(rule_of({"service"}, 2, "PT1H", {{"key", "one more"}}))) == "recurrence.too_many");
  CHECK(reason_of(given.say(rule_of({"service"}, 3, "PT1H", {{"key", "r7"}}))) == "");
}

TEST_CASE("lines in, lines out; a line of the book that cannot be fails the call, with its number") {
  const std::string rule = rule_of({"service"}, 1, "PT1H").dump();
  const std::string incident = R"({"define":"incident","key":"A","service":"mail","opened_at":"2026-03-02T09:00:00Z"})";
  const std::string asked = R"({"operation":"proposals"})";
  const std::string all = answer_recurrence_lines("", rule + "\n\n" + incident + "\n" + asked + "\n");
  CHECK(answer_recurrence_lines(rule + "\n" + incident, asked) == all.substr(all.rfind("{\"proposals\"")));
  CHECK_THROWS_WITH(answer_recurrence_lines(rule + "\n" + asked + "\nnonsense", ""),
                    doctest::Contains("line 3 of the book"));
}
