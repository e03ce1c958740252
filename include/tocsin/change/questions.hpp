// What is asked about changes: those before an incident, those that get in each other's way, those of a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::int64_t listed_changes_max = 10'000;  // that one answer lists; of collisions: pairs
inline constexpr std::size_t colliding_changes_max = 500;   // that one question compares with each other
inline constexpr std::size_t near_items_max = 20;           // that are listed of one change, or of one pair
}  // namespace limits

// Changes near to an incident, or to items, before it began (R-P12).
struct changes_before_query {
  record_ref incident;
  std::vector<std::string> items;  // keys; beside what the incident affects
  instant until = no_instant;      // none: the onset of the incident, or now
  duration within;                 // 0: 72 hours
  std::int64_t limit = 0;          // 100 if none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Pairs of changes whose windows overlap, and that are near to each other.
struct change_collisions_query {
  instant from = no_instant;
  instant until = no_instant;
  std::int64_t limit = 0;  // 100 if none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

enum class calendar_form : std::uint8_t { unset, json, ical };
std::span<const std::string_view> choices(calendar_form);

// Changes that are planned for a time.
struct change_calendar_query {
  instant from = no_instant;
  instant until = no_instant;
  calendar_form format = calendar_form::unset;  // unset: json
  std::int64_t limit = 0;                       // 1,000 if none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
