#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

std::int64_t index_value(const incident& record, record_index index) noexcept {
  switch (index) {
    case record_index::id:
      return static_cast<std::int64_t>(record.id);
    case record_index::opened_at:
      return record.opened_at.us;
    case record_index::closed_at:
      return (is_set(record.closed_at) ? record.closed_at : record.cancelled_at).us;
    case record_index::caller:
      return record.caller.index;
  }
  return 0;
}

}  // namespace tocsin::inline v1
