#include <tocsin/escalation/document.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

using namespace tocsin;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string one_step =
    R"({"define":"escalation_policy","key":"p","steps":[{"targets":[{"kind":"person","key":"ann"}],"delay":"PT5M"}]})";

std::string simulate(const std::string& rest = "", const std::string& policy = "p") {
  return R"({"operation":"simulate","policy":")" + policy + R"(","opened_at":"2026-12-25T03:00:00Z")" + rest + "}";
}

std::string reason_in(const std::string& answer) {
  const std::string mark = "{\"error\":{\"status\":";
  if (answer.substr(0, mark.size()) != mark) return "";
  const std::string name = "\"reason\":\"";
  const std::size_t begin = answer.find(name) + name.size();
  return answer.substr(begin, answer.find('"', begin) - begin);
}

}  // namespace

TEST_CASE("each example of docs/escalation_policies.md is answered as it says") {
  std::ifstream page(TOCSIN_SOURCE_DIR "/docs/escalation_policies.md");
  REQUIRE(page.good());
  escalation_session session;
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
  CHECK(count >= 18);
}

TEST_CASE("what is wrong with a line is its answer, and changes nothing") {
  escalation_session session;
  session.execute(one_step);
  const std::string before = session.answer(simulate());
  CHECK(contains(before, "\"event\":\"escalation_exhausted\""));
  for (const auto& [line, reason] : std::vector<std::pair<std::string, std::string>>{
           {"{", "document.malformed"},
           {"{}", "document.missing_field"},
           {R"({"define":"cake"})", "document.unknown_type"},
           {R"({"operation":"cake"})", "document.unknown_type"},
           {R"({"define":"escalation_policy","key":"p"})", "escalation.refused"},
           {R"({"define":"escalation_policy","key":"p","steps":[{"targets":[],"delay":"PT5M","colour":1}]})",
            "document.unknown_field"},
           {R"({"define":"escalation_policy","key":"p","steps":[{"targets":[{"kind":"team"}],"delay":"PT5M"}]})",
            "escalation.refused"},
           {R"({"define":"escalation_policy","key":"p","steps":[{"targets":[],"delay":"-PT5M"}]})",
            "document.out_of_range"},
           {R"({"define":"team","in_force_from":"2026-01-01T00:00:00Z","key":"t","members":[]})", "escalation.refused"},
           {simulate("", "q"), "escalation.unknown_policy"},
           {simulate(R"(,"until":"2026-12-25T02:00:00Z")"), "escalation.refused"},
           {simulate(R"(,"reactions":[{"action":"dance"}])"), "document.unknown_choice"},
           {simulate(R"(,"reactions":[{"action":"snooze"}])"), "escalation.refused"},
           {simulate(R"(,"reactions":[{"action":"acknowledge","for":"PT5M"}])"), "escalation.refused"},
           {simulate(R"(,"reactions":[{"action":"acknowledge","after":"PT5M","at":"2026-12-25T03:00:00Z"}])"),
            "escalation.refused"},
           {simulate(R"(,"reactions":[{"action":"acknowledge","at":"2026-12-25T02:00:00Z"}])"),
            "simulation.before_opening"},
           {simulate(R"(,"reactions":[{"action":"acknowledge","after":"PT1M"}],"host_away":[{"from":)"
                     R"("2026-12-25T03:00:00Z","until":"2026-12-25T04:00:00Z"}])"),
            "simulation.host_is_away"},
           {simulate(R"(,"host_away":[{"from":"2026-12-25T04:00:00Z","until":"2026-12-25T04:00:00Z"}])"),
            "escalation.refused"},
       }) {
    INFO(line);
    CHECK(reason_in(session.answer(line)) == reason);
    CHECK(session.answer(simulate()) == before);
  }
}

TEST_CASE("what a policy names must be there when it is asked about, before any step fires") {
  for (const std::string named : {"team", "schedule", "role", "service_owner"}) {
    escalation_session session;
    session.execute(R"({"define":"escalation_policy","key":"p","steps":[{"targets":[{"kind":"person","key":"ann"}]},)"
                    R"({"targets":[{"kind":")" +
                    named + R"(","key":"x"}]}]})");
    const std::string found = reason_in(session.answer(simulate(R"(,"until":"2026-12-25T03:00:00Z")")));
    CHECK(found == (named == "schedule"        ? "roster.unknown_schedule"
                    : named == "service_owner" ? "escalation.unknown_service"
                                               : "escalation.unknown_" + named));
  }
}

TEST_CASE("a new version of a policy is for new runs, unless the policy follows the live one (E5)") {
  const auto policy = [](const std::string& more, const std::string& other) {
    return R"({"define":"escalation_policy","key":"p",)" + more +
           R"("steps":[{"targets":[{"kind":"person","key":"ann"}],"delay":"PT5M"},{"targets":[{"kind":"person","key":")" +
           other + R"("}],"delay":"PT5M"}]})";
  };
  const std::string from = R"("in_force_from":"2026-12-25T03:02:00Z",)";
  escalation_session session;
  session.execute(policy("", "bob"));
  session.execute(policy(from, "cid"));
  CHECK(contains(session.answer(simulate()), "\"people\":[\"bob\"]"));
  CHECK(contains(session.answer(simulate()), "\"policy_version\":1"));
  session.execute(policy(R"("follows":"live",)", "bob"));
  const std::string live = session.answer(simulate());
  CHECK(contains(live, "\"people\":[\"cid\"]"));
  CHECK(contains(live, "\"policy_version\":2"));
}

TEST_CASE("lines in, lines out: one answer each, to what the lines before define") {
  CHECK(answer_escalation_lines(one_step, simulate() + "\n\n" + one_step + "\n") ==
        answer_escalation_lines(one_step, simulate()) + "{\"defined\":\"escalation_policy\",\"key\":\"p\"}\n");
  CHECK_THROWS_AS(answer_escalation_lines("{}", ""), error);
}
