#include <tocsin/assignment/assignment.hpp>

#include <algorithm>
#include <tuple>

namespace tocsin::inline v1 {
namespace {

// 0: the person has not got it at all.
std::int64_t level_of(const assignment_candidate& one, skill_ref skill) {
  const auto found = std::ranges::find(one.skills, skill, &skill_level::skill);
  return found == one.skills.end() ? 0 : found->level;
}

skill_ref first_lacking(const assignment_candidate& one, const std::vector<skill_level>& mandatory) {
  for (const skill_level& demanded : mandatory) {
    if (level_of(one, demanded.skill) < demanded.level) return demanded.skill;
  }
  return {};
}

considered_person judge(const assignment_terms& terms, const assignment_candidate& one) {
  considered_person result{.person = one.person,
                           .skipped = one.unavailable,
                           .role = one.role,
                           .load = one.load,
                           .capacity = one.capacity,
                           .last_turn = one.last_turn};
  for (const skill_level& wanted : terms.wanted) {
    const std::int64_t level = level_of(one, wanted.skill);
    result.wanted_skills += level > 0 ? 1 : 0;
    result.sufficient_skills += level >= wanted.level ? 1 : 0;
  }
  if (result.skipped != skip_reason::unset) return result;
  result.skill = first_lacking(one, terms.mandatory);
  if (result.skill) {
    result.skipped = skip_reason::lacks_skill;
  } else if (one.capacity && one.load >= one.capacity.value) {
    result.skipped = skip_reason::at_capacity;
  } else if (terms.strategy == assignment_strategy::most_capacity && !one.capacity) {
    result.skipped = skip_reason::no_capacity;
  }
  return result;
}

// The smallest comes first.
using rank = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::uint64_t, std::uint32_t>;

rank rank_of(assignment_strategy strategy, const considered_person& one) {
  const std::uint32_t number = one.person.index;
  switch (strategy) {
    case assignment_strategy::round_robin:
    case assignment_strategy::on_call:
      return {0, 0, 0, one.last_turn, number};
    case assignment_strategy::least_loaded:
      return {0, 0, one.load, one.last_turn, number};
    case assignment_strategy::most_capacity:
      return {0, 0, one.load - one.capacity.value, one.last_turn, number};
    case assignment_strategy::by_skills:
      return {-one.wanted_skills, -one.sufficient_skills, one.load, one.last_turn, number};
    default:
      return {0, 0, 0, 0, number};
  }
}

}  // namespace

std::span<const std::string_view> choices(skip_reason) {
  static constexpr std::string_view all[] = {"excepted",     "retired",     "absent",        "not_on_call",
                                             "out_of_hours", "may_not_see", "not_qualified", "lacks_skill",
                                             "at_capacity",  "no_capacity"};
  return all;
}

std::span<const field_row> considered_person::fields() {
  using self = considered_person;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Person"),
      row<&self::skipped>("skipped", "Why the person could not get it; none: could have got it"),
      row<&self::skill>("skill", "Mandatory skill that is lacking, or is there at too low a level"),
      row<&self::role>("role", "Role that the person is not qualified for"),
      row<&self::load>("load", "Open records that the person had", always),
      row<&self::capacity>("capacity", "Open records that the person can have at a time"),
      row<&self::last_turn>("last_turn", "Turn that the person last had by the rule; none: there was none"),
      row<&self::wanted_skills>("wanted_skills", "How many of the wanted skills the person has"),
      row<&self::sufficient_skills>("sufficient_skills", "How many of them at the level that is wanted"),
  };
  return rows;
}

std::vector<considered_person> consider(const assignment_terms& terms,
                                        std::span<const assignment_candidate> candidates) {
  std::vector<considered_person> all;
  all.reserve(candidates.size());
  for (const assignment_candidate& one : candidates) all.push_back(judge(terms, one));
  const auto skipped = std::ranges::partition(all, is_eligible);
  std::ranges::sort(all.begin(), skipped.begin(), {},
                    [&](const considered_person& one) { return rank_of(terms.strategy, one); });
  std::ranges::sort(skipped, {}, [](const considered_person& one) { return one.person.index; });
  return all;
}

}  // namespace tocsin::inline v1
