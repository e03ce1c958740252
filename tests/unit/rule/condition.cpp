#include <tocsin/rule/condition.hpp>

#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>
#include <tocsin/rule/condition_lint.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

#include "sample.hpp"

using namespace tocsin;
using namespace rule_sample;

namespace {

instant at(std::string_view text) { return parse_rfc3339(text).value(); }

const instant now = at("2026-11-22T12:00:00Z");

// Opened two hours ago; due_at, team, assignee, parent, urgency and note are missing.
const ticket& sample() {
  static const ticket one = [] {
    ticket t;
    t.title = "VPN is down in Zürich";
    t.impact = level::high;
    t.lamp = colour::red;
    t.service = {words().add(word_kind::service, "mail")};
    t.caller = {words().add(word_kind::person, "ada")};
    t.vip = true;
    t.count = 3;
    t.score = -7;
    t.opened_at = at("2026-11-22T10:00:00Z");
    t.held_time = 90 * minute;
    t.follows = {42};
    t.tags = {"network", "branch"};
    t.marks = {5, 8};
    t.levels = {level::medium};
    t.device = {"XR-5", 24};
    t.spares = {{"XR-4", 24}, {"XR-6", 48}};
    return t;
  }();
  return one;
}

bool answer(std::string_view rule) { return ask(compile_condition(rule, schema()), sample(), now); }

struct refused {
  std::string reason;
  std::string path;
  std::string found;
  std::string allowed;
};

refused refusal(std::string_view rule) {
  try {
    compile_condition(rule, schema());
  } catch (const error& e) {
    const nlohmann::json detail = nlohmann::json::parse(e.detail());
    return {e.reason(), detail.value("path", ""), detail.value("found", ""), detail.value("allowed", "")};
  }
  return {};
}

std::string why(std::string_view rule) {
  const condition c = compile_condition(rule, schema());
  const void* objects[] = {&sample()};
  const table_objects all{schema(), objects, &words()};
  json_writer to;
  write_explanation(to, explain(c, data_of(all), now));
  return to.take();
}

}  // namespace

TEST_CASE("equality is of values of one type") {
  CHECK(answer(R"({"==": [{"var": "count"}, 3]})"));
  CHECK_FALSE(answer(R"({"==": [{"var": "count"}, 4]})"));
  CHECK(answer(R"({"==": ["high", {"var": "impact"}]})"));
  CHECK(answer(R"({"!=": [{"var": "impact"}, "low"]})"));
  CHECK(answer(R"({"===": [{"var": "service"}, "mail"]})"));
  CHECK(answer(R"({"!==": [{"var": "service"}, "vpn"]})"));
  CHECK(answer(R"({"==": [{"var": "vip"}, true]})"));
  CHECK(answer(R"({"==": [{"var": "title"}, "VPN is down in Zürich"]})"));
  CHECK(answer(R"({"==": [{"var": "follows"}, 42]})"));
  CHECK(answer(R"({"==": [{"var": "device.model"}, "XR-5"]})"));
}

TEST_CASE("instants and durations compare as such, whatever their text") {
  CHECK(answer(R"({"==": [{"var": "opened_at"}, "2026-11-22T11:00:00+01:00"]})"));
  CHECK(answer(R"({"<": [{"var": "opened_at"}, "2026-11-22T10:00:00.000001Z"]})"));
  CHECK(answer(R"({"==": [{"var": "held_time"}, "PT1H30M"]})"));
  CHECK(answer(R"({"<": [{"var": "held_time"}, "PT91M"]})"));
}

TEST_CASE("order is of two, or of three in a row") {
  CHECK(answer(R"({"<": [{"var": "score"}, 0]})"));
  CHECK(answer(R"({"<=": [3, {"var": "count"}]})"));
  CHECK(answer(R"({">": [{"var": "count"}, 2]})"));
  CHECK(answer(R"({">=": [{"var": "count"}, 3]})"));
  CHECK_FALSE(answer(R"({">": [{"var": "count"}, 3]})"));
  CHECK(answer(R"({"<": [1, {"var": "count"}, 4]})"));
  CHECK_FALSE(answer(R"({"<": [1, {"var": "count"}, 3]})"));
  CHECK(answer(R"({"<=": [1, {"var": "count"}, 3]})"));
  CHECK_FALSE(answer(R"({"<=": [4, {"var": "count"}, 9]})"));
}

