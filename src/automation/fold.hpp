// What the events of automation do to their record.
#pragma once

#include <tocsin/automation/events.hpp>
#include <tocsin/desk/fold.hpp>

namespace tocsin::inline v1 {

void fold(incident& r, const automation_begun& e, const fold_context& c);
void fold(incident& r, const automation_acted& e, const fold_context& c);
void fold(incident& r, const automation_run_requested& e, const fold_context& c);
void fold(incident& r, const automation_stopped& e, const fold_context& c);
void fold(incident& r, const automation_suspended& e, const fold_context& c);
void fold(incident& r, const automation_resumed& e, const fold_context& c);
void fold(incident& r, const automation_reported& e, const fold_context& c);

void erase(record_automation& p, bool texts);

}  // namespace tocsin::inline v1
