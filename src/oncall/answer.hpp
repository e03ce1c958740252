// What is asked about duty: one overload for each question.
#pragma once

#include <tocsin/oncall/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const who_is_on_call_query& q);
void answer(const answer_context& c, const shifts_query& q);
void answer(const answer_context& c, const hand_offs_query& q);
void answer(const answer_context& c, const gaps_query& q);
void answer(const answer_context& c, const fairness_query& q);
void answer(const answer_context& c, const oncall_calendar_query& q);
void answer(const answer_context& c, const contact_attempts_query& q);
void answer(const answer_context& c, const swaps_query& q);
void answer(const answer_context& c, const coverage_gaps_query& query);
void answer(const answer_context& c, const role_holders_query& query);

}  // namespace tocsin::inline v1
