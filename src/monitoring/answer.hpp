// What is asked about the events of machines.
#pragma once

#include <tocsin/monitoring/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const event_figures_query& query);

}  // namespace tocsin::inline v1
