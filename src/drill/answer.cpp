// From a drill that was played to what is said of it.
#include "answer.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/drill/drill.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/major_incident/major_incident_policy.hpp>
#include <tocsin/model/incident.hpp>

#include "major_incident/decide.hpp"

#include "answer_play.hpp"

#include <algorithm>
#include <map>

namespace tocsin::inline v1 {
namespace {

// The commander, and the roles that the policy gives, that nobody has.
std::vector<std::string> open_roles(const desk& d, const incident& record, const record_major_incident& part) {
  std::vector<std::string> open;
  const auto demand = [&](std::string_view role) {
    if (!find_holder(part.response_roles, role)) open.emplace_back(role);
  };
  demand(incident_commander);
  for (const major_role* one : roles_by_policy(d.state(), record, host_person, d.state().counters.clock)) {
    if (one->role != incident_commander) demand(one->role);
  }
  return open;
}

// What can only be said of an incident when the drill is over.
void conclude(watched_incident& of, const desk& d, instant end) {
  const incident_ptr record = d.find(of.record);
  if (!record) return;  // purged
  drill_incident& measured = of.measured;
  if (const auto* part = record->part<record_major_incident>(); part && is_major(part)) {
    measured.major = true;
    if (!is_final(record->state_kind)) measured.open_roles = open_roles(d, *record, *part);
    for (const std::string& role : measured.open_roles) of.lacks(drill_gap_kind::role_unfilled, role, end);
  }
  if (of.escalated && measured.pages == 0) of.lacks(drill_gap_kind::never_paged, {}, end);
  if (measured.pages == 0) return;
  if (of.unreachable_pages == measured.pages) of.lacks(drill_gap_kind::only_unreachable, {}, end);
  const bool waits = of.escalated && is_open(record->state_kind) && !find_time(measured, "acknowledged");
  if (waits) of.lacks(drill_gap_kind::not_acknowledged, {}, end);
}

std::vector<drill_person> people_of(const std::vector<watched_incident*>& incidents, const drill_watch& watched) {
  std::map<std::string, drill_person> by_key;
  for (const watched_incident* one : incidents) {
    for (const auto& [number, counts] : one->people) {
      const std::string key = watched.key_of({number});
      drill_person& person = by_key[key];
      person.person = key;
      person.pages += counts.pages;
      person.acknowledged += counts.acknowledged;
      person.declined += counts.declined;
    }
  }
  std::vector<drill_person> people;
  for (auto& [key, person] : by_key) people.push_back(std::move(person));
  std::ranges::stable_sort(people, std::ranges::greater(), &drill_person::pages);
  return people;
}

drill_result conclude(drill_play& played, const drill_scenario& scenario) {
  drill_watch& watched = played.watched();
  drill_result result;
  result.scenario = scenario.name;
  result.seed = scenario.seed;
  result.starts_at = played.starts_at();
  result.ends_at = played.ends_at();
  const std::vector<watched_incident*> incidents = watched.incidents();
  for (watched_incident* one : incidents) {
    conclude(*one, played.played(), result.ends_at);
    result.incidents.push_back(one->measured);
    result.pages += one->measured.pages;
    result.effects += one->effects;
    result.gaps.insert(result.gaps.end(), one->gaps.begin(), one->gaps.end());
  }
  result.people = people_of(incidents, watched);
  watched_incident& whole = watched.of_drill();
  for (const drill_person& one : result.people) {
    const bool too_many = scenario.pages_most != 0 && one.pages > scenario.pages_most;
    if (too_many) whole.lacks(drill_gap_kind::too_many_pages, one.person, result.ends_at);
  }
  result.gaps.insert(result.gaps.end(), whole.gaps.begin(), whole.gaps.end());
  std::ranges::stable_sort(result.gaps, {}, &drill_gap::at);
  for (const drill_goal& goal : scenario.goals) result.goals.push_back(judge(goal, result.incidents));
  result.score = score_of(result.goals, result.gaps);
  result.timeline = watched.timeline();
  result.timeline_not_listed = watched.not_listed();
  return result;
}

// As much as a result lists; it was scored by all.
void shorten(drill_result& result) {
  if (result.people.size() > limits::drill_people_max) result.people.resize(limits::drill_people_max);
  if (result.gaps.size() <= limits::drill_gaps_max) return;
  result.gaps_not_listed = static_cast<std::int64_t>(result.gaps.size() - limits::drill_gaps_max);
  result.gaps.resize(limits::drill_gaps_max);
}

void check_last(const drill_result& last, const drill_scenario& scenario) {
  check_fields(drill_result::fields(), &last, "/last");
  if (last.scenario == scenario.name) return;
  throw unexpected(status::invalid_argument, "drill.other_scenario", "/last/scenario",
                   refused_value::text(last.scenario), "a result of " + quoted(scenario.name));
}

}  // namespace

drill_result run_drill(const desk& d, const drill_scenario& scenario, person_ref asker, const drill_result* last) {
  check_fields(drill_scenario::fields(), &scenario, "/scenario", &d.state().words);
  check(scenario);
  if (last) check_last(*last, scenario);
  drill_play play(d, scenario, asker);
  play.run();
  drill_result result = conclude(play, scenario);
  shorten(result);
  if (last) result.compared.text = compare(*last, result);
  return result;
}

std::span<const field_row> drill_query::fields() {
  using self = drill_query;
  static constexpr field_row rows[] = {
      row<&self::scenario>("scenario", "What is played", required),
      row<&self::last>("last", "An earlier answer, to compare with"),
  };
  return rows;
}

void answer(const answer_context& c, const drill_query& query) {
  const bool has_last = !is_absent(detail::type_of<drill_result>, &query.last);
  const drill_result result = run_drill(c.d, query.scenario, c.actor(), has_last ? &query.last : nullptr);
  c.to.begin_object();
  write_members(c.to, result, c.names);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
