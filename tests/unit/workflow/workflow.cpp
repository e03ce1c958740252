#include <doctest/doctest.h>

#include <tocsin/workflow/workflow.hpp>

#include <algorithm>
#include <string>

using namespace tocsin;

namespace {

struct ready {
  lexicon words;
  workflow definition;

  explicit ready(workflow w = built_in_workflow()) : definition(std::move(w)) {
    for (const auto& s : definition.states) words.add(word_kind::state, s.name);
    for (const auto& r : definition.hold_reasons) words.add(word_kind::hold_reason, r.name);
    for (const auto& c : definition.resolution_codes) words.add(word_kind::resolution_code, c);
  }
  workflow_graph graph() const { return {definition, 1, words}; }
  state_ref state(std::string_view name) const { return {words.find(word_kind::state, name)}; }
};

bool finds(const workflow& w, std::string_view what) {
  const auto findings = lint(w);
  return std::ranges::any_of(findings, [&](const std::string& f) { return f.find(what) != std::string::npos; });
}

}  // namespace

TEST_CASE("the built-in workflow lints clean (L1, R-N03)") { CHECK(lint(built_in_workflow()).empty()); }

TEST_CASE("the built-in workflow has the six states and Cancelled, and their moves (L1, R-P23)") {
  const ready r;
  const workflow_graph g = r.graph();
  CHECK(r.definition.states.size() == 7);
  CHECK(g.initial() == r.state("new"));
  for (const char* open : {"new", "assigned", "in_progress", "on_hold"}) {
    CAPTURE(open);
    CHECK(g.target(verb::hold, r.state(open)) == r.state("on_hold"));
    CHECK(g.target(verb::resolve, r.state(open)) == r.state("resolved"));
    CHECK(g.target(verb::cancel, r.state(open)) == r.state("cancelled"));
    CHECK_FALSE(g.target(verb::close, r.state(open)));
    CHECK_FALSE(g.target(verb::reopen, r.state(open)));
  }
  CHECK(g.target(verb::confirm, r.state("resolved")) == r.state("closed"));
  CHECK(g.target(verb::reopen, r.state("resolved")) == r.state("in_progress"));
  CHECK_FALSE(g.target(verb::cancel, r.state("resolved")));
  for (const char* end : {"closed", "cancelled"}) CHECK(g.verbs_from(r.state(end)).empty());
  CHECK(g.verbs_from(r.state("resolved")) == "confirm_resolution, close_incident, reopen_incident");
}

TEST_CASE("reasons say what ends the wait (L3)") {
  const ready r;
  const workflow_graph g = r.graph();
  const auto reason = [&](const char* name) { return hold_reason_ref{r.words.find(word_kind::hold_reason, name)}; };
  CHECK(g.resumed_by_reply(reason("awaiting_caller")));
  for (const char* other : {"awaiting_change", "awaiting_problem", "awaiting_vendor", "awaiting_evidence"}) {
    CHECK(g.has(reason(other)));
    CHECK_FALSE(g.resumed_by_reply(reason(other)));
  }
}

TEST_CASE("a workflow is checked: each fault is found and named (L1)") {
  workflow w = built_in_workflow();
  SUBCASE("no initial state") {
    w.states[0].initial = false;
    CHECK(finds(w, "0 states are initial"));
  }
  SUBCASE("two initial states") {
    w.states[1].initial = true;
    CHECK(finds(w, "2 states are initial"));
  }
  SUBCASE("a state that cannot be reached") {
    w.states.push_back({"island", state_kind::in_progress, false});
    CHECK(finds(w, "state \"island\" cannot be reached"));
  }
  SUBCASE("a state with no way out") {
    w.states.push_back({"swamp", state_kind::in_progress, false});
    w.transitions.push_back({verb::import_step, {"new"}, "swamp"});
    CHECK(finds(w, "from state \"swamp\" no end can be reached"));
  }
  SUBCASE("nothing ever ends") {
    for (auto& s : w.states) {
      if (is_final(s.kind)) s.kind = state_kind::resolved;
    }
    CHECK(finds(w, "nothing ever ends"));
  }
  SUBCASE("a move to an unknown state") {
    w.transitions.push_back({verb::import_step, {"new"}, "nowhere"});
    CHECK(finds(w, "unknown state \"nowhere\""));
  }
  SUBCASE("a move from an unknown state") {
    w.transitions.push_back({verb::cancel, {"nowhere"}, "cancelled"});
    CHECK(finds(w, "from the unknown state \"nowhere\""));
  }
  SUBCASE("the same state twice") {
    w.states.push_back({"new", state_kind::fresh, false});
    CHECK(finds(w, "state \"new\" is there twice"));
  }
  SUBCASE("two targets for one verb from one state") {
    w.transitions.push_back({verb::resolve, {"new"}, "closed"});
    CHECK(finds(w, "twice"));
  }
  SUBCASE("a final state that is left") {
    w.transitions.push_back({verb::reopen, {"closed"}, "in_progress"});
    CHECK(finds(w, "final state \"closed\" is left"));
  }
  SUBCASE("silence closes, but no move does") {
    std::erase_if(w.transitions, [](const workflow_transition& t) { return t.verb == verb::close; });
    CHECK(finds(w, "auto_close_after needs a move"));
  }
}
