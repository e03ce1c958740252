#include <tocsin/problem/cause_graph.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace tocsin;

namespace {

problem_cause cause_of(std::uint32_t number, const std::string& text, cause_status status,
                       std::vector<explained_cause> explains) {
  problem_cause cause;
  cause.number = number;
  cause.text = text;
  cause.status = status;
  cause.explains = std::move(explains);
  if (status != cause_status::hypothesis) cause.reason = "seen";
  return cause;
}

constexpr auto confirmed = cause_status::confirmed;
constexpr auto hypothesis = cause_status::hypothesis;
constexpr auto ruled_out = cause_status::ruled_out;
constexpr auto contributing = cause_role::contributing;

// The disk was full, for nobody rotated the logs, for the job was off, for a change took it out; the alarm was silent.
std::vector<problem_cause> full_disk() {
  return {cause_of(1, "The disk was full", confirmed, {{0}}),
          cause_of(2, "Logs were not rotated", confirmed, {{1}}),
          cause_of(3, "Somebody copied a backup there", ruled_out, {{1}}),
          cause_of(4, "A change took the job out", confirmed, {{2}}),
          cause_of(5, "The alarm was silent", confirmed, {{0, contributing}}),
          cause_of(6, "The mail relay lost the alarm", hypothesis, {{5}})};
}

bool mentions(const std::vector<std::string>& findings, const std::string& what) {
  for (const std::string& one : findings) {
    if (one.find(what) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("root causes are where the confirmed whys end, and what contributes (P1, R-P12)") {
  const std::vector<problem_cause> causes = full_disk();
  CHECK(lint(causes).empty());
  CHECK(root_causes(causes) == std::vector<std::uint32_t>{4, 5});
}

TEST_CASE("a hypothesis is no root cause, and neither is what only a hypothesis ties to the problem (P1)") {
  CHECK(root_causes(std::vector{cause_of(1, "a", hypothesis, {{0}}), cause_of(2, "b", confirmed, {{1}})}).empty());
  CHECK(root_causes({}).empty());
}

TEST_CASE("the whys are asked from the problem on, and what was ruled out is left out (P1)") {
  CHECK(why_chains(full_disk()) == std::vector<std::vector<std::uint32_t>>{{1, 2, 4}});
  const std::vector<problem_cause> two{cause_of(1, "a", hypothesis, {{0}}), cause_of(2, "b", hypothesis, {{0}}),
                                       cause_of(3, "c", hypothesis, {{1}, {2}})};
  CHECK(why_chains(two) == std::vector<std::vector<std::uint32_t>>{{1, 3}, {2, 3}});
  CHECK(why_chains({}).empty());
}

TEST_CASE("as many chains as there may be are answered, however many there are") {
  // Two ways at each of eleven steps.
  std::vector<problem_cause> causes;
  for (std::uint32_t step = 0; step < 11; ++step) {
    for (std::uint32_t i = 1; i <= 2; ++i) {
      const std::uint32_t before = 2 * step;
      std::vector<explained_cause> explains;
      if (step == 0) {
        explains = {{0}};
      } else {
        explains = {{before - 1}, {before}};
      }
      causes.push_back(cause_of(before + i, "x", hypothesis, explains));
    }
  }
  REQUIRE(lint(causes).empty());
  CHECK(why_chains(causes).size() == limits::why_chains_max);
}

TEST_CASE("causes that explain themselves, nothing, or what is not there are found") {
  CHECK(mentions(lint(std::vector{cause_of(1, "a", hypothesis, {{2}}), cause_of(2, "b", hypothesis, {{1}})}),
                 "in a circle"));
  CHECK(mentions(lint(std::vector{cause_of(1, "a", hypothesis, {{1}})}), "in a circle"));
  CHECK(mentions(lint(std::vector{cause_of(1, "a", hypothesis, {})}), "explains nothing"));
  CHECK(mentions(lint(std::vector{cause_of(1, "a", hypothesis, {{7}})}), "no cause 7"));
  CHECK(mentions(lint(std::vector{cause_of(1, "a", hypothesis, {{0}, {0, contributing}})}), "twice"));
  CHECK(mentions(lint(std::vector{cause_of(2, "a", hypothesis, {{0}})}), "allowed 1"));
  std::vector<problem_cause> unfounded{cause_of(1, "a", confirmed, {{0}})};
  unfounded[0].reason.clear();
  CHECK(mentions(lint(unfounded), "has a reason or evidence"));
  unfounded[0].evidence.push_back({"df says 100 %", evidence_weight::supports, {}, {}});
  CHECK(lint(unfounded).empty());
}

TEST_CASE("root causes are as a walk through all confirmed paths finds them (P1)") {
  const char* said = std::getenv("TOCSIN_SEED");
  std::mt19937 random(said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : 7u);
  for (int round = 0; round < 300; ++round) {
    std::vector<problem_cause> causes;
    const auto count = static_cast<std::uint32_t>(random() % 9);
    for (std::uint32_t number = 1; number <= count; ++number) {
      std::vector<explained_cause> explains;
      for (std::uint32_t other = 0; other < number; ++other) {
        if (random() % 3 == 0) explains.push_back({other, random() % 3 == 0 ? contributing : cause_role::why});
      }
      if (explains.empty()) explains.push_back({0});
      causes.push_back(cause_of(number, "x", random() % 3 == 0 ? hypothesis : confirmed, explains));
    }
    REQUIRE(lint(causes).empty());
    std::set<std::uint32_t> reached{0};
    for (bool more = true; more;) {
      more = false;
      for (const problem_cause& cause : causes) {
        if (cause.status != confirmed || reached.contains(cause.number)) continue;
        for (const explained_cause& one : cause.explains) {
          if (reached.contains(one.cause)) more = reached.insert(cause.number).second;
        }
      }
    }
    std::vector<std::uint32_t> expected;
    for (const problem_cause& cause : causes) {
      bool has_why = false;
      for (const problem_cause& other : causes) {
        for (const explained_cause& one : other.explains) {
          has_why = has_why || (other.status == confirmed && one.cause == cause.number && one.role == cause_role::why);
        }
      }
      if (reached.contains(cause.number) && !has_why) expected.push_back(cause.number);
    }
    CHECK(root_causes(causes) == expected);
  }
}

TEST_CASE("causes are drawn, the same for the same causes, and texts break no drawing (R-P12)") {
  const std::vector<problem_cause> causes{cause_of(1, "say \"no\"", confirmed, {{0}}),
                                          cause_of(2, "b", hypothesis, {{1, contributing}})};
  const std::string dot = draw_causes("Mail \\ is down", causes, drawing_form::dot);
  CHECK(dot.find("Mail \\\\ is down") != std::string::npos);
  CHECK(dot.find("say \\\"no\\\"") != std::string::npos);
  CHECK(dot.find("contributes") != std::string::npos);
  const std::string mermaid = draw_causes("Mail", causes, drawing_form::mermaid);
  CHECK(mermaid.find("say #34;no#34;") != std::string::npos);
  CHECK(mermaid.find("hypothesis") != std::string::npos);
  const std::string svg = draw_causes("Mail <b>", causes, drawing_form::svg);
  CHECK(svg.starts_with("<svg"));
  CHECK(svg.find("Mail &lt;b&gt;") != std::string::npos);
  CHECK(svg == draw_causes("Mail <b>", causes, drawing_form::svg));
}
