// Conditions without a desk, line by line.
#include <doctest/doctest.h>

#include <fstream>

#include <nlohmann/json.hpp>

#include <tocsin/rule/condition_document.hpp>

using namespace tocsin;
using json = nlohmann::ordered_json;

namespace {

struct given_lines {
  condition_session session;

  json say(const json& line) { return json::parse(session.answer(line.dump())); }
  json field(std::string_view path, std::string_view kind, const json& more = json::object()) {
    json line = {{"define", "field"}, {"path", path}, {"kind", kind}};
    line.update(more);
    return say(line);
  }
  json explain(const json& condition, const json& data = json::object(), const json& more = json::object()) {
    json line = {{"operation", "explain"}, {"condition", condition}, {"data", data}};
    line.update(more);
    return say(line);
  }
};

std::string reason_of(const json& answer) { return answer.contains("error") ? answer["error"]["reason"] : ""; }
std::string path_of(const json& answer) { return answer["error"]["detail"].value("path", ""); }

json is(std::string_view path, const json& value) { return {{"==", {{{"var", path}}, value}}}; }

given_lines with_fields() {
  given_lines given;
  given.field("team", "text");
  given.field("priority", "choice", {{"choices", {"high", "low"}}});
  given.field("vip", "boolean");
  given.field("reopen_count", "integer");
  given.field("opened_at", "instant");
  given.field("held_time", "duration");
  given.field("skills", "texts");
  given.field("custom.site", "text");
  return given;
}

}  // namespace

TEST_CASE("each example of docs/conditions.md is answered as it says") {
  std::ifstream page(TOCSIN_SOURCE_DIR "/docs/conditions.md");
  REQUIRE(page.good());
  condition_session session;
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
  CHECK(count >= 7);
}

TEST_CASE("each kind of value stands at its path, given whole or by its parts") {
  given_lines given = with_fields();
  const json data = {{"team", "net"},
                     {"priority", "high"},
                     {"vip", true},
                     {"reopen_count", 2},
                     {"held_time", "PT30M"},
                     {"opened_at", "2026-11-22T08:00:00Z"},
                     {"skills", {"vpn", "mail"}},
                     {"custom", {{"site", "bern"}}}};
  for (const json& condition :
       {is("team", "net"), is("priority", "high"), is("reopen_count", 2), is("custom.site", "bern"),
        is("opened_at", "2026-11-22T09:00:00+01:00"), is("held_time", "PT30M"), json{{"var", "vip"}},
        json{{"in", {"mail", {{"var", "skills"}}}}}}) {
    CAPTURE(condition.dump());
    CHECK(given.explain(condition, data)["holds"] == true);
    CHECK(given.explain(condition)["holds"] == false);
  }
  CHECK(given.explain(is("custom.site", "bern"), {{"custom.site", "bern"}})["holds"] == true);
  CHECK(given.explain({{"missing", "team"}}, {{"team", ""}})["holds"] == true);
}

TEST_CASE("data that cannot be, and names that nothing has, are refused with their place") {
  given_lines given = with_fields();
  const json asked = is("team", "net");
  const auto refusal = [&](const json& data) {
    const json answer = given.explain(asked, data);
    return reason_of(answer) + " " + path_of(answer);
  };
  CHECK(refusal({{"team", 1}}) == "condition.refused /data/team");
  CHECK(refusal({{"vip", "yes"}}) == "condition.refused /data/vip");
  CHECK(refusal({{"reopen_count", "2"}}) == "condition.refused /data/reopen_count");
  CHECK(refusal({{"opened_at", "2026-11-22"}}) == "condition.refused /data/opened_at");
  CHECK(refusal({{"held_time", "30 minutes"}}) == "condition.refused /data/held_time");
  CHECK(refusal({{"skills", {"a", 1}}}) == "condition.refused /data/skills/1");
  CHECK(refusal({{"priority", "hgh"}}) == "condition.unknown_choice /data/priority");
  CHECK(refusal({{"custom", {{"sit", "x"}}}}) == "condition.unknown_path /data/custom/sit");
  CHECK(refusal({{"custom", {{"site", "x"}}}, {"custom.site", "y"}}) == "condition.refused /data/custom.site");
  CHECK(refusal(json::array()) == "condition.refused /data");
  CHECK(reason_of(given.explain(is("priority", "hgh"))) == "condition.unknown_choice");
  CHECK(path_of(given.explain(is("priority", "hgh"))) == "/condition/==/1");
  CHECK(reason_of(given.explain(is("tema", "net"))) == "condition.unknown_path");
  CHECK(reason_of(given.explain({{"changed", "team"}})) == "condition.refused");
}

TEST_CASE("what changes with time alone needs an instant to be asked at") {
  given_lines given = with_fields();
  const json old = {{">", {{{"age", {{"var", "opened_at"}}}}, "PT1H"}}};
  const json data = {{"opened_at", "2026-11-22T08:00:00Z"}};
  CHECK(path_of(given.explain(old, data)) == "/at");
  CHECK(given.explain(old, data, {{"at", "2026-11-22T08:30:00Z"}})["holds"] == false);
  CHECK(given.explain(old, data, {{"at", "2026-11-22T09:30:00Z"}})["holds"] == true);
}

TEST_CASE(
    "a declaration that cannot be is refused, one that comes again replaces the first, and no more are taken than the "
    "limit") {
  given_lines given;
  CHECK(reason_of(given.field("p", "choice")) == "condition.refused");
  CHECK(reason_of(given.field("p", "text", {{"choices", {"a"}}})) == "condition.refused");
  CHECK(reason_of(given.field("p", "number")) == "document.unknown_choice");
  CHECK(reason_of(given.field("p", "integer")).empty());
  CHECK(given.explain(is("p", 1), {{"p", 1}})["holds"] == true);
  CHECK(reason_of(given.field("p", "text")).empty());
  CHECK(given.explain(is("p", "1"), {{"p", "1"}})["holds"] == true);
  for (std::size_t i = 1; i < limits::condition_fields_max; ++i) given.field("p" + std::to_string(i), "text");
  CHECK(reason_of(given.field("one more", "text")) == "condition.too_many");
  CHECK(reason_of(given.field("p7", "integer")).empty());
}

TEST_CASE("what is odd about a condition is said with its answer") {
  given_lines given = with_fields();
  const json answer = given.explain({{"==", {"team", "net"}}});
  REQUIRE(answer.contains("warnings"));
  CHECK(answer["warnings"][0].get<std::string>().rfind("/condition: ", 0) == 0);
}

TEST_CASE("lines of conditions in, lines out; a line of the book that cannot be fails the call, with its number") {
  const std::string field = R"({"define":"field","path":"team","kind":"text"})";
  const std::string asked = R"({"operation":"explain","condition":{"missing":"team"}})";
  const std::string all = answer_condition_lines("", field + "\n\n" + asked + "\n");
  CHECK(answer_condition_lines(field, asked) == all.substr(all.find('\n') + 1));
  CHECK_THROWS_WITH(answer_condition_lines(field + "\nnonsense", ""), doctest::Contains("line 2 of the book"));
}
