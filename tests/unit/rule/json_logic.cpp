#include <tocsin/rule/json_logic.hpp>

#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

using namespace tocsin;

namespace {

std::string applied(std::string_view rule, std::string_view data = "null") { return json_logic(rule).apply(data); }

std::string refusal(std::string_view rule, std::string_view data = "null") {
  try {
    json_logic(rule).apply(data);
  } catch (const error& e) {
    return e.reason();
  }
  return "none";
}

std::string case_file() {
  const char* other = std::getenv("TOCSIN_JSON_LOGIC_CASES");
  return other ? other : TOCSIN_SOURCE_DIR "/tests/unit/rule/json_logic/cases.tsv";
}

std::string result_or_refusal(std::string_view rule, std::string_view data) {
  try {
    return applied(rule, data);
  } catch (const error& e) {
    return e.code() == status::invalid_argument ? "!" : e.what();
  }
}

}  // namespace

TEST_CASE("results are those of the reference implementation") {
  std::ifstream cases(case_file());
  REQUIRE(cases);
  std::size_t count = 0;
  for (std::string line; std::getline(cases, line); ++count) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    const std::string rule = line.substr(0, first);
    const std::string data = line.substr(first + 1, second - first - 1);
    CAPTURE(rule);
    CAPTURE(data);
    CHECK(result_or_refusal(rule, data) == line.substr(second + 1));
  }
  CHECK(count >= 400);
}

TEST_CASE("equality coerces, and strict equality does not") {
  CHECK(applied(R"({"==": [1, "1"]})") == "true");
  CHECK(applied(R"({"===": [1, "1"]})") == "false");
  CHECK(applied(R"({"==": [0, ""]})") == "true");
  CHECK(applied(R"({"==": [null, 0]})") == "false");
  CHECK(applied(R"({"==": [[1], 1]})") == "true");
  CHECK(applied(R"({"!=": [true, "1"]})") == "false");
  CHECK(applied(R"({"!==": [1, 1]})") == "false");
}

TEST_CASE("lists are equal only if they are the same list") {
  CHECK(applied(R"({"==": [[1], [1]]})") == "false");
  CHECK(applied(R"({"==": [{"var": "a"}, {"var": "a"}]})", R"({"a": [1]})") == "true");
  CHECK(applied(R"({"in": [{"var": "a.0"}, {"var": "a"}]})", R"({"a": [[1], [1]]})") == "true");
}

TEST_CASE("order is of texts if both are, and of numbers otherwise") {
  CHECK(applied(R"({"<": ["10", "9"]})") == "true");
  CHECK(applied(R"({"<": ["10", 9]})") == "false");
  CHECK(applied(R"({"<": [1, 2, 3]})") == "true");
  CHECK(applied(R"({"<=": [1, 1, 0]})") == "false");
  CHECK(applied(R"({"<": [1, 2, null]})") == "false");
  CHECK(applied(R"({">": [2, 1, 5]})") == "true");
  CHECK(applied(R"({">=": ["x", 0]})") == "false");
  CHECK(applied(R"({"<": [null, 3]})") == "true");
}

TEST_CASE("text goes by UTF-16, as in JavaScript") {
  CHECK(applied(R"({"var": "t.length"})", R"({"t": "a😀"})") == "3");
  CHECK(applied(R"({"<": ["😀", "￥"]})") == "true");
  CHECK(applied(R"({"substr": ["a😀b", 0, 2]})") == R"("a\ud83d")");
  CHECK(applied(R"({"cat": [{"substr": ["😀", 0, 1]}, {"substr": ["😀", 1]}]})") == R"("😀")");
}

TEST_CASE("truth is JsonLogic's: an empty list is none, the text 0 is one") {
  CHECK(applied(R"({"!!": [[]]})") == "false");
  CHECK(applied(R"({"!!": ["0"]})") == "true");
  CHECK(applied(R"({"!": [""]})") == "true");
  CHECK(applied(R"({"!!": {}})") == "true");
  CHECK(json_logic(R"({"var": "a"})").holds(R"({"a": "0"})"));
  CHECK_FALSE(json_logic(R"({"var": "a"})").holds(R"({"a": []})"));
}

TEST_CASE("and, or and if answer their operands") {
  CHECK(applied(R"({"and": [1, "", 3]})") == R"("")");
  CHECK(applied(R"({"and": [1, 3]})") == "3");
  CHECK(applied(R"({"or": [0, "x"]})") == R"("x")");
  CHECK(applied(R"({"or": []})") == "null");
  CHECK(applied(R"({"if": [false, 1, true, 2, 3]})") == "2");
  CHECK(applied(R"({"if": [false, 1]})") == "null");
  CHECK(applied(R"({"?:": [0, 1, 2]})") == "2");
  CHECK(applied(R"({"if": [true, 1, {"nothing": []}]})") == "1");
}

TEST_CASE("var walks through objects, lists and texts, and has a default") {
  constexpr std::string_view data = R"({"a": {"b": [10, {"c": "xyz"}]}, "n": null})";
  CHECK(applied(R"({"var": "a.b.1.c"})", data) == R"("xyz")");
  CHECK(applied(R"({"var": "a.b.1.c.2"})", data) == R"("z")");
  CHECK(applied(R"({"var": ["a.x", 5]})", data) == "5");
  CHECK(applied(R"({"var": ["n", 5]})", data) == "null");
  CHECK(applied(R"({"var": ["n.m", 5]})", data) == "5");
  CHECK(applied(R"({"var": ""})", "[1,2]") == "[1,2]");
  CHECK(applied(R"({"var": 1})", "[1,2]") == "2");
  CHECK(applied(R"({"var": "constructor"})", data) == "null");
}

