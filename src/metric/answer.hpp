// What is asked about figures: one overload for each question, in the files answer_*.cpp.
#pragma once

#include <tocsin/metric/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

// answer_summary.cpp
void answer(const answer_context& c, const summary_query& query);
// answer_metric.cpp
void answer(const answer_context& c, const metric_query& query);

}  // namespace tocsin::inline v1
