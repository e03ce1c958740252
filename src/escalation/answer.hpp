// What is asked about escalations: one overload for each question, in the files answer_*.cpp.
#pragma once

#include <tocsin/escalation/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

// answer_runs.cpp
void answer(const answer_context& c, const escalations_query& query);
void answer(const answer_context& c, const escalation_latency_query& query);
// answer_check.cpp
void answer(const answer_context& c, const check_escalation_query& query);
// answer_simulate.cpp
void answer(const answer_context& c, const simulate_query& query);

}  // namespace tocsin::inline v1
