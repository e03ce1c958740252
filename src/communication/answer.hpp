// What is asked about communication.
#pragma once

#include <tocsin/communication/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const public_status_query& query);
void answer(const answer_context& c, const subscriber_view_query& query);

}  // namespace tocsin::inline v1
