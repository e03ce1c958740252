#include "decide_skills.hpp"

#include <tocsin/desk/state.hpp>
#include <tocsin/model/definition.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

skill_ref lacking_skill(const desk_state& state, person_ref who, std::span<const skill_ref> skills) {
  const person* const known = state.definitions.of<person>().current(who.index);
  const auto has = [&](skill_ref skill) {
    const std::string_view key = state.words.word(word_kind::skill, skill.index);
    return known && std::ranges::find(known->skills, key, &person_skill::skill) != known->skills.end();
  };
  const auto lacking = std::ranges::find_if_not(skills, has);
  return lacking == skills.end() ? skill_ref{} : *lacking;
}

}  // namespace tocsin::inline v1
