#include <tocsin/desk/store.hpp>

#include <algorithm>

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

bool meets(const record_test& test, const incident& record) noexcept {
  const std::int64_t value = test.field->read(&record);
  if (value == test.field->type->absent && value != 0) return false;
  if (value < test.least || value > test.most) return false;
  return test.values.empty() || std::ranges::binary_search(test.values, value);
}

bool meets_all(std::span<const record_test> tests, const incident& record) noexcept {
  return std::ranges::all_of(tests, [&](const record_test& test) { return meets(test, record); });
}

}  // namespace tocsin::inline v1
