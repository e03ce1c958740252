// What the events of communication do to their record.
#pragma once

#include <tocsin/communication/events.hpp>
#include <tocsin/desk/fold.hpp>

namespace tocsin::inline v1 {

struct record_communication;

void fold(incident& r, const update_drafted& e, const fold_context& c);
void fold(incident& r, const update_approved& e, const fold_context& c);
void fold(incident& r, const update_withdrawn& e, const fold_context& c);
void fold(incident& r, const update_published& e, const fold_context& c);
void fold(incident& r, const audience_subscribed& e, const fold_context& c);
void fold(incident& r, const audience_unsubscribed& e, const fold_context& c);
void fold(incident& r, const audience_update_scheduled& e, const fold_context& c);
void fold(incident& r, const audience_update_overdue& e, const fold_context& c);
void fold(incident& r, const audience_update_due& e, const fold_context& c);

void erase(record_communication& p, bool texts);

}  // namespace tocsin::inline v1
