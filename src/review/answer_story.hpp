// The milestones of an incident, as its chain of entries tells them.
#pragma once

#include <vector>

#include <tocsin/desk/answer_context.hpp>
#include <tocsin/review/incident_story.hpp>

namespace tocsin::inline v1 {

// Arranged; half an hour where `gap` says nothing.
std::vector<milestone> story_of(const answer_context& c, const incident& record, duration gap);

}  // namespace tocsin::inline v1
