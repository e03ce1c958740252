#include <tocsin/service/events.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> affected_items_set::fields() {
  static constexpr field_row rows[] = {
      row<&affected_items_set::items>("items", "Services and configuration items that it affects from now on",
                                      max_length(limits::affected_items_max)),
      row<&affected_items_set::affected>("affected", "How far that reaches, as the service graph is now"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
