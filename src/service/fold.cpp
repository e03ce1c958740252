#include "fold.hpp"

namespace tocsin::inline v1 {

void fold(incident& record, const affected_items_set& e, const fold_context&) {
  record.own<record_affected_items>().affected_items = e.items;
}

}  // namespace tocsin::inline v1
