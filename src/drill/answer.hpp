// What is asked of drills.
#pragma once

#include <tocsin/drill/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const drill_query& query);

}  // namespace tocsin::inline v1
