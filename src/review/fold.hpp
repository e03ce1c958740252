// What the events of reviews do to their record.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/review/events.hpp>

namespace tocsin::inline v1 {

struct record_review;

void fold(incident& r, const review_opened& e, const fold_context& c);
void fold(incident& r, const review_demanded& e, const fold_context& c);
void fold(incident& r, const review_settled& e, const fold_context& c);
void fold(incident& r, const section_written& e, const fold_context& c);
void fold(incident& r, const review_approved& e, const fold_context& c);
void fold(incident& r, const review_returned& e, const fold_context& c);
void fold(incident& r, const action_item_added& e, const fold_context& c);
void fold(incident& r, const action_item_completed& e, const fold_context& c);
void fold(incident& r, const action_item_verified& e, const fold_context& c);
void fold(incident& r, const action_item_dropped& e, const fold_context& c);
void fold(incident& r, const review_overdue& e, const fold_context& c);
void fold(incident& r, const action_item_overdue& e, const fold_context& c);

void erase(record_review& p, bool texts);

}  // namespace tocsin::inline v1
