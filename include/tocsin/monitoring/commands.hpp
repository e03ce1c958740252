// The commands of what machines report and maintenance windows. Their fields stand in src/monitoring/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What a machine says (I4). docs/machine_events.md has the rules.
struct report_event {
  std::string source;
  std::string dedup_key;
  event_signal signal = event_signal::unset;
  std::string title;
  std::string description;
  service_ref service;
  category_ref category;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  instant occurred_at = no_instant;
  duration expires_after;
  team_ref team;
  std::vector<custom_value> custom;
  std::vector<event_label> labels;
  std::string item;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// A time in which new events of machines that it names are held back (R-C42).
struct schedule_maintenance {
  std::string key;
  instant from = no_instant;
  instant until = no_instant;
  std::vector<service_ref> services;
  std::vector<std::string> sources;
  embedded_json where;
  std::string reason;
  std::vector<std::string> items;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Gives a window that is not over other bounds.
struct change_maintenance {
  std::string key;
  instant from = no_instant;
  instant until = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct cancel_maintenance {
  std::string key;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
