#include "decide_incidents.hpp"

#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/problem.hpp>

#include "desk/follow.hpp"
#include "link/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_work(const desk_state& state, const incident& record) {
  const record_base base = state.definitions.base_of(record);
  return base == record_base::incident || base == record_base::request;
}

// Beside that one.
bool has_other_open_problem(const decision& given, const incident& record, const incident& problem) {
  return std::ranges::any_of(links_of(record), [&](const record_link& link) {
    if (link.kind != link_kind::caused_by || !link.record || link.record.id == problem.id) return false;
    const incident_ptr other = given.records.find(link.record);
    return other && other->part<record_problem>() && is_open(other->state_kind);
  });
}

}  // namespace

std::vector<incident_ptr> incidents_of(const decision& given, const incident& problem) {
  std::vector<incident_ptr> all;
  for (const record_link& link : links_of(problem)) {
    if (link.kind != link_kind::cause_of || !link.record) continue;
    incident_ptr record = given.records.find(link.record);
    if (record && !is_final(record->state_kind) && is_work(given.state, *record)) all.push_back(std::move(record));
  }
  return all;
}

bool awaits(const decision& given, const incident& record, const incident& problem) {
  return is_held_for(given.state, record, awaited::problem) && !has_other_open_problem(given, record, problem);
}

bool may_reach(const decision& given, const incident& problem, const incident& record) {
  return may_follow(given, record, verb::resolve) && may_flow(given.state, problem, record);
}

awaiting_incidents awaiting(const decision& given, const incident& problem) {
  awaiting_incidents found;
  for (incident_ptr& record : incidents_of(given, problem)) {
    if (!awaits(given, *record, problem)) continue;
    if (may_reach(given, problem, *record)) {
      found.may_be_moved.push_back(std::move(record));
    } else {
      ++found.left;
    }
  }
  return found;
}

void link_cause(deciding& d, const incident& record, record_ref problem) {
  if (has_link(record, {link_kind::caused_by, problem, {}, {}})) return;
  check_room_for_link(record, d.name_of(record), d.against);
  d.emit({record.id}, records_linked{link_kind::caused_by, problem, {}, {}, {}});
  d.emit(problem, records_linked{link_kind::cause_of, {record.id}, {}, {}, {}});
}

bool move_link(const decision& given, const incident& record, record_ref to, std::vector<event>& more) {
  const incident_ptr problem = given.records.find(to);
  if (!problem || has_link(record, {link_kind::caused_by, to, {}, {}})) return problem != nullptr;
  if (count_links(links_of(*problem), link_kind::cause_of) >= limits::caused_max) return false;
  more.push_back({{record.id}, 0, records_linked{link_kind::caused_by, to, {}, {}, {}}});
  more.push_back({to, 0, records_linked{link_kind::cause_of, {record.id}, {}, {}, {}}});
  return true;
}

}  // namespace tocsin::inline v1
