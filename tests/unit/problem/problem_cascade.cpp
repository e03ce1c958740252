#include <tocsin/problem/problem_cascade.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <random>
#include <vector>

using namespace tocsin;
using outcome = problem_outcome;
using standing = problem_incident;
using then = incident_consequence;

TEST_CASE("a workaround reaches the open incidents of the problem, and those alone (P5)") {
  CHECK(consequence_of(outcome::workaround, standing::awaiting) == then::note);
  CHECK(consequence_of(outcome::workaround, standing::open) == then::note);
  CHECK(consequence_of(outcome::workaround, standing::over) == then::nothing);
}

TEST_CASE("a fix resolves those on hold that await it, and no others (P5)") {
  CHECK(consequence_of(outcome::fixed, standing::awaiting) == then::resolve);
  CHECK(consequence_of(outcome::fixed, standing::open) == then::note);
  CHECK(consequence_of(outcome::fixed, standing::over) == then::nothing);
}

TEST_CASE("accepting the risk demands a decision on each that awaits the problem (P5)") {
  CHECK(consequence_of(outcome::risk_accepted, standing::awaiting) == then::decide);
  CHECK(consequence_of(outcome::risk_accepted, standing::open) == then::note);
}

TEST_CASE("an incident awaits the problem where it is on hold for it, and not where it only was (P5)") {
  CHECK(standing_of(state_kind::on_hold, true) == standing::awaiting);
  CHECK(standing_of(state_kind::on_hold, false) == standing::open);
  CHECK(standing_of(state_kind::in_progress, true) == standing::open);
  CHECK(standing_of(state_kind::resolved, true) == standing::over);
  CHECK(standing_of(state_kind::closed, false) == standing::over);
  CHECK(standing_of(state_kind::cancelled, true) == standing::over);
}

TEST_CASE("the table has an answer for everything that may happen") {
  for (std::size_t o = 1; o <= choices(outcome{}).size(); ++o) {
    for (std::size_t s = 1; s <= choices(standing{}).size(); ++s) {
      CHECK(consequence_of(static_cast<outcome>(o), static_cast<standing>(s)) != then::unset);
    }
  }
  CHECK(consequence_of(outcome::unset, standing::open) == then::unset);
  CHECK(consequence_of(outcome::fixed, standing::unset) == then::unset);
}

// Incidents that await problems, and problems to which things happen, at random; duplicates may be duplicates of others
// that are open. Whoever awaits a problem awaits an open one.
TEST_CASE("nobody is left waiting for a problem that has ended (P5)") {
  const char* said = std::getenv("TOCSIN_SEED");
  std::mt19937 random(said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : 5u);
  struct waiting_incident {
    state_kind state = state_kind::on_hold;
    std::size_t problem = 0;
  };
  for (int round = 0; round < 200; ++round) {
    constexpr std::size_t problems = 6;
    std::array<bool, problems> open;
    open.fill(true);
    std::vector<waiting_incident> incidents(20);
    for (waiting_incident& one : incidents) one.problem = random() % problems;
    for (int step = 0; step < 12; ++step) {
      const std::size_t problem = random() % problems;
      const std::size_t original = random() % problems;
      const auto happened = static_cast<outcome>(1 + random() % choices(outcome{}).size());
      if (!open[problem]) continue;
      if (happened == outcome::duplicate && (original == problem || !open[original])) continue;
      for (waiting_incident& one : incidents) {
        if (one.problem != problem) continue;
        switch (consequence_of(happened, standing_of(one.state, true))) {
          case then::resolve:
            one.state = state_kind::resolved;
            break;
          case then::decide:
            one.state = random() % 2 == 0 ? state_kind::resolved : state_kind::in_progress;
            break;
          case then::resume:
            one.state = state_kind::in_progress;
            break;
          case then::follow:
            one.problem = original;
            break;
          default:
            break;
        }
      }
      if (ends_problem(happened)) open[problem] = false;
      for (const waiting_incident& one : incidents) CHECK((one.state != state_kind::on_hold || open[one.problem]));
    }
  }
}
