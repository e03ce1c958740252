// What is asked about incidents afterwards, and about their reviews.
#pragma once

#include <tocsin/review/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const milestones_query& query);
void answer(const answer_context& c, const review_report_query& query);
void answer(const answer_context& c, const closure_report_query& query);

}  // namespace tocsin::inline v1
