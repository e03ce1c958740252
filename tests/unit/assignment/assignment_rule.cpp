// What is wrong with assignment rules, alone and together (I2, R-P10).
#include <doctest/doctest.h>

#include <tocsin/assignment/assignment_rule.hpp>

using namespace tocsin;

namespace {

assignment_rule rule(const char* key, std::int64_t order, const char* condition = "") {
  assignment_rule r;
  r.key = key;
  r.order = order;
  r.condition.text = condition;
  r.strategy = assignment_strategy::round_robin;
  r.team = "desk";
  return r;
}

constexpr const char* high = R"({"==":[{"var":"priority"},"critical"]})";

void check_finding(const assignment_rule& r, const char* what) {
  CAPTURE(what);
  const std::vector<std::string> found = lint(r);
  REQUIRE(found.size() == 1);
  CHECK_MESSAGE(found[0].find(what) != std::string::npos, found[0]);
}

std::vector<rule_finding> lint_all(const std::vector<assignment_rule>& rules) { return lint(std::span(rules)); }

void check_finding(const std::vector<assignment_rule>& rules, std::size_t place, const char* what) {
  CAPTURE(what);
  const std::vector<rule_finding> found = lint_all(rules);
  REQUIRE(found.size() == 1);
  CHECK(found[0].place == place);
  CHECK_MESSAGE(found[0].what.find(what) != std::string::npos, found[0].what);
}

}  // namespace

TEST_CASE("each strategy says what it needs, and what it does not take (I2)") {
  CHECK(lint(rule("a", 1)).empty());
  assignment_rule r = rule("a", 1);
  r.team.clear();
  r.if_nobody = nobody_fallback::next_rule;
  check_finding(r, "/team: round_robin needs a team");
  r = rule("a", 1);
  r.person = "ann";
  check_finding(r, "/person: round_robin takes none");
  r = rule("a", 1);
  r.wanted_skills = {{"german", 1}};
  check_finding(r, "/wanted_skills: round_robin takes none");
  r = rule("a", 1);
  r.schedule = "primary";
  check_finding(r, "/schedule: round_robin takes none");
  r.strategy = assignment_strategy::on_call;
  CHECK(lint(r).empty());
  r.schedule.clear();
  CHECK(lint(r).empty());  // its team's own, if that has one: a desk knows
  r.team.clear();
  r.if_nobody = nobody_fallback::next_rule;
  check_finding(r, "/schedule: on_call needs it");
  r = rule("a", 1);
  r.strategy = assignment_strategy::by_skills;
  check_finding(r, "by_skills needs skills");
  r.mandatory_skills = {{"german", 1}, {"german", 2}};
  check_finding(r, "/mandatory_skills/1: \"german\" is there twice");
}

TEST_CASE("somebody, or a team, must get it where nobody can (I2)") {
  assignment_rule r = rule("a", 1);
  r.strategy = assignment_strategy::fixed;
  CHECK(lint(r).empty());
  r.if_nobody = nobody_fallback::next_rule;
  check_finding(r, "/if_nobody: no person is chosen here");
  r = rule("a", 1);
  r.strategy = assignment_strategy::fixed;
  r.team.clear();
  check_finding(r, "/person: fixed needs a person, a team or both");
  r.person = "ann";
  check_finding(r, "/team: there must be one that gets it where nobody can");
  r.if_nobody = nobody_fallback::next_rule;
  CHECK(lint(r).empty());
  r = rule("a", 1);
  r.strategy = assignment_strategy::fixed;
  r.working_hours = true;
  check_finding(r, "ask something of people");
  r = rule("a", 1);
  r.strategy = assignment_strategy::host;
  r.team.clear();
  CHECK(lint(r).empty());
}

TEST_CASE("a default is required: the last rule takes every record, and has a last word (I2)") {
  CHECK(lint(std::span<const assignment_rule>()).empty());
  CHECK(lint_all({rule("b", 2), rule("a", 1, high)}).empty());
  check_finding({rule("a", 1, high)}, 0, "there is no default");
  assignment_rule open_hours = rule("a", 1);
  open_hours.calendar = "office";
  check_finding({open_hours}, 0, "there is no default");
  assignment_rule goes_on = rule("a", 1);
  goes_on.if_nobody = nobody_fallback::next_rule;
  check_finding({goes_on}, 0, "there is no default");
  CHECK(lint_all({goes_on, rule("b", 2)}).empty());
  assignment_rule retired = rule("b", 2);
  retired.retired = true;
  check_finding({rule("a", 1, high), retired}, 0, "there is no default");
  retired.key = "a";
  CHECK(lint_all({retired}).empty());  // none is in force
}

TEST_CASE("a rule that never gets its turn is found, and so are two of one order (I2)") {
  check_finding({rule("b", 2, high), rule("a", 1)}, 0, "\"a\" before it takes every record");
  check_finding({rule("a", 1, high), rule("b", 2, high), rule("c", 3)}, 1, "\"a\" before it takes the same records");
  check_finding({rule("a", 1, high), rule("b", 1)}, 1, "\"a\" has 1, too");
  assignment_rule goes_on = rule("a", 1, high);
  goes_on.if_nobody = nobody_fallback::next_rule;
  CHECK(lint_all({goes_on, rule("b", 2, high), rule("c", 3)}).empty());
}
