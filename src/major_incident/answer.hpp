// What is asked about major incidents.
#pragma once

#include <tocsin/major_incident/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const response_roles_query& query);
void answer(const answer_context& c, const join_list_query& query);
void answer(const answer_context& c, const response_effort_query& query);

}  // namespace tocsin::inline v1
