// What is kept of the items that a record affects: those that were named last.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/service/events.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const affected_items_set& e, const fold_context& c);

}  // namespace tocsin::inline v1
