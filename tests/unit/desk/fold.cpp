#include <doctest/doctest.h>

#include <tocsin/desk/fold.hpp>
#include <tocsin/incident/commands.hpp>

using namespace tocsin;

namespace {

// The built-in workflow, from whose closed state a real log may return.
struct lenient {
  lexicon words;
  workflow definition = built_in_workflow();

  lenient() {
    definition.transitions.push_back({verb::import_step, {"closed"}, "in_progress"});
    for (const auto& s : definition.states) words.add(word_kind::state, s.name);
    for (const auto& r : definition.hold_reasons) words.add(word_kind::hold_reason, r.name);
    for (const auto& c : definition.resolution_codes) words.add(word_kind::resolution_code, c);
  }

  import_step step(std::int64_t hour_of_day, const char* state) const {
    import_step s;
    s.at = instant{hour_of_day * hour.us};
    s.state = {words.find(word_kind::state, state)};
    return s;
  }
};

}  // namespace

TEST_CASE("an imported history that leaves Closed is open again, and a reopening (D11, L5)") {
  const lenient desk;
  const workflow_graph workflow(desk.definition, 1, desk.words);
  incident r;
  const auto live = [&](std::int64_t at, const char* state) {
    fold_step(r, desk.step(at, state), workflow, &built_in_priority_matrix());
  };
  live(1, "new");
  live(2, "resolved");
  CHECK(r.resolved_at == instant{2 * hour.us});
  live(3, "closed");
  CHECK(r.closed_at == instant{3 * hour.us});
  CHECK(r.reopen_count == 0);
  live(4, "in_progress");
  CHECK(r.state_kind == state_kind::in_progress);
  CHECK_FALSE(is_set(r.closed_at));
  CHECK_FALSE(is_set(r.resolved_at));
  CHECK(r.reopen_count == 1);
  CHECK(r.work_begun_at == instant{4 * hour.us});
  live(5, "closed");
  CHECK(r.closed_at == instant{5 * hour.us});
}

TEST_CASE("being closed twice keeps the later instant, being held twice for one reason is one hold (D11)") {
  const lenient desk;
  const workflow_graph workflow(desk.definition, 1, desk.words);
  incident r;
  import_step hold = desk.step(2, "on_hold");
  hold.hold_reason = {desk.words.find(word_kind::hold_reason, "awaiting_vendor")};
  fold_step(r, desk.step(1, "new"), workflow, nullptr);
  fold_step(r, hold, workflow, nullptr);
  hold.at = instant{3 * hour.us};
  fold_step(r, hold, workflow, nullptr);
  CHECK(r.hold_count == 1);
  CHECK(r.held_since == instant{2 * hour.us});
  fold_step(r, desk.step(4, "closed"), workflow, nullptr);
  CHECK(r.held_time == 2 * hour);
  fold_step(r, desk.step(5, "closed"), workflow, nullptr);
  CHECK(r.closed_at == instant{5 * hour.us});
  CHECK(r.reopen_count == 0);
}
