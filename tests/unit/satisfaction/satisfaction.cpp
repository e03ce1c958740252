// Satisfaction against what records say of themselves, after random lives (R-C45, R1, R2).
#include <doctest/doctest.h>

#include <tocsin/model/satisfaction.hpp>
#include <tocsin/satisfaction/questions.hpp>

#include "unit/desk/random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

// Every answer that any incident has, whatever it was about.
satisfaction_figures plainly(const desk& d) {
  satisfaction_figures all;
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
    const incident_ptr r = d.find({id});
    if (!r || d.state().definitions.base_of(*r) != record_base::incident) continue;
    for (const satisfaction_answer& a : satisfaction_of(*r)) (a.requester ? all.requesters : all.others).add(a.score);
  }
  return all;
}

void answer_somewhere(desk& d, office::dice& roll) {
  const auto about = 1 + roll.below(static_cast<std::int64_t>(d.state().counters.last_id));
  const json c =
      office::command("rate_resolution", office::text_of(d.state().counters.clock), roll.any({"carla", "dora", "ana"}),
                      {{"incident", about}, {"score", 1 + roll.below(5)}});
  office::refusal_of([&] { office::tell(d, c); });
}

void check_same(const score_figures& a, const score_figures& b) {
  CHECK(a.sum == b.sum);
  CHECK(a.scores == b.scores);
}

}  // namespace

TEST_CASE("a share in thousandths is the nearest, a half goes up (R2)") {
  CHECK(thousandths(0, 1) == 0);
  CHECK(thousandths(1, 1) == 1000);
  CHECK(thousandths(1, 3) == 333);
  CHECK(thousandths(2, 3) == 667);
  CHECK(thousandths(1, 2000) == 1);
  CHECK(thousandths(1, 2001) == 0);
  CHECK(thousandths(11, 3) == 3667);
  for (std::int64_t of = 1; of < 60; ++of) {
    for (std::int64_t part = 0; part <= 5 * of; ++part) {
      const std::int64_t found = thousandths(part, of);
      CHECK(2 * (found * of - part * 1000) <= of);  // no further than half a thousandth from it
      CHECK(2 * (found * of - part * 1000) > -of);
    }
  }
}

TEST_CASE("every answer is counted once, in its group and in all; nobody answers who is not asked or counted (R-C45)") {
  std::int64_t answers = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    desk d = office::furnished();
    office::dice roll(seed);
    office::play(d, office::random_script(seed, 12, true), 400, [&](int) {
      if (d.state().counters.last_id != 0) answer_somewhere(d, roll);
    });
    const satisfaction_figures expected = plainly(d);
    satisfaction_query query;
    query.by = {"team", "state"};
    const satisfaction_answer_sheet sheet = measure_satisfaction(d, query);
    check_same(sheet.total.requesters, expected.requesters);
    check_same(sheet.total.others, expected.others);
    satisfaction_figures sum;
    for (const satisfaction_group& group : sheet.groups) {
      CHECK(group.figures.requesters.answers() <= group.figures.asked);
      sum.resolutions += group.figures.resolutions;
      sum.asked += group.figures.asked;
    }
    CHECK(sum.resolutions == sheet.total.resolutions);
    CHECK(sum.asked == sheet.total.asked);
    answers += expected.requesters.answers() + expected.others.answers();

    // Cut anywhere, the two halves are the whole.
    satisfaction_query early;
    satisfaction_query late;
    early.before = late.from = d.state().counters.clock - 3 * day;
    const satisfaction_figures a = measure_satisfaction(d, early).total;
    const satisfaction_figures b = measure_satisfaction(d, late).total;
    CHECK(a.resolutions + b.resolutions == sheet.total.resolutions);
    CHECK(a.asked + b.asked == sheet.total.asked);
    CHECK(a.requesters.sum + b.requesters.sum == sheet.total.requesters.sum);
  }
  CHECK(answers > 50);
}
