#include "fold.hpp"

namespace tocsin::inline v1 {

void fold(incident& record, const affected_items_set& e, const fold_context&) {
  record_affected_items& part = record.own<record_affected_items>();
  part.affected_items = e.items;
  part.affected = e.affected;
}

}  // namespace tocsin::inline v1
