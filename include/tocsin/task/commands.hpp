// The commands of tasks. Their fields stand in src/task/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct add_task {
  record_ref incident;
  std::string title;
  std::string description;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool blocking = false;
  std::vector<std::uint32_t> depends_on;
  duration due_in;                     // instead of due_at: so much time, real or of due_calendar
  optional_integer due_business_days;  // instead: the end of the n-th business day of due_calendar (T8)
  business_calendar_ref due_calendar;
  bool diagnosis = false;
  std::vector<skill_ref> skills;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What is not given stays as it is.
struct change_task {
  record_ref incident;
  std::uint32_t task = 0;
  std::string title;
  std::string description;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool without_due = false;
  optional_truth blocking;
  std::vector<std::uint32_t> depends_on;
  bool without_dependencies = false;
  duration due_in;                     // instead of due_at: so much time, real or of due_calendar
  optional_integer due_business_days;  // instead: the end of the n-th business day of due_calendar (T8)
  business_calendar_ref due_calendar;
  optional_truth diagnosis;
  std::vector<skill_ref> skills;
  bool without_skills = false;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct begin_task {
  record_ref incident;
  std::uint32_t task = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct complete_task {
  record_ref incident;
  std::uint32_t task = 0;
  std::string outcome;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct skip_task {
  record_ref incident;
  std::uint32_t task = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
