// What is asked about automation.
#pragma once

#include <tocsin/automation/questions.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

void answer(const answer_context& c, const automation_runs_query& query);
void answer(const answer_context& c, const dry_run_automation_query& query);

}  // namespace tocsin::inline v1
