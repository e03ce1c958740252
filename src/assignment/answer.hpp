// What is asked about assignment: one overload for each question.
#pragma once

#include <tocsin/assignment/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const explain_assignment_query& query);
void answer(const answer_context& c, const propose_assignment_query& query);
void answer(const answer_context& c, const workload_query& query);

}  // namespace tocsin::inline v1
