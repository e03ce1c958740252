// Answers about playbooks.
#pragma once

#include <tocsin/desk/answer_context.hpp>
#include <tocsin/playbook/questions.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const playbook_query& query);
void answer(const answer_context& c, const left_to_do_query& query);
void answer(const answer_context& c, const conformance_query& query);

}  // namespace tocsin::inline v1
