// The commands of automation. Their fields stand in src/automation/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tocsin/automation/automation_record.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// What waits goes no further, and nothing new begins. Again for the same rule: with another reason or end.
struct suspend_automation {
  record_ref incident;
  automation_rule_ref rule;  // none: all of them
  std::string reason;
  instant until = no_instant;  // none: until somebody resumes it

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What did not run in the meantime is not made up for.
struct resume_automation {
  record_ref incident;
  automation_rule_ref rule;  // as it was suspended; none: all of them
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// By hand, whatever its events and conditions say; the guard against loops holds.
struct run_automation {
  record_ref incident;
  automation_rule_ref rule;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What came of something that the host was asked to run.
struct report_automation {
  record_ref incident;
  std::uint32_t request = 0;
  automation_outcome outcome = automation_outcome::unset;
  std::string evidence;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
