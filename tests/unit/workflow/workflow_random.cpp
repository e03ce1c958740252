// The linter of workflows against walking every way through small random ones.
#include <doctest/doctest.h>

#include <tocsin/workflow/workflow.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace tocsin;

namespace {

// A record as far as its workflow matters: where it is, and where it would return to.
using place = std::pair<std::string, std::string>;

class dice {
 public:
  explicit dice(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % n;
  }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

workflow random_workflow(dice& d) {
  static constexpr state_kind kinds[] = {state_kind::in_progress, state_kind::on_hold, state_kind::resolved,
                                         state_kind::closed, state_kind::cancelled};
  workflow w;
  w.key = "random";
  const std::size_t count = 2 + d.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    w.states.push_back(
        {std::string(1, static_cast<char>('a' + i)), i == 0 ? state_kind::fresh : kinds[d.below(5)], i == 0});
  }
  for (std::size_t i = 0; i < count + d.below(count + 2); ++i) {
    workflow_transition t;
    t.verb = d.one_in(4) ? verb::resume : d.one_in(3) ? verb::hold : verb::move;
    t.from = {w.states[d.below(count)].name};
    if (t.verb != verb::resume || d.one_in(2)) t.to = w.states[d.below(count)].name;
    const bool by_itself = t.verb == verb::move && d.one_in(4);
    if (by_itself) {
      t.trigger = move_trigger::automatic;
      t.guards.push_back({{R"({"var":"caller"})"}, "a caller"});
    }
    w.transitions.push_back(t);
  }
  return w;
}

bool is_end(const workflow& w, const std::string& state) {
  return std::ranges::any_of(w.states, [&](const workflow_state& s) { return s.name == state && is_final(s.kind); });
}

bool waits(const workflow& w, const std::string& state) {
  return std::ranges::any_of(w.states,
                             [&](const workflow_state& s) { return s.name == state && s.kind == state_kind::on_hold; });
}

std::vector<place> steps_from(const workflow& w, const place& at) {
  std::vector<place> next;
  for (const workflow_transition& t : w.transitions) {
    if (t.from.front() != at.first) continue;
    if (t.verb == verb::hold) {
      next.emplace_back(t.to, waits(w, at.first) ? at.second : at.first);
    } else if (t.verb == verb::resume && t.to.empty()) {
      next.emplace_back(at.second.empty() ? at.first : at.second, "");
    } else {
      next.emplace_back(t.to, t.verb == verb::move && waits(w, t.to) ? at.second : "");
    }
  }
  return next;
}

std::set<place> walked_from(const workflow& w, const place& start) {
  std::set<place> seen{start};
  std::vector<place> open{start};
  while (!open.empty()) {
    const place at = open.back();
    open.pop_back();
    for (const place& next : steps_from(w, at)) {
      if (seen.insert(next).second) open.push_back(next);
    }
  }
  return seen;
}

bool says(const std::vector<std::string>& findings, const std::string& what) {
  return std::ranges::any_of(findings, [&](const std::string& f) { return f.find(what) != std::string::npos; });
}

// Can automatic moves alone lead from a state back to it?
bool goes_round(const workflow& w) {
  for (const workflow_state& start : w.states) {
    std::set<std::string> seen;
    std::vector<std::string> open{start.name};
    while (!open.empty()) {
      const std::string at = open.back();
      open.pop_back();
      for (const workflow_transition& t : w.transitions) {
        if (t.trigger != move_trigger::automatic || t.from.front() != at) continue;
        if (t.to == start.name) return true;
        if (seen.insert(t.to).second) open.push_back(t.to);
      }
    }
  }
  return false;
}

void check_against_walks(std::uint64_t seeds) {
  std::size_t unreachable = 0;
  std::size_t endless = 0;
  std::size_t circles = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    dice d(seed);
    const workflow w = random_workflow(d);
    const std::vector<std::string> findings = lint(w);
    const std::set<place> all = walked_from(w, {"a", ""});
    for (const workflow_state& s : w.states) {
      CAPTURE(s.name);
      const bool met = std::ranges::any_of(all, [&](const place& p) { return p.first == s.name; });
      CHECK(says(findings, "state \"" + s.name + "\" cannot be reached") == !met);
      unreachable += !met;
      if (!met) continue;
      const bool ends = std::ranges::all_of(all, [&](const place& p) {  // however it came to be there
        const std::set<place> onward = walked_from(w, p);
        return p.first != s.name || std::ranges::any_of(onward, [&](const place& q) { return is_end(w, q.first); });
      });
      CHECK(says(findings, "from state \"" + s.name + "\" no end can be reached") == !ends);
      endless += !ends;
    }
    CHECK(says(findings, "round in a circle") == goes_round(w));
    circles += goes_round(w);
  }
  CHECK(unreachable > seeds / 10);
  CHECK(endless > seeds / 10);
  CHECK(circles > seeds / 100);
}

}  // namespace

TEST_CASE("the linter finds what walking every way through a small workflow finds, and nothing else (L1)") {
  check_against_walks(2'000);
}

TEST_SUITE("full") {
  TEST_CASE("the linter and walking agree on many more workflows (L1)") { check_against_walks(100'000); }
}
