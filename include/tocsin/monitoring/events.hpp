// The events of what machines report and maintenance windows. Their fields stand in src/monitoring/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// A machine reported it: for the first time, or once more.
struct occurrence_added {
  std::string source;
  std::string dedup_key;
  std::string title;                // where it is another than the record's
  std::vector<event_label> labels;  // where they are others than before
  std::uint32_t count = 0;          // how often it was reported, this time included
  bool after_resolution = false;    // it is resolved, though the machine never said that it is over

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The machine reported that it is over.
struct event_cleared {
  std::string source;
  std::string dedup_key;
  std::string not_resolved;  // why that did not resolve the incident, where it might have

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Too many at once, from its source or from the end of a maintenance window: this incident stands for the event, too.
struct event_bundled {
  std::string source;
  std::string dedup_key;
  std::string title;
  std::string window;  // key of the maintenance window that held it back, where its end brings too many at once

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A clear for something that the desk knows nothing of.
struct event_ignored {
  std::string source;
  std::string dedup_key;
  event_signal signal = event_signal::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a watch: the machine is well.
struct heartbeat_received {
  std::string source;
  std::string dedup_key;
  duration expires_after;
  instant expires_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a watch: the heartbeat was missed.
struct heartbeat_missed {
  instant last_heartbeat_at = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct maintenance_scheduled {
  std::string key;
  instant from = no_instant;
  instant until = no_instant;
  std::vector<service_ref> services;
  std::vector<std::string> sources;
  embedded_json where;
  std::vector<std::string> items;
  std::vector<std::string> covers;  // they, and what fails or is degraded with them, as the service graph was then

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a maintenance window: an event that it held back, or the clear of one.
struct event_held_back {
  event_signal signal = event_signal::unset;
  std::string source;
  std::string dedup_key;
  std::string title;
  category_ref category;
  service_ref service;
  team_ref team;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  std::string item;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A maintenance window ended, with the events it held back. Those that are still raised become incidents.
struct maintenance_ended {
  std::uint32_t held_count = 0;
  std::vector<held_event> held;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A maintenance window has other bounds from now on.
struct maintenance_changed {
  instant from = no_instant;
  instant until = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
