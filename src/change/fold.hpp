// What the events of changes and remediation do to their record.
#pragma once

#include <tocsin/change/events.hpp>
#include <tocsin/desk/fold.hpp>

namespace tocsin::inline v1 {

void fold(incident& r, const change_opened& e, const fold_context& c);
void fold(incident& r, const change_planned& e, const fold_context& c);
void fold(incident& r, const implementation_begun& e, const fold_context& c);
void fold(incident& r, const implementation_ended& e, const fold_context& c);
void fold(incident& r, const change_reported& e, const fold_context& c);
void fold(incident& r, const change_reached& e, const fold_context& c);
void fold(incident& r, const remediation_recorded& e, const fold_context& c);

void erase(change_details& change, bool texts);
void erase(record_remediation_actions& of, bool texts);

}  // namespace tocsin::inline v1
