// The commands of the desk itself. Their fields stand in src/desk/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// A scenario that a pack brings along, to be played before it is published: on an empty desk with its definitions.
struct pack_test {
  std::string name;
  instant at = no_instant;           // when that desk begins
  std::vector<embedded_json> steps;  // {"execute": command}, {"advance": instant} or {"record": number}, each with
                                     // "expect" (what is listed must be there) or "refused" (the reason)
  static std::span<const field_row> fields();
};

// A pack of definitions. A definition with a known key becomes its next version; an unchanged one stays as it is.
struct publish {
  std::string pack;
  definition_set definitions;  // a list of each type
  std::vector<pack_test> tests;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Erases the values of personal fields for good; entries and hashes stay as they are (D10).
struct erase_personal {
  record_ref record;
  person_ref person;
  std::string reason;
  bool texts = false;  // of a record: every text that was written about it, too

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Lets go of records that are over for long: they and the entries that speak of nothing else are gone for good, and the
// chain of hashes still proves the rest (D7).
struct purge_records {
  instant ended_before = no_instant;
  std::int64_t limit = 0;  // records at most; 0: limits::purged_records_max
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
