// What the events about known errors do to a record (P2, P3).
#pragma once

#include <tocsin/desk/event.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

void fold_known_error(incident& record, const known_error_published& e);
void fold_known_error(incident& record, const known_error_linked& e, instant at, person_ref by);
void fold_known_error(incident& record, const known_error_used& e);

}  // namespace tocsin::inline v1
