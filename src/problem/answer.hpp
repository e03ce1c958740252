// What is asked about problems and recurrence.
#pragma once

#include <tocsin/problem/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const causes_query& query);
void answer(const answer_context& c, const known_at_opening_query& query);
void answer(const answer_context& c, const workarounds_without_problem_query& query);
void answer(const answer_context& c, const recurrence_query& query);

}  // namespace tocsin::inline v1
