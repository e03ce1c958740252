// What is asked about clocks: one overload for each question.
#pragma once

#include <tocsin/sla/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const clocks_query& query);
void answer(const answer_context& c, const clock_proof_query& query);
void answer(const answer_context& c, const clock_attribution_query& query);
void answer(const answer_context& c, const breaches_ahead_query& query);
void answer(const answer_context& c, const attainment_query& query);

}  // namespace tocsin::inline v1
