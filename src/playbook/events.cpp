#include <tocsin/playbook/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_length{limits::key_length_max};
constexpr max_length all_steps{limits::playbook_steps_max};

template <class T>
constexpr field_row run_row = row<&T::run>("run", "Number of the run");
template <class T>
constexpr field_row step_row = row<&T::step>("step", "Key of the step", one_line, key_length);
template <class T>
constexpr field_row outcome_row = row<&T::outcome>("outcome", "What was decided", one_line, key_length);
template <class T>
constexpr field_row deviation_row =
    row<&T::deviation>("deviation", "Why it was done out of order", erasable, full_text);
template <class T>
constexpr field_row opened_row = row<&T::opened>("opened", "Steps that may be done from now on", all_steps);
template <class T>
constexpr field_row ruled_out_row =
    row<&T::ruled_out>("ruled_out", "Keys of the steps that are not done after this", all_steps);

}  // namespace

std::span<const field_row> playbook_started::fields() {
  using self = playbook_started;
  static constexpr field_row rows[] = {
      run_row<self>,
      row<&self::playbook>("playbook", "Playbook that is followed"),
      row<&self::version>("version", "Its version"),
      row<&self::enforced>("enforced",
                           "The record is neither resolved nor closed while steps required by then are left"),
      row<&self::by_condition>("by_condition", "Its condition held"),
      row<&self::inputs>("inputs", "What the condition saw", personal),
      row<&self::reason>("reason", "Why somebody started it", erasable, full_text),
      row<&self::steps>("steps", "Its steps", all_steps),
  };
  return rows;
}

std::span<const field_row> step_started::fields() {
  using self = step_started;
  static constexpr field_row rows[] = {run_row<self>, step_row<self>, deviation_row<self>};
  return rows;
}

std::span<const field_row> opened_step::fields() {
  static constexpr field_row rows[] = {
      step_row<opened_step>,
      row<&opened_step::due_at>("due_at", "By when it is to be done"),
  };
  return rows;
}

std::span<const field_row> step_completed::fields() {
  using self = step_completed;
  static constexpr field_row rows[] = {
      run_row<self>,       step_row<self>,
      outcome_row<self>,   row<&self::evidence>("evidence", "What shows it", max_length(limits::step_evidence_max)),
      deviation_row<self>, opened_row<self>,
      ruled_out_row<self>,
  };
  return rows;
}

std::span<const field_row> step_skipped::fields() {
  using self = step_skipped;
  static constexpr field_row rows[] = {
      run_row<self>,     step_row<self>,   row<&self::reason>("reason", "Why it was skipped", erasable, full_text),
      outcome_row<self>, opened_row<self>, ruled_out_row<self>,
  };
  return rows;
}

std::span<const std::string_view> choices(playbook_end) {
  static constexpr std::string_view all[] = {"completed", "stopped", "record_ended"};
  return all;
}

std::span<const field_row> playbook_ended::fields() {
  using self = playbook_ended;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Number of the run at the record; none: all that were active"),
      row<&self::cause>("cause", "What ended it"),
      row<&self::reason>("reason", "Why it was stopped", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> step_overdue::fields() {
  using self = step_overdue;
  static constexpr field_row rows[] = {
      run_row<self>,
      step_row<self>,
      row<&self::due_at>("due_at", "When it was due"),
      row<&self::role>("role", "Role whose holder does it", one_line, key_length),
      row<&self::person>("person", "Person who is told"),
      row<&self::team>("team", "Team that is told"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
