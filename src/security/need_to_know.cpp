#include <tocsin/security/need_to_know.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_named(const confidant& one, const restriction_change& change) {
  return one.person ? std::ranges::find(change.people, one.person) != change.people.end()
                    : std::ranges::find(change.teams, one.team) != change.teams.end();
}

void add(std::vector<confidant>& all, confidant one) {
  const auto is_same = [&](const confidant& known) { return known.person == one.person && known.team == one.team; };
  if (std::ranges::none_of(all, is_same)) all.push_back(std::move(one));
}

}  // namespace

std::vector<confidant> need_to_know(std::span<const restriction_change> changes) {
  std::vector<confidant> all;
  for (const restriction_change& change : changes) {
    std::erase_if(all, [&](const confidant& one) { return !is_named(one, change); });
    for (const person_ref person : change.people) add(all, {person, {}, change.at, change.by, change.reason});
    for (const team_ref team : change.teams) add(all, {{}, team, change.at, change.by, change.reason});
  }
  return all;
}

}  // namespace tocsin::inline v1
