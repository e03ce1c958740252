// The commands of SLA clocks. Their fields stand in src/sla/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>

namespace tocsin::inline v1 {

// Says that the breach of a policy was not to be held against anybody (S13).
struct excuse_breach {
  record_ref incident;
  sla_policy_ref policy;
  std::string reason;
  person_ref approver;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
