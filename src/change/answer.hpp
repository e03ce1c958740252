// What is asked about changes.
#pragma once

#include <tocsin/change/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const changes_before_query& query);
void answer(const answer_context& c, const change_collisions_query& query);
void answer(const answer_context& c, const change_calendar_query& query);

}  // namespace tocsin::inline v1
