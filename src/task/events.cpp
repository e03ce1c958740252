#include <tocsin/task/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length task_numbers{limits::tasks_per_record_max};
constexpr max_length key_length{limits::key_length_max};

}  // namespace

std::span<const field_row> task_added::fields() {
  using self = task_added;
  static constexpr field_row rows[] = {
      row<&self::task>("task", "Its number in the record"),
      row<&self::title>("title", "One line that says what is to be done", erasable),
      row<&self::description>("description", "What is to be done, in full", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it"),
      row<&self::team>("team", "Team that is to do it"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::blocking>("blocking", "The record cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it", task_numbers),
      row<&self::diagnosis>("diagnosis", "It finds out what is wrong"),
      row<&self::skills>("skills", "Skills that its owner must have", max_length(limits::task_skills_max)),
  };
  return rows;
}

std::span<const field_row> task_changed::fields() {
  using self = task_changed;
  static constexpr field_row rows[] = {
      row<&self::task>("task", "Its number in the record"),
      row<&self::title>("title", "Title from now on", erasable),
      row<&self::description>("description", "Description from now on; none: as it was", full_text, personal),
      row<&self::owner>("owner", "Person who is to do it from now on"),
      row<&self::team>("team", "Team that is to do it from now on"),
      row<&self::due_at>("due_at", "When it is to be done"),
      row<&self::blocking>("blocking", "The record cannot be resolved while it is open"),
      row<&self::depends_on>("depends_on", "Tasks that come before it from now on", task_numbers),
      row<&self::diagnosis>("diagnosis", "It finds out what is wrong"),
      row<&self::owner_role>("owner_role", "Role by which its owner has it; none: somebody named them", one_line,
                             key_length),
      row<&self::skills>("skills", "Skills that its owner must have from now on", max_length(limits::task_skills_max)),
  };
  return rows;
}

std::span<const field_row> task_given::fields() {
  using self = task_given;
  static constexpr field_row rows[] = {
      row<&self::task>("task", "Its number in the record"),
      row<&self::owner>("owner", "Person who is to do it from now on"),
      row<&self::role>("role", "Role in the response that they have", one_line, key_length),
  };
  return rows;
}

std::span<const field_row> task_begun::fields() {
  static constexpr field_row rows[] = {row<&task_begun::task>("task", "Its number in the record")};
  return rows;
}

std::span<const field_row> task_completed::fields() {
  static constexpr field_row rows[] = {
      row<&task_completed::task>("task", "Its number in the record"),
      row<&task_completed::outcome>("outcome", "What came of it", full_text, personal),
  };
  return rows;
}

std::span<const field_row> task_skipped::fields() {
  static constexpr field_row rows[] = {
      row<&task_skipped::task>("task", "Its number in the record"),
      row<&task_skipped::reason>("reason", "Why it is not to be done after all", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> task_overdue::fields() {
  static constexpr field_row rows[] = {row<&task_overdue::task>("task", "Its number in the record")};
  return rows;
}

std::span<const field_row> tasks_ended::fields() {
  static constexpr field_row rows[] = {
      row<&tasks_ended::tasks>("tasks", "Their numbers in the record", task_numbers),
      row<&tasks_ended::state>("state", "How they ended"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
