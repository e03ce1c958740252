// The commands of workflows. Their fields stand in src/workflow/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>

namespace tocsin::inline v1 {

// A move of the workflow's own.
struct move_incident {
  record_ref incident;
  state_ref state;
  std::string note;
  std::string override_reason = {};  // why guards that do not hold are overridden (R-O03)

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct state_mapping {
  state_ref from;
  state_ref to;

  static std::span<const field_row> fields();
};

// Takes running records on to the current version of their workflow. They run on their own version until then.
struct migrate_records {
  workflow_ref workflow;
  std::vector<state_mapping> states;  // where a state has another name now
  std::int64_t limit = 0;             // records at most; 0: limits::migrated_per_command_max

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
