#include <tocsin/model/task.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(task_state) {
  static constexpr std::string_view all[] = {"open", "begun", "completed", "skipped", "incomplete"};
  return all;
}

std::span<const field_row> task::fields() {
  static constexpr field_row rows[] = {
      row<&task::number>("number", "Its number within the record"),
      row<&task::state>("state", "Where it stands"),
      row<&task::title>("title", "One line that says what is to be done"),
      row<&task::description>("description", "What is to be done, in full", max_length(limits::text_length_max)),
      row<&task::owner>("owner", "Person who is to do it"),
      row<&task::team>("team", "Team that is to do it"),
      row<&task::due_at>("due_at", "When it is to be done"),
      row<&task::overdue>("overdue", "It was not done when it was due"),
      row<&task::blocking>("blocking", "The record cannot be resolved while it is open"),
      row<&task::depends_on>("depends_on", "Tasks that come before it, by number",
                             max_length(limits::tasks_per_record_max)),
      row<&task::begun_at>("begun_at", "When it was begun"),
      row<&task::ended_at>("ended_at", "When it was completed, skipped or left incomplete"),
  };
  return rows;
}

const task* find_task(std::span<const task> tasks, std::uint32_t number) {
  return number != 0 && number <= tasks.size() ? &tasks[number - 1] : nullptr;
}

namespace {

// The way from one task along dependencies to another, in numbers; empty: there is none. The tasks as they are have no
// circle, so the search ends; what was seen is not looked at again.
bool find_way(std::span<const task> tasks, std::uint32_t from, std::uint32_t to, std::vector<bool>& seen,
              std::vector<std::uint32_t>& way) {
  const task* here = find_task(tasks, from);
  if (!here || seen[from - 1]) return false;
  seen[from - 1] = true;
  way.push_back(from);
  if (from == to) return true;
  for (const std::uint32_t next : here->depends_on) {
    if (find_way(tasks, next, to, seen, way)) return true;
  }
  way.pop_back();
  return false;
}

}  // namespace

std::string dependency_circle(std::span<const task> tasks, std::uint32_t number,
                              std::span<const std::uint32_t> depends_on) {
  std::vector<bool> seen(tasks.size());
  for (const std::uint32_t first : depends_on) {
    std::vector<std::uint32_t> way;
    if (!find_way(tasks, first, number, seen, way)) continue;
    std::string circle = std::to_string(number);
    for (const std::uint32_t step : way) circle += " -> " + std::to_string(step);
    return circle;
  }
  return {};
}

}  // namespace tocsin::inline v1