TEST_CASE("a comparison with a missing value is false, whatever it asks") {
  for (const char* op : {"==", "!=", "<", "<=", ">", ">="}) {
    CAPTURE(op);
    CHECK_FALSE(answer(std::string(R"({")") + op + R"(": [{"var": "due_at"}, "2026-11-22T10:00:00Z"]})"));
  }
  CHECK_FALSE(answer(R"({"!=": [{"var": "assignee"}, "bob"]})"));
  CHECK_FALSE(answer(R"({"==": [{"var": "team"}, {"var": "team"}]})"));
  CHECK_FALSE(answer(R"({"in": [{"var": "urgency"}, ["high", "low"]]})"));
}

TEST_CASE("integers, booleans and durations are there even when they are zero") {
  CHECK(ask(compile_condition(R"({"==": [{"var": "count"}, 0]})", schema()), ticket{}, now));
  CHECK(ask(compile_condition(R"({"<": [{"var": "held_time"}, "PT1S"]})", schema()), ticket{}, now));
  CHECK(ask(compile_condition(R"({"==": [{"var": "vip"}, false]})", schema()), ticket{}, now));
}

TEST_CASE("a path may have a default for when it is missing") {
  CHECK(answer(R"({"==": [{"var": ["urgency", "low"]}, "low"]})"));
  CHECK(answer(R"({"==": [{"var": ["impact", "low"]}, "high"]})"));
  CHECK(answer(R"({"==": [{"var": ["assignee", "nobody"]}, "nobody"]})"));
  CHECK(answer(R"({"<": [{"var": ["due_at", "2026-11-22T09:00:00Z"]}, {"var": "opened_at"}]})"));
}

TEST_CASE("and, or, not: of truths, to a truth") {
  CHECK(answer(R"({"and": [{"var": "vip"}, {"var": "caller"}, true]})"));
  CHECK_FALSE(answer(R"({"and": [{"var": "vip"}, {"var": "confirmed"}]})"));
  CHECK(answer(R"({"or": [{"var": "assignee"}, {"var": "count"}]})"));
  CHECK_FALSE(answer(R"({"or": [{"var": "assignee"}, {"var": "team"}]})"));
  CHECK(answer(R"({"!": {"var": "assignee"}})"));
  CHECK(answer(R"({"!!": [{"var": "tags"}]})"));
  CHECK_FALSE(answer(R"({"!!": {"var": "target"}})"));
  CHECK(answer("true"));
  CHECK_FALSE(answer("false"));
}

TEST_CASE("if chooses a value or a truth") {
  CHECK(answer(R"({"==": [{"if": [{"var": "vip"}, "high", "low"]}, {"var": "impact"}]})"));
  CHECK(answer(
      R"({"<": [{"var": "held_time"}, {"if": [{"var": "confirmed"}, "PT1H", {"var": "vip"}, "PT2H", "PT0S"]}]})"));
  CHECK(answer(R"({"?:": [{"var": "confirmed"}, false, true]})"));
  CHECK_FALSE(answer(R"({"==": [{"if": [{"var": "confirmed"}, 3]}, 3]})"));
}

TEST_CASE("in looks into values, into a list and into a text") {
  CHECK(answer(R"({"in": [{"var": "impact"}, ["medium", "high"]]})"));
  CHECK_FALSE(answer(R"({"in": [{"var": "impact"}, ["medium", "low"]]})"));
  CHECK(answer(R"({"in": [{"var": "count"}, [1, {"+": [1, 2]}]]})"));
  CHECK(answer(R"({"in": ["branch", {"var": "tags"}]})"));
  CHECK_FALSE(answer(R"({"in": ["bran", {"var": "tags"}]})"));
  CHECK(answer(R"({"in": [8, {"var": "marks"}]})"));
  CHECK(answer(R"({"in": ["medium", {"var": "levels"}]})"));
  CHECK(answer(R"({"in": ["Zür", {"var": "title"}]})"));
  CHECK(answer(R"({"in": ["VPN", {"var": "title"}]})"));
  CHECK(answer(R"({"in": ["rich", {"var": "title"}]})"));
  CHECK_FALSE(answer(R"({"in": ["vpn", {"var": "title"}]})"));
  CHECK_FALSE(answer(R"({"in": [{"var": "title"}, "VPN"]})"));
  CHECK(answer(R"({"in": [{"var": "device.model"}, "models XR-4 and XR-5"]})"));
  CHECK_FALSE(answer(R"({"in": ["x", {"var": "note"}]})"));
}

TEST_CASE("lower compares without regard to A to Z") {
  CHECK(answer(R"({"in": ["vpn is", {"lower": {"var": "title"}}]})"));
  CHECK(answer(R"({"==": [{"lower": {"var": "device.model"}}, "xr-5"]})"));
  CHECK_FALSE(answer(R"({"==": [{"lower": {"var": "device.model"}}, "XR-5"]})"));
  CHECK(answer(R"({"==": [{"lower": {"var": "device.model"}}, {"lower": "XR-5"}]})"));
  CHECK_FALSE(answer(R"({"==": [{"lower": {"var": "note"}}, "x"]})"));
}

TEST_CASE("missing asks for any, missing_some for too few") {
  CHECK(answer(R"({"missing": ["impact", "assignee"]})"));
  CHECK_FALSE(answer(R"({"missing": ["impact", "caller", "count"]})"));
  CHECK(answer(R"({"missing": [["team"]]})"));
  CHECK(answer(R"({"missing": "note"})"));
  CHECK_FALSE(answer(R"({"missing_some": [1, ["team", "caller"]]})"));
  CHECK(answer(R"({"missing_some": [2, ["team", "caller"]]})"));
}

TEST_CASE("arithmetic is of integers, durations and instants") {
  CHECK(answer(R"({"==": [{"+": [{"var": "count"}, 1, 2]}, 6]})"));
  CHECK(answer(R"({"==": [{"-": [{"var": "count"}, 5]}, -2]})"));
  CHECK(answer(R"({"==": [{"-": {"var": "score"}}, 7]})"));
  CHECK(answer(R"({"==": [{"*": [{"var": "count"}, -2, 3]}, -18]})"));
  CHECK(answer(R"({"==": [{"%": [{"var": "score"}, 4]}, -3]})"));
  CHECK(answer(R"({"==": [{"-": ["2026-11-22T12:00:00Z", {"var": "opened_at"}]}, "PT2H"]})"));
  CHECK(answer(R"({"==": [{"+": [{"var": "opened_at"}, "PT2H"]}, "2026-11-22T12:00:00Z"]})"));
  CHECK(answer(R"({"==": [{"+": ["P1D", {"var": "opened_at"}]}, "2026-11-23T10:00:00Z"]})"));
  CHECK(answer(R"({"==": [{"*": [2, {"var": "held_time"}]}, "PT3H"]})"));
  CHECK(answer(R"({"==": [{"max": [{"var": "count"}, 9, {"var": "score"}]}, 9]})"));
  CHECK(answer(R"({"<": [{"+": [{"if": [{"var": "vip"}, "PT1H", "PT2H"]}, "PT1H"]}, "PT3H"]})"));
  CHECK(answer(R"({"==": [{"min": [{"var": "held_time"}, "PT1H"]}, "PT1H"]})"));
  CHECK(answer(R"({"==": [{"max": ["2026-01-01T00:00:00Z", {"var": "opened_at"}]}, {"var": "opened_at"}]})"));
}

TEST_CASE("arithmetic with what is missing, on overflow and by zero is missing") {
  constexpr std::string_view most = "9223372036854775807";
  const auto overflows = [](const std::string& calculation) {
    return !answer(R"({"<=": [)" + calculation + ", 0]}") && !answer(R"({">=": [)" + calculation + ", 0]}");
  };
  const std::string max(most);
  CHECK(overflows(R"({"+": [{"var": "count"}, )" + max + "]}"));
  CHECK(overflows(R"({"-": [{"var": "score"}, )" + max + "]}"));
  CHECK(overflows(R"({"*": [{"var": "score"}, )" + max + "]}"));
  CHECK(overflows(R"({"-": [-9223372036854775808]})"));
  CHECK(overflows(R"({"*": [-1, -9223372036854775808]})"));
  CHECK(overflows(R"({"%": [{"var": "score"}, {"-": [{"var": "count"}, 3]}]})"));
  CHECK(answer(R"({"==": [{"%": [-9223372036854775808, -1]}, 0]})"));
  CHECK(answer(R"({"==": [{"-": [-1, )" + max + "]}, -9223372036854775808]}"));
  CHECK_FALSE(answer(R"({"<": [{"+": [{"var": "due_at"}, "PT1H"]}, "2199-01-01T00:00:00Z"]})"));
  CHECK_FALSE(answer(R"({"<": [{"max": [{"var": "due_at"}, {"var": "opened_at"}]}, "2199-01-01T00:00:00Z"]})"));
}

TEST_CASE("age is how long ago, by the instant that is handed in") {
  const condition c = compile_condition(R"({">=": [{"age": {"var": "opened_at"}}, "PT2H"]})", schema());
  CHECK(ask(c, sample(), now));
  CHECK_FALSE(ask(c, sample(), now - microsecond));
  CHECK(c.timed);
  CHECK_FALSE(answer(R"({">": [{"age": {"var": "due_at"}}, "PT0S"]})"));
  CHECK(answer(R"({"<": [{"age": "2026-11-22T13:00:00Z"}, "PT0S"]})"));
  CHECK_FALSE(compile_condition(R"({"var": "vip"})", schema()).timed);
}

TEST_CASE("words that constants name are there for the publisher to look up") {
  const condition c = compile_condition(R"({"in": [{"var": "team"}, ["network", "desk"]]})", schema());
  REQUIRE(c.words.size() == 2);
  CHECK(c.words[1].kind == word_kind::team);
  CHECK(c.words[1].word == "desk");
  CHECK(c.words[1].path == "/in/1/1");
}

TEST_CASE("an unknown path is refused with its place and what is allowed") {
  const refused r = refusal(R"({"and": [{"==": [{"var": "imapct"}, "high"]}]})");
  CHECK(r.reason == "condition.unknown_path");
  CHECK(r.path == "/and/0/==/0/var");
  CHECK(r.found == R"(the unknown path "imapct")");
  CHECK(r.allowed.find("impact") != std::string::npos);
  CHECK(refusal(R"({"missing": ["impact", "nowhere"]})").path == "/missing/1");
  CHECK(refusal(R"({"var": ""})").reason == "condition.unknown_path");
  CHECK(refusal(R"({"var": "old_count"})").reason == "condition.unknown_path");
  CHECK(refusal(R"({"var": "device"})").reason == "condition.unknown_path");
}

TEST_CASE("operands of other types are refused") {
  for (const char* rule : {
           R"({"==": [{"var": "count"}, "3"]})",
           R"({"==": [{"var": "title"}, 3]})",
           R"({"==": [{"var": "impact"}, {"var": "lamp"}]})",
           R"({"==": [{"var": "service"}, {"var": "team"}]})",
           R"({"==": [{"var": "impact"}, 1]})",
           R"({"==": [{"var": "follows"}, "INC0000042"]})",
           R"({"==": [{"var": "count"}, 3.5]})",
           R"({"==": [{"var": "count"}, 1.0]})",
           R"({"==": [{"var": "count"}, 9223372036854775808]})",
           R"({"==": [{"var": "assignee"}, null]})",
           R"({"==": [{"var": "title"}, ""]})",
           R"({"==": [{"var": "tags"}, {"var": "tags"}]})",
           R"({"==": [{"or": [{"var": "impact"}, {"var": "urgency"}]}, "high"]})",
           R"({"<": [{"var": "title"}, "x"]})",
           R"({"<": [{"var": "impact"}, "low"]})",
           R"({"<": ["10", "9"]})",
           R"({"<": [{"var": "vip"}, true]})",
           R"({"<": [{"var": "opened_at"}, {"var": "held_time"}]})",
           R"({"<": [1, {"var": "count"}, "PT1H"]})",
           R"({"and": ["assignee"]})",
           R"({"!": 0})",
           R"("vip")",
           "1",
           "[]",
           "null",
           R"({"if": [{"var": "vip"}, 1, "x"]})",
           R"({"if": ["vip", true, false]})",
           R"({"in": [{"var": "impact"}, [1]]})",
           R"({"in": [{"var": "impact"}, []]})",
           R"({"in": [{"var": "count"}, {"var": "tags"}]})",
           R"({"in": [{"var": "impact"}, "high low"]})",
           R"({"in": [{"var": "tags"}, ["x"]]})",
           R"({"missing": [1]})",
           R"({"missing_some": [3, ["impact", "team"]]})",
           R"({"missing_some": [1, "impact"]})",
           R"({"missing_some": [1, {"var": "impact"}]})",
           R"({"+": [{"var": "title"}, "x"]})",
           R"({"+": [{"var": "opened_at"}, {"var": "opened_at"}]})",
           R"({"+": [{"var": "opened_at"}, 5]})",
           R"({"-": [{"var": "held_time"}, {"var": "opened_at"}]})",
           R"({"-": {"var": "opened_at"}})",
           R"({"*": [{"var": "held_time"}, {"var": "held_time"}]})",
           R"({"%": [{"var": "held_time"}, 2]})",
           R"({"max": [{"var": "impact"}, {"var": "impact"}]})",
           R"({"age": {"var": "held_time"}})",
           R"({"lower": {"var": "impact"}})",
           R"({"var": ["count", {"var": "score"}]})",
           R"({"var": ["count", "x"]})",
           R"({"var": {"var": "title"}})",
           R"({"var": 1})",
       }) {
    CAPTURE(rule);
    CHECK(refusal(rule).reason == "condition.type_mismatch");
  }
}

TEST_CASE("constants must be of the form and the choice that is asked for") {
  const refused choice = refusal(R"({"in": [{"var": "impact"}, ["high", "hihg"]]})");
  CHECK(choice.reason == "condition.unknown_choice");
  CHECK(choice.path == "/in/1/1");
  CHECK(choice.allowed == "high, medium, low");
  CHECK(refusal(R"({"<": [{"var": "opened_at"}, "2026-11-22"]})").reason == "condition.malformed_value");
  CHECK(refusal(R"({"<": [{"var": "held_time"}, "2h"]})").reason == "condition.malformed_value");
  CHECK(refusal(R"({"==": [{"if": [true, "high", "none"]}, {"var": "impact"}]})").path == "/==/0/if/2");
}

TEST_CASE("unknown operators, odd numbers of operands and what is no condition are refused") {
  const refused unknown = refusal(R"({"/=": [{"var": "count"}, 2]})");
  CHECK(unknown.reason == "condition.unknown_operator");
  CHECK(unknown.path == "/~1=");
  CHECK(unknown.allowed.find("missing_some") != std::string::npos);
  CHECK(refusal(R"({"concat": ["a"]})").reason == "condition.unknown_operator");
  for (const char* rule :
       {R"({"==": [1]})", R"({"==": [1, 2, 3]})", R"({">": [3, 2, 1]})", R"({"and": []})", R"({"!": []})",
        R"({"var": []})", R"({"missing": []})", R"({"missing": [[]]})", R"({"if": [true]})"}) {
    CAPTURE(rule);
    CHECK(refusal(rule).reason == "condition.wrong_operands");
  }
  CHECK(refusal("{}").reason == "condition.malformed");
  CHECK(refusal(R"({"!": true, "!!": true})").reason == "condition.malformed");
  CHECK(refusal(R"({"!": true)").reason == "condition.malformed");
  CHECK(refusal("").reason == "condition.malformed");
}

TEST_CASE("a condition has a greatest size and depth") {
  std::string wide = R"({"or": [true)";
  for (std::size_t i = 0; i < limits::condition_steps_max - 2; ++i) wide += ",true";
  CHECK(answer(wide + "]}"));
  CHECK(refusal(wide + ",true]}").reason == "condition.too_large");
  CHECK(refusal(std::string(limits::condition_bytes_max + 1, ' ')).reason == "condition.too_large");
  const auto nested = [](std::size_t depth) {
    std::string rule = "true";
    for (std::size_t i = 0; i < depth; ++i) rule = R"({"!!":)" + rule + "}";
    return rule;
  };
  CHECK(answer(nested(limits::condition_depth_max)));
  CHECK(refusal(nested(limits::condition_depth_max + 1)).reason == "condition.too_deep");
}

TEST_CASE("a text that was made to be slow is searched in one go") {
  ticket t;
  t.note = std::string(128'000, 'a');
  t.title = std::string(64'000, 'a') + "b";
  const condition c = compile_condition(R"({"in": [{"var": "title"}, {"var": "note"}]})", schema());
  CHECK_FALSE(ask(c, t, now));
  t.note += 'b';
  CHECK(ask(c, t, now));
}

TEST_CASE("several objects and the host's own fields are one set of data") {
  static constexpr type_row text_type = detail::type_of<std::string>;
  static constexpr type_row custom_choice = [] {
    type_row row;
    row.kind = field_kind::choice;
    return row;
  }();
  condition_schema both;
  both.add(ticket::fields(), "before.", 0);
  both.add(ticket::fields(), "after.", 1);
  const std::size_t own = both.paths.size();
  both.add("custom.site", text_type);
  both.add("custom.tier", custom_choice);
  CHECK_THROWS_AS(both.add("custom.site", text_type), error);

  ticket before;
  before.count = 1;
  struct host_data {
    table_objects tables;
    std::size_t own;
  };
  const void* objects[] = {&before, &sample()};
  const host_data host{{both, objects, &words()}, own};
  const condition_data data{
      .context = &host,
      .value = [](const void* context, std::size_t path, instant) noexcept -> condition_value {
        const auto& h = *static_cast<const host_data*>(context);
        if (path < h.own) return value_at(h.tables, path);
        if (path == h.own) return {.kind = field_kind::text, .given = true, .text = "Bern"};
        return {.kind = field_kind::choice, .given = true, .text = "gold"};
      },
      .count = [](const void* c,
                  std::size_t p) noexcept { return count_at(static_cast<const host_data*>(c)->tables, p); },
      .item = [](const void* c, std::size_t p,
                 std::size_t i) noexcept { return item_at(static_cast<const host_data*>(c)->tables, p, i); }};
  const auto holds_of_all = [&](std::string_view rule) { return holds(compile_condition(rule, both), data, now); };
  CHECK(holds_of_all(R"({"<": [{"var": "before.count"}, {"var": "after.count"}]})"));
  CHECK(holds_of_all(R"({"==": [{"var": "custom.site"}, "Bern"]})"));
  CHECK(holds_of_all(R"({"==": [{"var": "custom.tier"}, "gold"]})"));
  CHECK(holds_of_all(R"({"in": ["branch", {"var": "after.tags"}]})"));

  objects[1] = nullptr;
  CHECK(holds_of_all(R"({"missing": ["after.count"]})"));
  CHECK_FALSE(holds_of_all(R"({"in": ["branch", {"var": "after.tags"}]})"));
}

TEST_CASE("a value of another kind than the schema says counts as missing") {
  condition_schema one;
  one.add("n", detail::type_of<std::int64_t>);
  const condition_data data{.value = [](const void*, std::size_t, instant) noexcept -> condition_value {
    return {.kind = field_kind::text, .given = true, .text = "7"};
  }};
  CHECK(holds(compile_condition(R"({"missing": "n"})", one), data, now));
}

TEST_CASE("what was never compiled does not hold") { CHECK_FALSE(ask(condition{}, sample(), now)); }

TEST_CASE("an explanation shows each part with the values it saw") {
  CHECK(why(R"({"<": [{"var": "held_time"}, "PT1H"]})") ==
        R"({"operator":"<","result":false,"operands":[{"var":"held_time","value":"PT1H30M"},{"value":"PT1H"}]})");
  CHECK(why(R"({"==": [{"var": "assignee"}, "bob"]})") ==
        R"({"operator":"==","result":false,"operands":[{"var":"assignee","value":"missing"},{"value":"bob"}]})");
  CHECK(why(R"({"and": [false, {"in": ["branch", {"var": "tags"}]}]})") ==
        R"({"operator":"and","result":false,"operands":[{"value":"false"},)"
        R"({"operator":"in","result":true,"operands":[{"value":"branch"},)"
        R"({"var":"tags","value":"[\"network\",\"branch\"]"}]}]})");
  CHECK(why(R"({">": [{"age": {"var": "opened_at"}}, "PT4H"]})") ==
        R"({"operator":">","result":false,"operands":[{"operator":"age","result":"PT2H",)"
        R"("operands":[{"var":"opened_at","value":"2026-11-22T10:00:00Z"}]},{"value":"PT4H"}]})");
  CHECK(why(R"({"if": [{"var": "vip"}, {"var": "confirmed"}, true]})") ==
        R"({"operator":"if","result":false,"operands":[{"var":"vip","value":"true"},)"
        R"({"var":"confirmed","value":"false"}]})");
  CHECK(why(R"({"==": [{"lower": {"var": "device.model"}}, "xr-5"]})") ==
        R"({"operator":"==","result":true,"operands":[{"operator":"lower","result":"xr-5",)"
        R"("operands":[{"var":"device.model","value":"XR-5"}]},{"value":"xr-5"}]})");
}

