#include <tocsin/service/affected_item.hpp>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(affected_how) {
  static constexpr std::string_view names[] = {"failed", "degraded", "not_affected"};
  return names;
}

std::span<const field_row> affected_item::fields() {
  static constexpr field_row rows[] = {
      row<&affected_item::item>("item", "Key of a service or a configuration item", required, one_line,
                                max_length(limits::key_length_max)),
      row<&affected_item::how>("how", "What is said of it; failed where nothing is"),
  };
  return rows;
}

std::span<const field_row> record_affected_items::fields() {
  static constexpr field_row rows[] = {
      row<&record_affected_items::affected_items>("affected_items", "Services and configuration items that it affects",
                                                  max_length(limits::affected_items_max)),
  };
  return rows;
}

const std::vector<affected_item>& affected_items_of(const incident& record) {
  return record.part_or_empty<record_affected_items>().affected_items;
}

}  // namespace tocsin::inline v1
