// What the events about known errors do to a record (P2, P3).
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/knowledge/events.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const known_error_published& e, const fold_context& c);
void fold(incident& record, const known_error_retired& e, const fold_context& c);
void fold(incident& record, const known_error_linked& e, const fold_context& c);
void fold(incident& record, const known_error_used& e, const fold_context& c);

}  // namespace tocsin::inline v1