TEST_CASE("division is of integers and durations, towards zero; by zero it is missing") {
  CHECK(answer(R"({"==": [{"/": [{"var": "score"}, 2]}, -3]})"));
  CHECK(answer(R"({"==": [{"/": [{"var": "held_time"}, 4]}, "PT22M30S"]})"));
  CHECK(answer(R"({"==": [{"/": [{"var": "held_time"}, "PT40M"]}, 2]})"));
  CHECK_FALSE(answer(R"({"==": [{"/": [{"var": "count"}, 0]}, 0]})"));
  CHECK_FALSE(answer(R"({"!=": [{"/": [{"var": "count"}, 0]}, 0]})"));
  CHECK(refusal(R"({"==": [{"/": [{"var": "opened_at"}, 2]}, 1]})").reason == "condition.type_mismatch");
}

TEST_CASE("texts begin, end, contain one of several, are cut and put together") {
  CHECK(answer(R"({"starts_with": [{"var": "title"}, "VPN"]})"));
  CHECK_FALSE(answer(R"({"starts_with": [{"var": "title"}, "vpn"]})"));
  CHECK(answer(R"({"starts_with": [{"lower": {"var": "title"}}, "vpn"]})"));
  CHECK(answer(R"({"ends_with": [{"var": "title"}, "Zürich"]})"));
  CHECK_FALSE(answer(R"({"ends_with": [{"var": "note"}, "Zürich"]})"));
  CHECK(answer(R"({"contains_any": [{"var": "title"}, ["mail", "down"]]})"));
  CHECK_FALSE(answer(R"({"contains_any": [{"var": "title"}, ["mail", "up"]]})"));
  CHECK(answer(R"({"contains_any": [{"var": "tags"}, ["office", "branch"]]})"));
  CHECK_FALSE(answer(R"({"contains_any": [{"var": "tags"}, ["office"]]})"));
  CHECK(answer(R"({"==": [{"substr": [{"var": "title"}, 0, 3]}, "VPN"]})"));
  CHECK(answer(R"({"==": [{"substr": [{"var": "title"}, -6]}, "Zürich"]})"));
  CHECK(answer(R"({"==": [{"substr": [{"var": "title"}, -6, -4]}, "Zü"]})"));
  CHECK(answer(R"({"missing_some": [1, ["note"]]})"));
  CHECK_FALSE(answer(R"({"!!": {"substr": [{"var": "title"}, 99]}})"));
  CHECK(answer(R"({"==": [{"cat": [{"var": "device.model"}, "/", {"var": "count"}, "/", {"var": "impact"}]}, "XR-5/3/high"]})"));
  CHECK(answer(R"({"==": [{"lower": {"cat": [{"var": "device.model"}, "X"]}}, "xr-5x"]})"));
  CHECK(answer(R"({"==": [{"cat": [{"lower": {"cat": ["A", "B"]}}, "C"]}, "abC"]})"));
  CHECK_FALSE(answer(R"({"!=": [{"cat": ["a", {"var": "note"}]}, "a"]})"));
}

