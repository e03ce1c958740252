// The events of tasks. Their fields stand in src/task/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct task_added {
  std::uint32_t task = 0;  // its number
  std::string title;
  std::string description;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool blocking = false;
  std::vector<std::uint32_t> depends_on;
  bool diagnosis = false;
  std::vector<skill_ref> skills;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The task as it is from now on.
struct task_changed {
  std::uint32_t task = 0;
  std::string title;
  std::string description;  // empty: as it was
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool blocking = false;
  std::vector<std::uint32_t> depends_on;
  bool diagnosis = false;
  std::string owner_role;  // none: the owner was named
  std::vector<skill_ref> skills;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Whoever has a role in the response owns it from now on, as nobody was named for it.
struct task_given {
  std::uint32_t task = 0;
  person_ref owner;
  std::string role;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_begun {
  std::uint32_t task = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_completed {
  std::uint32_t task = 0;
  std::string outcome;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_skipped {
  std::uint32_t task = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct task_overdue {
  std::uint32_t task = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The record came to its end, and these with it.
struct tasks_ended {
  std::vector<std::uint32_t> tasks;
  task_state state = task_state::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
