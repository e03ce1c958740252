#include <tocsin/task/commands.hpp>

#include <tocsin/model/task.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length task_numbers{limits::tasks_per_record_max};
constexpr range task_number{1, static_cast<std::int64_t>(limits::tasks_per_record_max)};
constexpr range due_range{0, 3650 * day.us};
constexpr const char* due_in_meaning = "Instead of due_at: so much open time of due_calendar from now";
constexpr const char* due_days_meaning =
    "Instead of due_at: the end of the n-th business day of due_calendar after today's, which is 0";
constexpr const char* due_calendar_meaning = "Calendar that due_in and due_business_days count by; none: real time";

}  // namespace

std::span<const field_row> add_task::fields() {
  using self = add_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::title>("title", "One line that says what is to be done", erasable, required, one_line),
      row<&self::description>("description", "What is to be done, in full", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it"),
      row<&self::team>("team", "Team that is to do it"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::blocking>("blocking", "The incident cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it, by number", task_numbers, task_number),
      row<&self::due_in>("due_in", due_in_meaning, due_range),
      row<&self::due_business_days>("due_business_days", due_days_meaning, range{0, 3650}),
      row<&self::due_calendar>("due_calendar", due_calendar_meaning),
      row<&self::diagnosis>("diagnosis", "It finds out what is wrong: the technical lead's, where nobody is named"),
      row<&self::skills>("skills", "Skills that its owner must have", max_length(limits::task_skills_max)),
  };
  return rows;
}

std::span<const field_row> change_task::fields() {
  using self = change_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::task>("task", "Task by its number in the incident", required, task_number),
      row<&self::title>("title", "One line that says what is to be done", erasable, one_line),
      row<&self::description>("description", "What is to be done, in full", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it"),
      row<&self::team>("team", "Team that is to do it"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::without_due>("without_due", "There is no due time any more"),
      row<&self::blocking>("blocking", "The incident cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it, by number, in place of those before",
                             task_numbers, task_number),
      row<&self::without_dependencies>("without_dependencies", "No task comes before it any more"),
      row<&self::due_in>("due_in", due_in_meaning, due_range),
      row<&self::due_business_days>("due_business_days", due_days_meaning, range{0, 3650}),
      row<&self::due_calendar>("due_calendar", due_calendar_meaning),
      row<&self::diagnosis>("diagnosis", "It finds out what is wrong"),
      row<&self::skills>("skills", "Skills that its owner must have, instead of those before",
                         max_length(limits::task_skills_max)),
      row<&self::without_skills>("without_skills", "Its owner need not have any"),
  };
  return rows;
}

std::span<const field_row> begin_task::fields() {
  static constexpr field_row rows[] = {
      row<&begin_task::incident>("incident", "Incident by number or id", required),
      row<&begin_task::task>("task", "Task by its number in the incident", required, task_number),
  };
  return rows;
}

std::span<const field_row> complete_task::fields() {
  using self = complete_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::task>("task", "Task by its number in the incident", required, task_number),
      row<&self::outcome>("outcome", "What came of it", full_text, personal),
  };
  return rows;
}

std::span<const field_row> skip_task::fields() {
  using self = skip_task;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::task>("task", "Task by its number in the incident", required, task_number),
      row<&self::reason>("reason", "Why it is not to be done after all", erasable, required, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
