// The commands of assignment by rules. Their fields stand in src/assignment/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>

namespace tocsin::inline v1 {

// Lets the assignment rules give it to somebody, as though it had just been logged (I2).
struct apply_assignment_rules {
  record_ref incident;
  assignment_rule_ref rule;        // this one, whether it matches or not; none: the first that matches
  std::vector<person_ref> except;  // who is not to get it: somebody who handed it back, say
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
