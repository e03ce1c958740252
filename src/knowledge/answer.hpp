// What is asked about known errors.
#pragma once

#include <tocsin/knowledge/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const suggest_query& query);
void answer(const answer_context& c, const articles_query& query);

// What goes well with resolving the record: known errors that fit, and what else may be said of the solution (R-C05).
void offer_knowledge(const answer_context& c, const command_type& with);

}  // namespace tocsin::inline v1
