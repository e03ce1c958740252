// What is asked about satisfaction.
#pragma once

#include <tocsin/satisfaction/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const satisfaction_query& query);

}  // namespace tocsin::inline v1
