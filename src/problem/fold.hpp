// What the events of problems do to their record.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/problem/events.hpp>

namespace tocsin::inline v1 {

void fold(incident& r, const problem_opened& e, const fold_context& c);
void fold(incident& r, const cause_stated& e, const fold_context& c);
void fold(incident& r, const cause_evidence_added& e, const fold_context& c);
void fold(incident& r, const cause_decided& e, const fold_context& c);
void fold(incident& r, const diagnostic_action_added& e, const fold_context& c);
void fold(incident& r, const workaround_communicated& e, const fold_context& c);
void fold(incident& r, const fix_communicated& e, const fold_context& c);
void fold(incident& r, const incidents_reached& e, const fold_context& c);
void fold(incident& r, const risk_accepted& e, const fold_context& c);
void fold(incident& r, const risk_review_due& e, const fold_context& c);
void fold(incident& r, const known_error_raised& e, const fold_context& c);
void fold(incident& r, const problem_proposed& e, const fold_context& c);
void fold(incident& r, const proposal_joined& e, const fold_context& c);
void fold(incident& r, const proposal_decided& e, const fold_context& c);
void fold(incident& r, const groups_taken_over& e, const fold_context& c);

void erase(record_problem& p, bool texts);
void erase(record_problem_proposal& p, bool texts);

}  // namespace tocsin::inline v1
