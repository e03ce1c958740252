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

std::span<const field_row> affected_reach::fields() {
  using self = affected_reach;
  constexpr max_length most{limits::affected_reach_max};
  static constexpr field_row rows[] = {
      row<&self::items>("items", "Keys of what is failed or degraded, services included; the first 1000", most),
      row<&self::services>("services", "Services that are failed or degraded; the first 1000", most),
      row<&self::customers>("customers", "Customers who use what is failed or degraded; the first 1000", most),
      row<&self::classes>("classes", "Classes of what is failed or degraded; the first 1000", most),
      row<&self::criticality>("criticality", "The gravest of them"),
      row<&self::item_count>("item_count", "How many are failed or degraded, services included"),
      row<&self::service_count>("service_count", "How many services are"),
      row<&self::customer_count>("customer_count", "How many customers use what is"),
  };
  return rows;
}

std::span<const field_row> record_affected_items::fields() {
  static constexpr field_row rows[] = {
      row<&record_affected_items::affected_items>("affected_items", "Services and configuration items that it affects",
                                                  max_length(limits::affected_items_max)),
      row<&record_affected_items::affected>("affected", "How far that reached when they were named"),
  };
  return rows;
}

const std::vector<affected_item>& affected_items_of(const incident& record) {
  return record.part_or_empty<record_affected_items>().affected_items;
}

}  // namespace tocsin::inline v1