TEST_CASE("missing names what is not there") {
  CHECK(applied(R"({"missing": ["a", "b", "c"]})", R"({"a": "x", "b": ""})") == R"(["b","c"])");
  CHECK(applied(R"({"missing": [["a", "z"]]})", R"({"a": 0})") == R"(["z"])");
  CHECK(applied(R"({"missing_some": [1, ["a", "z"]]})", R"({"a": 0})") == "[]");
  CHECK(applied(R"({"missing_some": [2, ["a", "y", "z"]]})", R"({"a": 0})") == R"(["y","z"])");
}

TEST_CASE("arithmetic is on doubles, written as JavaScript writes them") {
  CHECK(applied(R"({"+": [0.1, 0.2]})") == "0.30000000000000004");
  CHECK(applied(R"({"+": ["3.5px", 1]})") == "4.5");
  CHECK(applied(R"({"-": ["3.5px", 1]})") == "null");
  CHECK(applied(R"({"-": [2]})") == "-2");
  CHECK(applied(R"({"*": [1e20, 10]})") == "1e+21");
  CHECK(applied(R"({"*": [1e20, 5]})") == "500000000000000000000");
  CHECK(applied(R"({"/": [1, 10000000]})") == "1e-7");
  CHECK(applied(R"({"/": [1, 1000000]})") == "0.000001");
  CHECK(applied(R"({"/": [1, 0]})") == "null");
  CHECK(applied(R"({"cat": [{"/": [-1, 0]}]})") == R"("-Infinity")");
  CHECK(applied(R"({"%": [-7, 3]})") == "-1");
  CHECK(applied(R"({"max": [1, "3", 2]})") == "3");
  CHECK(applied(R"({"min": [1, "x"]})") == "null");
  CHECK(applied(R"({"cat": [5e-324, " ", 1.7976931348623157e308]})") == R"("5e-324 1.7976931348623157e+308")");
}

TEST_CASE("lists are mapped, filtered, reduced, merged and asked") {
  constexpr std::string_view data = R"({"n": [1, 2, 3, 4]})";
  CHECK(applied(R"({"map": [{"var": "n"}, {"*": [{"var": ""}, 2]}]})", data) == "[2,4,6,8]");
  CHECK(applied(R"({"filter": [{"var": "n"}, {">": [{"var": ""}, 2]}]})", data) == "[3,4]");
  CHECK(applied(R"({"reduce": [{"var": "n"}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]})", data) == "10");
  CHECK(applied(R"({"all": [{"var": "n"}, {">": [{"var": ""}, 0]}]})", data) == "true");
  CHECK(applied(R"({"all": [[], true]})") == "false");
  CHECK(applied(R"({"none": [[], true]})") == "true");
  CHECK(applied(R"({"some": [{"var": "n"}, {"==": [{"var": ""}, 4]}]})", data) == "true");
  CHECK(applied(R"({"merge": [1, [2, [3]]]})") == "[1,2,[3]]");
  CHECK(applied(R"({"in": ["b", "abc"]})") == "true");
  CHECK(applied(R"({"in": [1, ["1"]]})") == "false");
  CHECK(applied(R"({"log": "x"})") == R"("x")");
}

TEST_CASE("what is no rule stands for itself") {
  CHECK(applied("7") == "7");
  CHECK(applied(R"({"a": 1, "b": {"nothing": 1}})") == R"({"a":1,"b":{"nothing":1}})");
  CHECK(applied("{}") == "{}");
  CHECK(applied(R"([1, {"+": [1, 1]}])") == "[1,2]");
}

TEST_CASE("what the reference throws at is refused, when it is met") {
  CHECK(refusal(R"({"nothing": 1})") == "json_logic.unknown_operator");
  CHECK(refusal(R"({"if": [true, 1, {"nothing": 1}]})") == "none");
  CHECK(refusal(R"({"*": []})") == "json_logic.not_applicable");
  CHECK(refusal(R"({"missing_some": [1, null]})") == "json_logic.not_applicable");
  CHECK(refusal(R"({"==": [1,})") == "condition.malformed");
  CHECK(refusal("1", "{") == "condition.malformed");
}

TEST_CASE("a rule cannot take more than its share") {
  const std::string deep = std::string(200, '[') + std::string(200, ']');
  CHECK(refusal(deep) == "condition.too_deep");
  CHECK(refusal(std::string(limits::json_logic_rule_bytes_max + 1, ' ')) == "condition.too_large");

  std::string items = "[0";
  for (int i = 0; i < 5'000; ++i) items += ",0";
  items += "]";
  const auto reduced = [&](const std::string& step) {
    return refusal(R"({"reduce": [{"var": ""}, )" + step + R"(, "ab"]})", items);
  };
  CHECK(reduced(R"({"cat": [{"var": "accumulator"}, {"var": "accumulator"}]})") == "json_logic.too_much_work");
  CHECK(reduced(R"({"merge": [{"var": "accumulator"}, {"var": "accumulator"}]})") == "json_logic.too_much_work");
  CHECK(reduced(R"([{"var": "accumulator"}])") == "condition.too_deep");
  CHECK(reduced(R"({"==": [{"cat": [[{"var": "accumulator"}]]}, [{"var": "accumulator"}]]})") == "none");
  CHECK(refusal(R"({"missing": [{"reduce": [{"var": ""}, [{"var": "accumulator"}], "a"]}]})", items) ==
        "condition.too_deep");
  CHECK(refusal(R"({"map": [{"var": ""}, {"map": [[1,2,3,4,5,6,7,8,9], {"map": [[1,2,3,4,5,6,7,8,9],
                 {"map": [[1,2,3,4,5,6,7,8,9], {"var": ""}]}]}]}]})",
                items) == "json_logic.too_much_work");
}
