// How a drill is scored, and held against the last one.
#include <tocsin/drill/drill_result.hpp>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/limits.hpp>

#include <algorithm>
#include <optional>

#include "time/shown.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t full_points = 100;

// When all that the goal asks for was reached; none: never.
std::optional<duration> reached_after(const drill_goal& goal, const drill_incident& incident) {
  const auto took = [&](std::string_view milestone) -> std::optional<duration> {
    const drill_time* t = find_time(incident, milestone);
    return t ? std::optional(t->took) : std::nullopt;
  };
  switch (goal.measure) {
    case drill_measure::first_page:
      return took("first_page");
    case drill_measure::acknowledged:
      return took("acknowledged");
    case drill_measure::resolved:
      return took("resolved");
    case drill_measure::role_filled:
      break;
    default:
      return std::nullopt;
  }
  if (!goal.role.empty()) return took("role:" + goal.role);
  if (!incident.major || !incident.open_roles.empty()) return std::nullopt;
  std::optional<duration> last;
  for (const drill_time& t : incident.times) {
    if (t.milestone.starts_with("role:")) last = std::max(last.value_or(t.took), t.took);
  }
  return last;
}

// Who is late gets less the later they are, and never all.
std::int64_t points_of(const drill_goal& goal, const drill_incident& incident) {
  if (goal.measure == drill_measure::updates_on_time) return incident.updates_missed == 0 ? full_points : 0;
  const std::optional<duration> took = reached_after(goal, incident);
  if (!took) return 0;
  if (*took <= goal.within) return full_points;
  return std::min(full_points - 1,
                  full_points * (goal.within.us / second.us) / std::max<std::int64_t>(took->us / second.us, 1));
}

const drill_incident* find_incident(const drill_result& r, std::string_view label) {
  const auto found = std::ranges::find(r.incidents, label, &drill_incident::label);
  return found == r.incidents.end() ? nullptr : &*found;
}

// Rows of a comparison, as many as fit into a member that is JSON itself.
class comparison {
 public:
  comparison() { to_.begin_array(); }

  void count(std::string_view figure, std::int64_t before, std::int64_t now, bool more_is_better) {
    if (!begin(figure, {})) return;
    to_.member("before", before);
    to_.member("now", now);
    to_.member("difference", now - before);
    end(now == before ? 0 : (now > before) == more_is_better ? 1 : -1);
  }

  // Sooner is better, and never the worst.
  void time(std::string_view milestone, std::string_view incident, const drill_time* before, const drill_time* now) {
    if (!before && !now) return;
    if (!begin(milestone, incident)) return;
    if (before) to_.member("before", shown(before->took));
    if (now) to_.member("now", shown(now->took));
    if (before && now) to_.member("difference", shown(now->took - before->took));
    if (!before || !now) return end(now ? 1 : -1);
    end(now->took == before->took ? 0 : now->took < before->took ? 1 : -1);
  }

  std::string take() {
    to_.end_array();
    return to_.take();
  }

 private:
  static constexpr std::size_t row_bytes_max = 4096;  // a label, a milestone, both escaped, and figures

  bool begin(std::string_view figure, std::string_view incident) {
    if (rows_ == limits::drill_differences_max) return false;
    if (to_.str().size() + row_bytes_max > limits::embedded_bytes_max) return false;
    ++rows_;
    to_.begin_object();
    to_.member("figure", figure);
    if (!incident.empty()) to_.member("incident", incident);
    return true;
  }

  void end(int verdict) {
    to_.member("verdict", verdict == 0 ? "same" : verdict > 0 ? "better" : "worse");
    to_.end_object();
  }

  json_writer to_;
  std::size_t rows_ = 0;
};

std::int64_t count_met(const drill_result& r) {
  return std::ranges::count_if(r.goals, [](const drill_goal_result& g) { return g.met; });
}

std::int64_t count_gaps(const drill_result& r) { return static_cast<std::int64_t>(r.gaps.size()) + r.gaps_not_listed; }

void compare_times(comparison& to, const drill_incident& before, const drill_incident& now) {
  std::vector<std::string_view> milestones;
  for (const drill_time& t : now.times) milestones.push_back(t.milestone);
  for (const drill_time& t : before.times) {
    if (!find_time(now, t.milestone)) milestones.push_back(t.milestone);
  }
  for (const std::string_view m : milestones) to.time(m, now.label, find_time(before, m), find_time(now, m));
}

}  // namespace

std::int64_t weight_of(drill_gap_kind kind) {
  switch (kind) {
    case drill_gap_kind::never_paged:
    case drill_gap_kind::only_unreachable:
      return 20;
    case drill_gap_kind::exhausted:
      return 15;
    case drill_gap_kind::nobody_on_call:
    case drill_gap_kind::not_acknowledged:
    case drill_gap_kind::step_refused:
      return 10;
    default:
      return 5;
  }
}

drill_goal_result judge(const drill_goal& goal, std::span<const drill_incident> incidents) {
  drill_goal_result judged{.measure = goal.measure,
                           .role = goal.role,
                           .incident = goal.incident,
                           .within = goal.within,
                           .met = false,
                           .points = 0,
                           .missed = {}};
  std::int64_t sum = 0;
  std::int64_t meant = 0;
  for (const drill_incident& one : incidents) {
    if (!goal.incident.empty() && goal.incident != one.label) continue;
    const std::int64_t points = points_of(goal, one);
    ++meant;
    sum += points;
    if (points < full_points) judged.missed.push_back(one.label);
  }
  judged.points = meant == 0 ? 0 : sum / meant;
  judged.met = meant != 0 && judged.missed.empty();
  return judged;
}

std::int64_t score_of(std::span<const drill_goal_result> goals, std::span<const drill_gap> gaps) {
  std::int64_t points = 0;
  for (const drill_goal_result& g : goals) points += g.points;
  std::int64_t score = goals.empty() ? full_points : points / static_cast<std::int64_t>(goals.size());
  for (const drill_gap& g : gaps) score -= weight_of(g.kind);
  return std::clamp(score, std::int64_t{0}, full_points);
}

std::string compare(const drill_result& before, const drill_result& now) {
  comparison to;
  to.count("score", before.score, now.score, true);
  to.count("goals_met", count_met(before), count_met(now), true);
  to.count("gaps", count_gaps(before), count_gaps(now), false);
  to.count("pages", before.pages, now.pages, false);
  for (const drill_incident& one : now.incidents) {
    const drill_incident* then = find_incident(before, one.label);
    if (then) compare_times(to, *then, one);
  }
  return to.take();
}

}  // namespace tocsin::inline v1