TEST_CASE("a text that is put together beyond the limit is missing") {
  std::string parts;
  for (int i = 0; i < 200; ++i) parts += (i == 0 ? "" : ",") + std::string(R"({"var": "title"})");
  CHECK_FALSE(answer(R"({"!!": {"cat": [)" + parts + "]}}"));
}

TEST_CASE("the hour and the day of the week are those of a zone, now or at an instant") {
  CHECK(answer(R"({"==": [{"hour": "Europe/Berlin"}, 13]})"));
  CHECK(answer(R"({"==": [{"weekday": "Europe/Berlin"}, "sunday"]})"));
  CHECK(answer(R"({"==": [{"weekday": ["Pacific/Auckland", {"var": "opened_at"}]}, "sunday"]})"));
  CHECK(answer(R"({"==": [{"weekday": ["Pacific/Auckland", "2026-11-22T11:00:00Z"]}, "monday"]})"));
  CHECK(answer(R"({"in": [{"weekday": "Europe/Berlin"}, ["saturday", "sunday"]]})"));
  CHECK_FALSE(answer(R"({"==": [{"hour": ["Europe/Berlin", {"var": "due_at"}]}, 13]})"));
  CHECK(answer(R"({"==": [{"now": []}, "2026-11-22T12:00:00Z"]})"));
  CHECK(compile_condition(R"({"<": [{"hour": "UTC"}, 8]})", schema()).timed);
  CHECK_FALSE(compile_condition(R"({"<": [{"hour": ["UTC", {"var": "opened_at"}]}, 8]})", schema()).timed);
  const refused unknown = refusal(R"({"==": [{"hour": "Europe/Berlim"}, 13]})");
  CHECK(unknown.reason == "condition.unknown_zone");
  CHECK(unknown.allowed.find("Europe/Berlin") != std::string::npos);
  CHECK(refusal(R"({"==": [{"weekday": "UTC"}, "Monday"]})").reason == "condition.unknown_choice");
}

