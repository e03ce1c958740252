// The events of the desk itself. Their fields stand in src/desk/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What is odd about a definition, but allowed.
struct definition_warning {
  std::string kind;
  std::string key;
  std::string what;

  static std::span<const field_row> fields();
};

// Definitions came into force: those of a `publish` that are new or changed, and those that change with them.
struct definitions_published {
  std::string pack;
  definition_set definitions;  // a list of each type
  std::vector<definition_warning> warnings;
  std::string zone_data_version;  // of the time zone data that the desk runs on, of the first and with calendars (T2)
  std::string zone_data;          // with calendars: that of their zones, packed, in base64; so replays are the same

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct personal_erased {
  person_ref person;
  std::string reason;
  bool texts = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The desk runs on other time zone data from now on: calendars have new versions, and clocks follow them (T2).
struct zone_data_changed {
  std::string from;
  std::string to;
  std::string zone_data;  // of the calendars' zones, packed, in base64

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// From the first to the last, both included.
struct number_span {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  static std::span<const field_row> fields();
  friend bool operator==(const number_span&, const number_span&) = default;
};

struct records_purged {
  instant ended_before = no_instant;
  std::vector<number_span> records;  // ids
  std::vector<number_span> entries;  // sequences
  std::string gaps;                  // what the chain was where they were (docs/journal.md)
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
