// How drills are drawn and scored: known answers, and a slow reference on random results (M4).
#include <doctest/doctest.h>

#include <map>
#include <random>

#include <tocsin/drill/drill_result.hpp>

using namespace tocsin;

namespace {

drill_incident with_times(std::string label, std::vector<std::pair<std::string, std::int64_t>> seconds) {
  drill_incident made;
  made.label = std::move(label);
  for (const auto& [milestone, s] : seconds) made.times.push_back({milestone, instant{}, s * second});
  return made;
}

// The most whole points below 100 that the time is worth, tried one by one.
std::int64_t points_by_trying(const drill_goal& goal, const drill_incident& one) {
  if (goal.measure == drill_measure::updates_on_time) return one.updates_missed > 0 ? 0 : 100;
  const std::map<drill_measure, std::string> names = {{drill_measure::first_page, "first_page"},
                                                      {drill_measure::acknowledged, "acknowledged"},
                                                      {drill_measure::resolved, "resolved"}};
  std::int64_t took = -1;
  for (const drill_time& t : one.times) {
    const bool meant = goal.measure == drill_measure::role_filled
                           ? (goal.role.empty() ? t.milestone.starts_with("role:") : t.milestone == "role:" + goal.role)
                           : t.milestone == names.at(goal.measure);
    if (meant) took = std::max(took, t.took.us / second.us);
  }
  const bool all_roles = goal.measure == drill_measure::role_filled && goal.role.empty();
  if (took < 0 || (all_roles && (!one.major || !one.open_roles.empty()))) return 0;
  const std::int64_t within = goal.within.us / second.us;
  if (took <= within) return 100;
  std::int64_t points = 0;
  while (points < 99 && (points + 1) * took <= 100 * within) ++points;
  return points;
}

std::int64_t score_by_trying(const std::vector<drill_goal>& goals, const std::vector<drill_incident>& incidents,
                             const std::vector<drill_gap>& gaps) {
  const std::map<drill_gap_kind, std::int64_t> weights = {
      {drill_gap_kind::nobody_on_call, 10},   {drill_gap_kind::never_paged, 20},
      {drill_gap_kind::only_unreachable, 20}, {drill_gap_kind::exhausted, 15},
      {drill_gap_kind::not_acknowledged, 10}, {drill_gap_kind::answered_too_late, 5},
      {drill_gap_kind::role_unfilled, 5},     {drill_gap_kind::update_overdue, 5},
      {drill_gap_kind::too_many_pages, 5},    {drill_gap_kind::step_refused, 10}};
  std::int64_t sum = 0;
  for (const drill_goal& goal : goals) {
    std::int64_t of_goal = 0;
    std::int64_t meant = 0;
    for (const drill_incident& one : incidents) {
      if (!goal.incident.empty() && goal.incident != one.label) continue;
      of_goal += points_by_trying(goal, one);
      ++meant;
    }
    if (meant != 0) sum += of_goal / meant;
  }
  std::int64_t score = goals.empty() ? 100 : sum / static_cast<std::int64_t>(goals.size());
  for (const drill_gap& gap : gaps) {
    for (std::int64_t i = 0; i < weights.at(gap.kind) && score > 0; ++i) --score;
  }
  return score;
}

}  // namespace

TEST_CASE("who is late gets less the later they are, and who never comes gets nothing (M4)") {
  const drill_goal goal{.measure = drill_measure::acknowledged, .role = {}, .incident = {}, .within = 15 * minute};
  const auto points = [&](std::int64_t seconds) {
    const std::vector<drill_incident> one = {with_times("a", {{"acknowledged", seconds}})};
    return judge(goal, one).points;
  };
  CHECK(points(0) == 100);
  CHECK(points(900) == 100);
  CHECK(points(901) == 99);
  CHECK(points(1800) == 50);
  CHECK(points(3600) == 25);
  const std::vector<drill_incident> unreached = {with_times("a", {})};
  CHECK(judge(goal, unreached).points == 0);
  CHECK_FALSE(judge(goal, {}).met);
}

TEST_CASE("the score is what a slow reference says, on random results (M4)") {
  std::mt19937_64 random(59);
  const auto pick = [&](std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n)); };
  const char* milestones[] = {"first_page", "acknowledged", "resolved", "role:incident_commander", "role:scribe"};
  for (int turn = 0; turn < 2'000; ++turn) {
    std::vector<drill_incident> incidents;
    for (std::int64_t i = pick(4); i >= 0; --i) {
      drill_incident one;
      one.label = std::string(1, static_cast<char>('a' + i));
      for (const char* m : milestones) {
        if (pick(3) != 0) one.times.push_back({m, instant{}, pick(7'200) * second});
      }
      one.major = pick(2) == 0;
      if (pick(3) == 0) one.open_roles = {"liaison"};
      one.updates_missed = pick(3) == 0 ? pick(5) : 0;
      incidents.push_back(one);
    }
    std::vector<drill_goal> goals;
    for (std::int64_t i = pick(5); i > 0; --i) {
      drill_goal g;
      g.measure = static_cast<drill_measure>(1 + pick(5));
      if (g.measure == drill_measure::role_filled && pick(2) == 0) g.role = pick(2) == 0 ? "scribe" : "liaison";
      if (pick(4) == 0) g.incident = std::string(1, static_cast<char>('a' + pick(4)));
      g.within = (1 + pick(3'600)) * second;
      goals.push_back(g);
    }
    std::vector<drill_gap> gaps(static_cast<std::size_t>(pick(6)));
    for (drill_gap& g : gaps) g.kind = static_cast<drill_gap_kind>(1 + pick(10));
    std::vector<drill_goal_result> judged;
    for (const drill_goal& g : goals) judged.push_back(judge(g, incidents));
    for (const drill_goal_result& g : judged) CHECK(g.met == (g.points == 100));
    CHECK(score_of(judged, gaps) == score_by_trying(goals, incidents, gaps));
  }
}

TEST_CASE("chances follow from seed, person and page alone, and come as often as they should (M4)") {
  const drill_reaction rule{.person = {},
                            .team = {},
                            .pages = 0,
                            .action = drill_answer::acknowledge,
                            .chance = 30,
                            .after = minute,
                            .at_most = 5 * minute};
  CHECK(draw(rule, 7, "ana", 3) == draw(rule, 7, "ana", 3));
  int answered = 0;
  std::map<std::int64_t, int> delays;
  for (std::uint64_t n = 1; n <= 10'000; ++n) {
    const drawn_reaction drawn = draw(rule, 7, n % 2 == 0 ? "ana" : "ben", n);
    if (drawn.action == drill_answer::ignore) continue;
    ++answered;
    ++delays[drawn.after.us / second.us];
    CHECK(drawn.after.us % second.us == 0);
  }
  CHECK(answered > 2'800);
  CHECK(answered < 3'200);
  CHECK(delays.begin()->first == 60);
  CHECK(delays.rbegin()->first == 300);
  CHECK(delays.size() > 230);
}

TEST_CASE("the generator's numbers are the same on every machine (M4)") {
  CHECK(drawn_number(0, "", 0, "") != drawn_number(1, "", 0, ""));
  CHECK(drawn_number(0, "ab", 0, "c") != drawn_number(0, "a", 0, "bc"));
  CHECK(drawn_number(7, "ana", 1, "delay") == 5964066216702687389U);
}
