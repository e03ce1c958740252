// What is asked about incidents beyond what every record is asked (desk/answer.hpp).
#pragma once

#include <tocsin/incident/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const deliveries_query& query);

}  // namespace tocsin::inline v1
