// What is asked about known errors.
#pragma once

#include <tocsin/knowledge/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const suggest_query& query);

}  // namespace tocsin::inline v1
