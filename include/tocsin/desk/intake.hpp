// Documents of monitoring systems in, commands out: what Prometheus Alertmanager posts, and any JSON that a mapping
// explains. Pure: no desk is needed. docs/machine_events.md
// describes mappings.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

namespace limits {

inline constexpr std::size_t intake_bytes_max = 16u << 20;  // one document
inline constexpr std::size_t intake_depth_max = 64;
inline constexpr std::size_t intake_events_max = 10'000;  // of one document
inline constexpr std::size_t mapping_fields_max = 200;

}  // namespace limits

// A value of the document, and what it becomes.
struct mapped_value {
  std::string is;
  std::string becomes;

  static std::span<const field_row> fields();
};

// A field of report_event, and the template of its value; variables are paths of the document. Of several for one field
// the first counts that has a value for each of its variables, and, where values are listed, comes to one of them.
struct mapped_field {
  std::string field;
  std::string text;
  std::vector<mapped_value> values;

  static std::span<const field_row> fields();
};

struct mapping_demand {
  std::string path;
  std::string is;

  static std::span<const field_row> fields();
};

struct event_mapping {
  std::string name;
  std::vector<mapping_demand> demands;  // what a document must say to be one of these
  std::string items;                    // path of its list of events; none: it is one event
  std::string labels;                   // path, in an event, of an object whose members are its labels
  std::string left_out;                 // path of how many events the document leaves out
  std::vector<mapped_field> fields_;

  static std::span<const field_row> fields();
};

// That of the documents that Prometheus Alertmanager posts to webhooks (version "4").
const event_mapping& alertmanager_mapping();

// Refuses what is no mapping.
event_mapping read_event_mapping(std::string_view json);

// Commands as JSON Lines, one `report_event` each, in the order of the document. An event that cannot be understood is
// raised as an event of its own, so that it is seen and keeps no other one back. Refused are documents that are no JSON,
// too large, or not what the mapping demands: "intake.malformed", "intake.too_large", "intake.too_deep",
// "intake.unexpected".
std::string intake_commands(const event_mapping& mapping, std::string_view document);

// The same; `mapping` is "alertmanager", or a mapping as JSON.
std::string intake_commands(std::string_view mapping, std::string_view document);

}  // namespace tocsin::inline v1