TEST_CASE("open hours and business age go by a named calendar") {
  business_calendar_definition office{.key = "office", .zone = "Europe/Berlin"};
  office.weekly.push_back({.days = {week_day::sunday}, .start = {10, 0}, .end = {12, 0}});
  static const business_calendar calendar = business_calendar::compile(office);
  const auto answer_at = [](std::string_view rule, instant when) {
    const void* objects[] = {&sample()};
    const table_objects all{schema(), objects, &words()};
    condition_data data = data_of(all);
    data.calendar = [](const void*, std::string_view key) noexcept -> const business_calendar* {
      return key == "office" ? &calendar : nullptr;
    };
    return holds(compile_condition(rule, schema()), data, when);
  };
  CHECK(answer_at(R"({"open_in": "office"})", at("2026-11-22T10:30:00Z")));
  CHECK_FALSE(answer_at(R"({"open_in": "office"})", now));
  CHECK(answer_at(R"({"open_in": ["office", {"var": "opened_at"}]})", now));
  CHECK(answer_at(R"({"==": [{"business_age": [{"var": "opened_at"}, "office"]}, "PT1H"]})", now));
  CHECK(answer_at(R"({"==": [{"business_age": [{"var": "opened_at"}, "24x7"]}, "PT2H"]})", now));
  CHECK_FALSE(answer_at(R"({"!!": {"business_age": [{"var": "due_at"}, "office"]}})", now));
  CHECK_FALSE(answer_at(R"({"open_in": "nowhere"})", now));
  const condition named = compile_condition(R"({"open_in": "office"})", schema());
  REQUIRE(named.words.size() == 1);
  CHECK(named.words[0].kind == word_kind::business_calendar);
  CHECK(named.timed);
}

