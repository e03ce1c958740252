// What is asked about the service graph.
#pragma once

#include <tocsin/service/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const impact_query& query);

}  // namespace tocsin::inline v1
