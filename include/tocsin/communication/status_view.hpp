// What a status page shows at an instant, and its two forms: JSON in the shape of Statuspage's public API v2, and one
// HTML page that needs nothing else. The same view gives the same bytes (R2).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/component_status.hpp>
#include <tocsin/communication/uptime.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t past_incidents_max = 100;  // that the HTML page lists
inline constexpr duration past_incidents_within{14 * day.us};
}  // namespace limits

struct shown_component {
  std::string key;
  std::string name;
  std::string group;
  std::string description;
  instant since = no_instant;
  component_condition condition;
  component_uptime uptime;
};

struct shown_update {
  std::uint32_t draft = 0;
  update_stage stage = update_stage::unset;
  std::string body;
  instant at = no_instant;
};

struct shown_incident {
  std::string number;
  std::string name;
  update_stage stage = update_stage::unset;
  component_status worst = component_status::operational;  // that it makes of a component
  instant started_at = no_instant;
  instant resolved_at = no_instant;
  std::vector<shown_update> updates;    // newest first; one at least
  std::vector<std::size_t> components;  // places
};

struct shown_maintenance {
  std::string number;
  instant from = no_instant;
  instant until = no_instant;
  instant created_at = no_instant;
  instant updated_at = no_instant;
  bool under_way = false;
  std::vector<std::size_t> components;  // places
};

struct status_view {
  std::string key;
  std::string name;
  std::string url;
  instant at = no_instant;
  std::vector<shown_component> components;
  std::vector<shown_incident> incidents;  // those that go on, newest first
  std::vector<shown_incident> past;       // newest first
  std::vector<shown_maintenance> maintenances;
};

component_status worst_of(const status_view& view);
std::vector<std::string> groups_of(const status_view& view);  // each once, in the order of their first components
std::string name_of(const status_view& view, const shown_maintenance& one);

// Of all components together: "minor", "Partially Degraded Service".
struct overall_status {
  std::string_view indicator;
  std::string_view description;

  friend bool operator==(const overall_status&, const overall_status&) = default;
};
overall_status overall_of(const status_view& view);

// One object: page, status, components, incidents that go on, maintenance that is coming or under way.
void write_summary(json_writer& to, const status_view& view);

std::string html_of(const status_view& view);

}  // namespace tocsin::inline v1