TEST_CASE("changed, from and to compare with the record as it was") {
  ticket before = sample();
  before.impact = level::low;
  before.tags.pop_back();
  const auto then = [&](std::string_view rule) { return ask(compile_condition(rule, schema()), sample(), before, now); };
  CHECK(then(R"({"changed": "impact"})"));
  CHECK(then(R"({"changed": "tags"})"));
  CHECK_FALSE(then(R"({"changed": "urgency"})"));
  CHECK(then(R"({"==": [{"from": "impact"}, "low"]})"));
  CHECK(then(R"({"==": [{"to": "impact"}, "high"]})"));
  CHECK_FALSE(then(R"({"==": [{"to": "service"}, "mail"]})"));
  CHECK_FALSE(answer(R"({"changed": "impact"})"));
  CHECK_FALSE(answer(R"({"!!": {"to": "impact"}})"));
  CHECK(compile_condition(R"({"changed": "impact"})", schema()).asks_changes);
  CHECK(refusal(R"({"==": [{"from": "tags"}, "a"]})").reason == "condition.type_mismatch");
}

TEST_CASE("some, all and none look at the items of a list of objects") {
  CHECK(answer(R"({"some": [{"var": "spares"}, {"==": [{"var": "model"}, "XR-6"]}]})"));
  CHECK(answer(R"({"all": [{"var": "spares"}, {">=": [{"var": "ports"}, 24]}]})"));
  CHECK_FALSE(answer(R"({"all": [{"var": "spares"}, {">": [{"var": "ports"}, 24]}]})"));
  CHECK(answer(R"({"none": [{"var": "spares"}, {"==": [{"var": "model"}, "XR-5"]}]})"));
  const auto of_none = [](std::string_view rule) { return ask(compile_condition(rule, schema()), ticket{}, now); };
  CHECK_FALSE(of_none(R"({"some": [{"var": "spares"}, true]})"));
  CHECK_FALSE(of_none(R"({"all": [{"var": "spares"}, true]})"));
  CHECK(of_none(R"({"none": [{"var": "spares"}, true]})"));
  CHECK(refusal(R"({"some": [{"var": "spares"}, {"==": [{"var": "title"}, "a"]}]})").reason == "condition.unknown_path");
  CHECK(refusal(R"({"some": [{"var": "tags"}, true]})").allowed.find("spares") != std::string::npos);
  CHECK(why(R"({"some": [{"var": "spares"}, {"==": [{"var": "ports"}, 48]}]})") ==
        R"({"operator":"some","result":true,"operands":[{"var":"spares","value":"2 of them"},)"
        R"({"value":"false"},{"value":"true"}]})");
}

