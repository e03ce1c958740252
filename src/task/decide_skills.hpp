// The skills that a task needs, and whether somebody has them (R-C39).
#pragma once

#include <span>

#include <tocsin/base/lexicon.hpp>

namespace tocsin::inline v1 {

struct desk_state;

// The first of the skills that the person lacks, at whatever level; none: they have them all.
skill_ref lacking_skill(const desk_state& state, person_ref who, std::span<const skill_ref> skills);

}  // namespace tocsin::inline v1
