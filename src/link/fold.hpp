// What events do to the links of a record (L8).
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>

namespace tocsin::inline v1 {

// Marks the link to its parent, if it has one.
void mark_child(incident& record, bool record_link::* mark, bool value);

void fold(incident& record, const records_linked& e, const fold_context& c);
void fold(incident& record, const records_unlinked& e, const fold_context& c);
void fold(incident& record, const duplicates_gained& e, const fold_context& c);
void fold(incident& record, const duplicates_lost& e, const fold_context& c);
void fold(incident& record, const original_changed& e, const fold_context& c);
void fold(incident& record, const duplicate_marked& e, const fold_context& c);

}  // namespace tocsin::inline v1
