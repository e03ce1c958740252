#include <tocsin/playbook/playbook.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <tocsin/model/incident.hpp>

using namespace tocsin;

namespace {

// A breach: is personal data affected? If so, the authority is told.
playbook breach() {
  playbook p;
  p.key = "security_breach";
  p.steps = {{.key = "isolate", .time_limit = 30 * minute},
             {.key = "personal_data", .needs = {"isolate"}, .outcomes = {"yes", "no"}},
             {.key = "tell_authority", .when = {"personal_data", {"yes"}}},
             {.key = "recover", .needs = {"isolate", "tell_authority"}, .required_before = step_deadline::resolve}};
  return p;
}

condition_schema schema() {
  condition_schema s;
  s.add(incident::fields());
  return s;
}

std::vector<std::string> findings_of(const playbook& p) { return lint(p, schema()); }

bool says(const std::vector<std::string>& findings, std::string_view text) {
  return std::ranges::any_of(findings, [&](const std::string& one) { return one.find(text) != std::string::npos; });
}

std::string states(const compiled_playbook& by, const std::vector<step_standing>& standings) {
  std::string text;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const auto name = choices(standings[i].state)[static_cast<std::size_t>(standings[i].state) - 1];
    text += (text.empty() ? "" : ", ") + by.definition.steps[i].key + " " + std::string(name);
  }
  return text;
}

}  // namespace

TEST_CASE("a playbook that can be followed has nothing against it (R-C23)") { CHECK(findings_of(breach()).empty()); }

TEST_CASE("what a playbook names must be there (R-C23)") {
  playbook p = breach();
  p.steps[3].needs.emplace_back("isolat");
  p.steps[2].when.outcomes = {"perhaps"};
  const std::vector<std::string> found = findings_of(p);
  CHECK(says(found, "steps/3/needs: there is no step \"isolat\"; did you mean \"isolate\"?"));
  CHECK(says(found, "steps/2/when/outcomes: \"perhaps\" is no outcome of \"personal_data\" (allowed: yes, no)"));
}

TEST_CASE("steps that need each other are named in their circle (R-C23)") {
  playbook p = breach();
  p.steps[0].needs = {"recover"};
  const std::vector<std::string> found = findings_of(p);
  REQUIRE(found.size() == 1);
  CHECK(says(found, "they need each other: "));
  CHECK(says(found, "recover needs isolate"));
}

TEST_CASE("a decision has outcomes, and what hangs on one names some of them (R-C23)") {
  playbook p = breach();
  p.steps[1].outcomes = {"yes"};
  CHECK(says(findings_of(p), "steps/1/outcomes: a decision has at least two outcomes"));
  p = breach();
  p.steps[1].outcomes.clear();
  CHECK(says(findings_of(p), "decides nothing"));
  p = breach();
  p.steps[2].when.outcomes.clear();
  CHECK(says(findings_of(p), "the step is never on"));
  p = breach();
  p.steps[1].optional = true;
  CHECK(says(findings_of(p), "what decides is not optional"));
}

TEST_CASE("what contradicts itself is refused (R-C23)") {
  playbook p = breach();
  p.steps[3].optional = true;
  CHECK(says(findings_of(p), "an optional step has no required_before"));
  p = breach();
  p.steps[0].role = "operations";
  p.steps[0].team = "soc";
  CHECK(says(findings_of(p), "either a role or a team"));
  p = breach();
  p.steps[0].time_limit = second;
  CHECK(says(findings_of(p), "allowed is from a minute to 366 days"));
  p = breach();
  p.steps[0].shown_by = {"incident_acknowledged"};
  p.steps[3].shown_by = {"incident_acknowledged"};
  CHECK(says(findings_of(p), "shows the step \"isolate\" already"));
  p = breach();
  p.steps[3].key = "isolate";
  CHECK(says(findings_of(p), "the key \"isolate\" is there twice"));
  p = breach();
  p.steps.clear();
  CHECK(says(findings_of(p), "at least one step"));
}

TEST_CASE("decisions that can be made in more ways than can be looked at are refused (R-C07)") {
  playbook p;
  p.key = "maze";
  for (int i = 0; i < 9; ++i) {  // 512 ways
    p.steps.push_back({.key = "d" + std::to_string(i), .outcomes = {"yes", "no"}});
    p.steps.push_back({.key = "s" + std::to_string(i), .when = {"d" + std::to_string(i), {"yes"}}});
  }
  CHECK(says(findings_of(p), "in more than 256 ways"));
  p.steps.resize(16);
  CHECK(findings_of(p).empty());
}

TEST_CASE("steps open as those that they need are settled, and decisions rule out what is not done (R-C23)") {
  const compiled_playbook by(breach(), schema());
  std::vector<step_standing> standings(4);
  open_what_may_be_done(by.model, standings);
  CHECK(states(by, standings) == "isolate open, personal_data waiting, tell_authority waiting, recover waiting");
  standings[0].state = step_state::completed;
  open_what_may_be_done(by.model, standings);
  CHECK(states(by, standings) == "isolate completed, personal_data open, tell_authority waiting, recover waiting");
  standings[1] = {step_state::completed, 1};  // no
  open_what_may_be_done(by.model, standings);
  CHECK(states(by, standings) == "isolate completed, personal_data completed, tell_authority ruled_out, recover open");
}

TEST_CASE("a playbook that no linter saw is read to an end (R-C07)") {
  playbook p;
  p.key = "circle";
  p.steps = {{.key = "a", .when = {"b", {"x"}}, .outcomes = {"x", "y"}},
             {.key = "b", .when = {"a", {"x"}}, .outcomes = {"x", "y"}},
             {.key = "c", .needs = {"c", "nowhere"}},
             {.key = "d", .when = {"d", {"x"}}}};
  const compiled_playbook by(p, schema());
  std::vector<step_standing> standings(4);
  open_what_may_be_done(by.model, standings);
  const std::vector<step_occurrence> done{{0, 0}, {1}, {2}, {3}};
  CHECK(align(by.model, done).steps.size() >= done.size());
}
