// Automation rules: what is wrong with one, in which order they are asked, and which may set each other off (I3).
#include <doctest/doctest.h>

#include <tocsin/automation/automation_rule.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

using namespace tocsin;

namespace {

std::uint32_t seed() {
  const char* said = std::getenv("TOCSIN_SEED");
  return said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : 20261123u;
}

automation_rule rule(const char* key, std::vector<std::string> on, std::vector<std::string> commands) {
  automation_rule r;
  r.key = key;
  r.on = std::move(on);
  for (std::string& command : commands) r.actions.push_back({std::move(command), {}, {}, {}});
  return r;
}

std::vector<std::vector<std::string>> circles(const std::vector<automation_rule>& rules) {
  std::vector<const automation_rule*> all;
  for (const automation_rule& one : rules) all.push_back(&one);
  return circles_of(all);
}

bool finds(const automation_rule& r, std::string_view what) {
  const std::vector<std::string> found = lint_form(r);
  return std::ranges::any_of(found, [&](const std::string& f) { return f.find(what) != std::string::npos; });
}

}  // namespace

TEST_CASE("a rule that can be kept has no findings (I3)") {
  CHECK(lint_form(rule("a", {"incident_logged"}, {"add_note", "assign_incident"})).empty());
}

TEST_CASE("each thing that is wrong with the form of a rule is found (I3)") {
  automation_rule r = rule("a", {"incident_logged", "incident_logged"}, {"close_incident"});
  r.record_types = {"incident", "incident"};
  CHECK(finds(r, "on/1: \"incident_logged\" is there twice"));
  CHECK(finds(r, "record_types/1"));
  CHECK(finds(r, "actions/0/command: no rule may give \"close_incident\" (allowed: add_note"));
  r.event_when.text = "true";
  CHECK(finds(r, "event_when: `on` must name one event"));
  r.actions = {{}, {"add_note", {}, "x", {}}, {"add_note", {}, {}, {"{}"}}, {{}, {"{}"}, "x", {}}};
  CHECK(finds(r, "actions/0: give either a command or a run"));
  CHECK(finds(r, "actions/1: give either a command or a run"));
  CHECK(finds(r, "actions/2/parameters: only a run has them"));
  CHECK(finds(r, "actions/3/with: only a command has it"));
}

TEST_CASE("rules are asked by their order, and equal ones by their keys (I3)") {
  std::vector<automation_rule> rules = {rule("b", {}, {}), rule("a", {}, {}), rule("c", {}, {})};
  rules[0].order = 2;
  rules[1].order = 2;
  rules[2].order = 1;
  std::ranges::sort(rules, comes_before);
  CHECK(rules[0].key == "c");
  CHECK(rules[1].key == "a");
  CHECK(rules[2].key == "b");
}

TEST_CASE("rules that may set each other off are a circle, told once (I3)") {
  using found = std::vector<std::vector<std::string>>;
  CHECK(circles({rule("a", {"incident_logged"}, {"add_note"})}).empty());
  CHECK(circles({rule("a", {"note_added"}, {"add_note"})}) == found{{"a", "a"}});
  const automation_rule answer = rule("answer", {"note_added"}, {"add_update"});
  automation_rule note = rule("note", {"update_added"}, {"add_note"});
  CHECK(circles({note, answer}) == found{{"answer", "note", "answer"}});
  note.retired = true;
  CHECK(circles({note, answer}).empty());
}

TEST_CASE("a rule is told of as part of a circle only where a slow search comes back to it (I3)") {
  std::mt19937 engine(seed());
  CAPTURE(seed());
  const auto below = [&](std::size_t n) { return engine() % n; };
  const std::vector<std::string> events = {"note_added", "update_added", "task_added", "incident_held",
                                           "incident_resumed"};
  const std::vector<std::string> commands = {"add_note", "add_update", "add_task", "hold_incident", "resume_incident"};
  for (int round = 0; round < 300; ++round) {
    std::vector<automation_rule> rules;
    for (std::size_t n = 1 + below(6); n != 0; --n) {
      const std::string key = "r" + std::to_string(n);
      rules.push_back(rule(key.c_str(), {events[below(5)]}, {commands[below(5)]}));
      if (below(3) == 0) rules.back().on.push_back("incident_logged");
    }
    // Which rules come after each, one step after the other, until nothing is added.
    const auto follows = [&](const automation_rule& a, const automation_rule& b) {
      const auto at = std::ranges::find(commands, a.actions[0].command) - commands.begin();
      return std::ranges::find(b.on, events[static_cast<std::size_t>(at)]) != b.on.end();
    };
    std::set<std::string> circular;
    for (const automation_rule& from : rules) {
      std::set<std::string> reached;
      std::vector<const automation_rule*> open = {&from};
      while (!open.empty()) {
        const automation_rule* const one = open.back();
        open.pop_back();
        for (const automation_rule& next : rules) {
          if (follows(*one, next) && reached.insert(next.key).second) open.push_back(&next);
        }
      }
      if (reached.contains(from.key)) circular.insert(from.key);
    }
    std::set<std::string> told;
    for (const std::vector<std::string>& circle : circles(rules)) {
      REQUIRE(circle.size() >= 2);
      CHECK(circle.front() == circle.back());
      for (std::size_t i = 0; i + 1 < circle.size(); ++i) {
        const auto a = std::ranges::find(rules, circle[i], &automation_rule::key);
        const auto b = std::ranges::find(rules, circle[i + 1], &automation_rule::key);
        CHECK(follows(*a, *b));
        told.insert(circle[i]);
      }
    }
    CHECK(std::ranges::includes(circular, told));
    CHECK(told.empty() == circular.empty());
  }
}
