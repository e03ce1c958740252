// The services and configuration items that a record names as affected, and how.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t affected_items_max = 1'000;  // of one record
inline constexpr std::size_t affected_reach_max =
    1'000;  // items, services and so on that a record keeps a list of, each
}  // namespace limits

// What is said of an item: `not_affected` overrules what would follow from others.
enum class affected_how : std::uint8_t { unset, failed, degraded, not_affected };
std::span<const std::string_view> choices(affected_how);

struct affected_item {
  std::string item;  // key of a service or a configuration item
  affected_how how = affected_how::unset;

  static std::span<const field_row> fields();
  friend bool operator==(const affected_item&, const affected_item&) = default;
};

// How far what a record names reaches: all that is failed or degraded by it (I1), as the service graph was when the items were
// named. Lists are by key, and end after `affected_reach_max`; counts are of all.
struct affected_reach {
  std::vector<std::string> items;  // keys, services and those that are named included
  std::vector<service_ref> services;
  std::vector<customer_ref> customers;                   // who use one of the items
  std::vector<std::string> classes;                      // of configuration items
  tocsin::criticality criticality = criticality::unset;  // the gravest
  std::int64_t item_count = 0;
  std::int64_t service_count = 0;
  std::int64_t customer_count = 0;

  static std::span<const field_row> fields();
  friend bool operator==(const affected_reach&, const affected_reach&) = default;
};

// Of a record that names any.
struct record_affected_items {
  static constexpr std::uint8_t part_number = 10;
  static const part_type descriptor;

  std::vector<affected_item> affected_items;
  affected_reach affected;

  static std::span<const field_row> fields();
};

const std::vector<affected_item>& affected_items_of(const incident& record);

}  // namespace tocsin::inline v1
