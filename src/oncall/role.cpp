#include <tocsin/oncall/role.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {

std::span<const field_row> role_holder::fields() {
  static constexpr field_row rows[] = {
      row<&role_holder::person>("person", "Key of the person", required, one_line, max_length(limits::key_length_max)),
      row<&role_holder::qualified_until>("qualified_until", "The qualification ends then; none: it does not"),
  };
  return rows;
}

std::span<const field_row> role::fields() {
  static constexpr field_row rows[] = {
      row<&role::key>("key", "Key by which documents name the role", required, one_line,
                      max_length(limits::key_length_max)),
      row<&role::name>("name", "Name as people know it", one_line),
      row<&role::holders>("holders", "Who is qualified to take it", max_length(limits::role_holders_max)),
      row<&role::schedule>("schedule", "Key of a schedule: whoever is on call there has it", one_line,
                           max_length(limits::key_length_max)),
      row<&role::teams>("teams", "Keys of teams whose incidents ask for it: others who are given one are warned of",
                        one_line, max_length(limits::role_teams_max)),
  };
  return rows;
}

std::vector<std::string> lint(const role& definition) {
  std::vector<std::string> findings;
  std::set<std::string> people;
  for (const role_holder& holder : definition.holders) {
    if (!people.insert(holder.person).second) findings.push_back("/holders: \"" + holder.person + "\" is there twice");
  }
  return findings;
}

std::vector<std::string> warnings(const role& definition) {
  if (!definition.holders.empty() || !definition.schedule.empty()) return {};
  return {"/holders: there are none, and no schedule, so nobody has it"};
}

bool is_qualified(const role& definition, std::string_view person_key, instant at) {
  const auto holder = std::ranges::find(definition.holders, person_key, &role_holder::person);
  if (holder == definition.holders.end()) return false;
  return !is_set(holder->qualified_until) || at < holder->qualified_until;
}

}  // namespace tocsin::inline v1
