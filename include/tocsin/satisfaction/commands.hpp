// The commands of satisfaction. Their fields stand in src/satisfaction/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>

namespace tocsin::inline v1 {

// How satisfied somebody is with the resolution that the record has, or closed with (R-P18, R-C45).
struct rate_resolution {
  record_ref incident;
  optional_integer score;
  std::string comment;
  person_ref person;  // whose answer the host passes on; none: the actor

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