TEST_CASE("a refusal begins with the place of the condition in its document") {
  try {
    compile_condition(R"({"==": [{"var": "titel"}, "a"]})", schema(), "/rules/0/when");
    FAIL("it was compiled");
  } catch (const error& e) {
    CHECK(std::string(e.what()).starts_with("/rules/0/when/==/0/var: found the unknown path \"titel\""));
    CHECK(nlohmann::json::parse(e.detail())["path"] == "/rules/0/when/==/0/var");
  }
  CHECK_THROWS_WITH_AS(compile_condition("nonsense", schema(), "/where"), doctest::Contains("/where: "), error);
  CHECK_THROWS_WITH_AS(compile_condition("7", schema()), doctest::Contains("the condition: found "), error);
}

TEST_CASE("an unknown path shows the nearest ones and the custom fields") {
  condition_schema custom = schema();
  custom.add("custom.site", detail::type_of<std::string>);
  custom.add("custom.floor", detail::type_of<std::string>);
  try {
    compile_condition(R"({"==": [{"var": "site"}, "a"]})", custom);
    FAIL("it was compiled");
  } catch (const error& e) {
    const std::string what = e.what();
    CHECK(what.find(R"(did you mean "custom.site")") != std::string::npos);
    CHECK(what.find("Custom fields: custom.site, custom.floor") != std::string::npos);
  }
  CHECK(refusal(R"({"==": [{"var": "tittle"}, "a"]})").allowed.find(R"(did you mean "title"?)") == 0);
}

