// What the engine itself is asked: one overload for each question, in the files answer_*.cpp.
#pragma once

#include <tocsin/desk/action.hpp>
#include <tocsin/desk/built_in_pack.hpp>
#include <tocsin/desk/query.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {

// answer_record.cpp
void answer(const answer_context& c, const get_query& q);
void answer(const answer_context& c, const timeline_query& q);
void answer(const answer_context& c, const explain_query& q);
void answer(const answer_context& c, const allowed_actions_query& q);
void answer(const answer_context& c, const presence_query& q);
// answer_find.cpp
void answer(const answer_context& c, const find_query& q);
void answer(const answer_context& c, const count_query& q);
// answer_changes.cpp
void answer(const answer_context& c, const changes_query& q);
// answer_desk.cpp
void answer(const answer_context& c, const status_query& q);
void answer(const answer_context& c, const timers_query& q);
void answer(const answer_context& c, const definitions_query& q);
void answer(const answer_context& c, const optional_packs_query& q);
// answer_form.cpp
void answer(const answer_context& c, const form_query& q);

// What slices offer beside the command, for the record that the question names.
void write_offers(const answer_context& c, const command_type& with);

// As "warnings": what is odd about the condition of a question.
void write_warnings(const answer_context& c, const embedded_json& condition);

}  // namespace tocsin::inline v1
