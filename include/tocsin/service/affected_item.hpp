// The services and configuration items that a record names as affected, and how.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t affected_items_max = 1'000;  // of one record
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

// Of a record that names any.
struct record_affected_items {
  static constexpr std::uint8_t part_number = 10;
  static const part_type descriptor;

  std::vector<affected_item> affected_items;

  static std::span<const field_row> fields();
};

const std::vector<affected_item>& affected_items_of(const incident& record);

}  // namespace tocsin::inline v1
