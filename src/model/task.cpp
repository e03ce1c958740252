#include <tocsin/model/task.hpp>

#include <tocsin/model/incident.hpp>

#include "base/graph.hpp"

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
      row<&task::diagnosis>("diagnosis", "It finds out what is wrong"),
      row<&task::owner_role>("owner_role", "Role in the response by which its owner has it; none: somebody named them",
                             one_line, max_length(limits::key_length_max)),
      row<&task::skills>("skills", "Skills that its owner must have", max_length(limits::task_skills_max)),
  };
  return rows;
}

const task* find_task(std::span<const task> tasks, std::uint32_t number) {
  return number != 0 && number <= tasks.size() ? &tasks[number - 1] : nullptr;
}

std::string dependency_circle(std::span<const task> tasks, std::uint32_t number,
                              std::span<const std::uint32_t> depends_on) {
  std::vector<detail::edge> edges;
  const auto add = [&](std::uint32_t from, std::span<const std::uint32_t> to) {
    for (const std::uint32_t one : to) {
      if (find_task(tasks, one)) edges.push_back({from - 1, one - 1});
    }
  };
  for (const task& t : tasks) add(t.number, t.number == number ? depends_on : t.depends_on);
  std::string circle;
  for (const detail::vertex v : cycle_through(detail::digraph(tasks.size(), edges), number - 1)) {
    circle += std::to_string(v + 1) + " -> ";
  }
  return circle.empty() ? circle : circle + std::to_string(number);
}

std::span<const field_row> record_tasks::fields() {
  static constexpr field_row rows[] = {
      row<&record_tasks::tasks>("tasks", "What has to be done for it", max_length(limits::tasks_per_record_max)),
  };
  return rows;
}

const std::vector<task>& tasks_of(const incident& record) { return record.part_or_empty<record_tasks>().tasks; }

}  // namespace tocsin::inline v1
