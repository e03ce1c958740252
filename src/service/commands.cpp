#include <tocsin/service/commands.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> set_affected_items::fields() {
  static constexpr field_row rows[] = {
      row<&set_affected_items::incident>("incident", "Record by number or id", required),
      row<&set_affected_items::items>("items", "Services and configuration items that it affects; none: it names none",
                                      max_length(limits::affected_items_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
