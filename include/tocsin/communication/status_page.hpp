// A status page: what is shown to everyone of how services are, component by component, and what somebody said of one
// by hand for a time (M2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/communication/component_status.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t page_components_max = 200;
inline constexpr std::size_t component_items_max = 200;
inline constexpr duration override_within{30 * day.us};  // an override ends by then: none is forgotten
}  // namespace limits

struct status_component {
  std::string key;
  std::string name;
  std::string group;
  std::string description;
  std::vector<std::string> items;  // keys of services and configuration items; none: its status is set by hand alone
  instant since = no_instant;      // nothing is known of it before then

  static std::span<const field_row> fields();
};

// Which incidents the components are derived from.
enum class shown_incidents : std::uint8_t { unset, published, all };
std::span<const std::string_view> choices(shown_incidents);

struct status_page {
  std::string key;
  std::string name;
  std::string url;  // where it is published
  std::vector<status_component> components;
  shown_incidents shows = shown_incidents::unset;  // published where nothing is said
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// A component has this status for that time, whatever follows from incidents.
struct status_override {
  std::string key;
  std::string page;
  std::string component;
  component_status status = component_status::unset;
  instant from = no_instant;   // included
  instant until = no_instant;  // not included
  std::string reason;          // for those who work here: no page shows it
  std::string by;              // key of the person who said so
  instant withdrawn_at = no_instant;
  std::string withdrawn_by;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each.
std::vector<std::string> lint(const status_page& definition);
std::vector<std::string> lint(const status_override& definition);

// Null: there is none with that key.
const status_component* find_component(const status_page& page, std::string_view key);

bool is_in_force(const status_override& one, instant at);

}  // namespace tocsin::inline v1