TEST_CASE("a choice that is declared elsewhere is a word for the publisher to look up") {
  condition_schema custom = schema();
  custom.add("custom.site", detail::type_of<std::string>).own_choices = true;
  const condition c = compile_condition(R"({"in": [{"var": "custom.site"}, ["bern", "wien"]]})", custom);
  REQUIRE(c.words.size() == 2);
  CHECK(c.words[0].choice_of == "custom.site");
  CHECK(c.words[1].word == "wien");
  CHECK(c.words[1].path == "/in/1/1");
}

TEST_CASE("constants compared, what never holds and what always holds are odd, and nothing else is") {
  const auto odd = [](std::string_view rule) {
    const std::vector<std::string> found = lint(compile_condition(rule, schema()), schema());
    return found.empty() ? std::string() : found.front();
  };
  CHECK(odd(R"({"==": ["impact", "high"]})") == R"(== compares constants alone; did you mean {"var": "impact"}?)");
  CHECK(odd(R"({"or": [{"var": "vip"}, {"in": ["a", ["b", "c"]]}]})") == "in compares constants alone");
  CHECK(odd(R"({"and": [{"==": [{"var": "impact"}, "high"]}, {"==": [{"var": "impact"}, "low"]}]})") == "it never holds");
  CHECK(odd(R"({"or": [{"var": "vip"}, {"!": {"var": "vip"}}]})") == "it always holds");
  CHECK(odd(R"({"or": [{"==": [{"var": "impact"}, "high"]}, {"!=": [{"var": "impact"}, "high"]}]})").empty());
  CHECK(odd(R"({"!!": {"var": "tags"}})").empty());
  CHECK(odd(R"({"<": [{"age": {"var": "opened_at"}}, "PT1H"]})").empty());
  CHECK(odd(R"({"open_in": "office"})").empty());
  CHECK(odd(R"({"some": [{"var": "spares"}, {"==": [{"var": "ports"}, 1]}]})").empty());
}
