// What is kept of how satisfied people are: the last answer of a person stands, in its cycle (R-C45).
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/satisfaction/events.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const resolution_rated& e, const fold_context& c);

// Takes out what is personal, and with `texts` all that was written.
void erase(record_satisfaction& all, bool texts);

}  // namespace tocsin::inline v1
