// The events of satisfaction. Their fields stand in src/satisfaction/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>

namespace tocsin::inline v1 {

// Somebody said how satisfied they are. A closed record does not change by it: it is an answer, not an amendment.
struct resolution_rated {
  std::uint32_t cycle = 0;
  person_ref person;
  bool requester = false;
  std::int64_t score = 0;
  std::string comment;
  bool after_closing = false;
  record_ref duplicate;  // by way of it: the requester of a duplicate answers about what they know

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
