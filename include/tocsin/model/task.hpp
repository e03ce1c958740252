// Tasks: what several people have to do for one record, each with an owner and a due time (L10).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t task_skills_max = 20;
}  // namespace limits

// Skipped: it was not to be done after all; incomplete: its record closed before it was done.
enum class task_state : std::uint8_t { unset, open, begun, completed, skipped, incomplete };
std::span<const std::string_view> choices(task_state);

constexpr bool is_open(task_state s) { return s == task_state::open || s == task_state::begun; }

struct task {
  std::uint32_t number = 0;  // within the record, from 1; never given again
  task_state state = task_state::unset;
  std::string title;
  std::string description;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  bool overdue = false;                   // it was open when it was due
  bool blocking = false;                  // the record cannot be resolved while it is open
  std::vector<std::uint32_t> depends_on;  // numbers of tasks that must not be open any more before it begins
  instant begun_at = no_instant;
  instant ended_at = no_instant;
  bool diagnosis = false;         // it finds out what is wrong: the technical lead's, where it is nobody's
  std::string owner_role;         // role in the response that made its owner so; none: somebody named them
  std::vector<skill_ref> skills;  // that its owner must have

  static std::span<const field_row> fields();
};

// Tasks of one record are in order of their numbers, none missing: the one with number n stands at n - 1.
const task* find_task(std::span<const task> tasks, std::uint32_t number);

// The first circle that task `number` would be in if it depended on these, as "2 -> 5 -> 2"; empty: none.
std::string dependency_circle(std::span<const task> tasks, std::uint32_t number,
                              std::span<const std::uint32_t> depends_on);

// Of a record that has any.
struct record_tasks {
  static constexpr std::uint8_t part_number = 1;
  static const part_type descriptor;

  std::vector<task> tasks;  // in order of number (L10)

  static std::span<const field_row> fields();
};

const std::vector<task>& tasks_of(const incident& record);

}  // namespace tocsin::inline v1
