// What is asked about security incidents.
#pragma once

#include <tocsin/security/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const disclosure_query& query);
void answer(const answer_context& c, const reporter_thread_query& query);

}  // namespace tocsin::inline v1
