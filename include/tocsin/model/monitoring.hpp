// What machines report, and what a record keeps of it: deduplication, occurrences, heartbeats, maintenance (I4, R-C42).
// docs/machine_events.md has the rules.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {

inline constexpr std::size_t dedup_key_length_max = 255;
inline constexpr std::size_t event_labels_max = 64;
inline constexpr std::size_t bundled_events_max = 200;         // keys that one incident for many lists
inline constexpr std::size_t held_events_max = 200;            // keys that one maintenance window holds back
inline constexpr std::size_t released_events_max = 20;         // incidents that the end of a window logs one by one
inline constexpr std::size_t maintenance_windows_max = 100;    // that are not over
inline constexpr std::size_t maintenance_items_max = 1'000;    // that one window names
inline constexpr std::size_t maintenance_covers_max = 10'000;  // that one window covers
inline constexpr std::int64_t source_incidents_max = 1'000;    // that a source may be allowed in one window of time

}  // namespace limits

// What a machine says: there is something, it is over, or "I am here".
enum class event_signal : std::uint8_t { unset, raise, clear, heartbeat };
std::span<const std::string_view> choices(event_signal);

struct event_label {
  std::string name;
  std::string value;

  static std::span<const field_row> fields();
  friend bool operator==(const event_label&, const event_label&) = default;
};

// What a clear signal does to an open incident.
enum class clear_action : std::uint8_t { unset, resolve, note };
std::span<const std::string_view> choices(clear_action);

// How the events of one source are treated. A source that none is published for is treated by the one with the key
// "default", or as a new one of these is.
struct event_source {
  std::string key;
  std::string name;
  clear_action on_clear = clear_action::resolve;
  std::string resolution_code = "resolved_externally";
  duration reopen_within;            // a raise so soon after a clear reopens; 0: as long as the workflow allows it
  std::int64_t incidents_max = 100;  // new ones in any `incidents_within`; what is more is bundled into one
  duration incidents_within = 10 * minute;
  std::string record_template;  // key: what the incidents begin with; labels and fields of the event are its variables
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

std::vector<std::string> lint(const event_source& definition);

// One of the events that an incident for many stands for.
struct bundled_event {
  std::string source;
  std::string dedup_key;
  std::uint32_t count = 0;
  bool still_raised = false;

  static std::span<const field_row> fields();
};

// What a record keeps of the machine that it came from: an incident, or a watch that expects heartbeats.
struct incident_monitoring {
  static constexpr std::uint8_t part_number = 5;
  static const part_type descriptor;

  std::string source;
  std::string dedup_key;
  std::vector<event_label> labels;  // those of the last raise
  std::string latest_title;         // of the last raise, where it is another than the record's
  bool still_raised = false;        // the source has not said that it is over
  std::uint32_t occurrence_count = 0;
  instant last_occurrence_at = no_instant;
  instant cleared_at = no_instant;     // when the source last said that it is over
  std::vector<bundled_event> bundled;  // of an incident that stands for many
  std::uint32_t unlisted_count = 0;    // events beyond those
  duration expires_after;              // of a watch: how long after a heartbeat it is missed
  instant expires_at = no_instant;     // of a watch: when the next is missed; not set once it is
  instant last_heartbeat_at = no_instant;

  static std::span<const field_row> fields();
};

// An event that a window held back.
struct held_event {
  std::string source;
  std::string dedup_key;
  std::uint32_t count = 0;
  bool still_raised = false;
  instant first_at = no_instant;
  instant last_at = no_instant;
  std::uint64_t entry = 0;  // of the journal, that has all of the first report
  std::string title;
  category_ref category;
  service_ref service;
  team_ref team;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  std::string item;  // key of a service or a configuration item

  static std::span<const field_row> fields();
};

// A maintenance window: new events of machines that it names are held back, visibly (R-C42).
struct incident_maintenance {
  static constexpr std::uint8_t part_number = 6;
  static const part_type descriptor;

  std::string maintenance_key;
  instant maintenance_from = no_instant;          // included
  instant maintenance_until = no_instant;         // not included
  std::vector<service_ref> maintenance_services;  // none of these and of items: all
  std::vector<std::string> maintenance_sources;   // none: all
  embedded_json maintenance_where;                // of the record that the event would be
  std::vector<held_event> held;
  std::uint32_t held_count = 0;                 // events, all of them
  bool maintenance_over = false;                // what was held back has been said, and released
  std::vector<std::string> maintenance_items;   // keys of services and configuration items that are worked on
  std::vector<std::string> maintenance_covers;  // by key: they, and what fails or is degraded with them

  static std::span<const field_row> fields();
};

}  // namespace tocsin::inline v1
