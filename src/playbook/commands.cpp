#include <tocsin/playbook/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length short_text{1000};
constexpr max_length key_length{limits::key_length_max};
constexpr range run_number{1, static_cast<std::int64_t>(limits::playbook_runs_max)};

// The record that the command is about.
template <class T>
constexpr field_row record_row = row<&T::record>("record", "Record by number or id", required);
template <class T>
constexpr field_row run_row = row<&T::run>("run", "Number of the run; none: the only one that is active", run_number);
template <class T>
constexpr field_row step_row = row<&T::step>("step", "Key of the step", required, one_line, key_length);
template <class T>
constexpr field_row deviate_row = row<&T::deviate>(
    "deviate", "Why it is done though it is not its turn; without it that is refused", erasable, short_text);

}  // namespace

std::span<const field_row> start_playbook::fields() {
  using self = start_playbook;
  static constexpr field_row rows[] = {
      record_row<self>,
      row<&self::playbook>("playbook", "Key of the playbook", required),
      row<&self::reason>("reason", "Why it is followed", erasable, short_text),
  };
  return rows;
}

std::span<const field_row> start_step::fields() {
  using self = start_step;
  static constexpr field_row rows[] = {record_row<self>, run_row<self>, step_row<self>, deviate_row<self>};
  return rows;
}

std::span<const field_row> complete_step::fields() {
  using self = complete_step;
  static constexpr field_row rows[] = {
      record_row<self>,
      run_row<self>,
      step_row<self>,
      row<&self::outcome>("outcome", "What was decided, where the step is a decision", one_line, key_length),
      row<&self::evidence>("evidence", "What the step demands", max_length(limits::step_evidence_max)),
      deviate_row<self>,
  };
  return rows;
}

std::span<const field_row> skip_step::fields() {
  using self = skip_step;
  static constexpr field_row rows[] = {
      record_row<self>,
      run_row<self>,
      step_row<self>,
      row<&self::reason>("reason", "Why it is skipped", erasable, required, short_text),
      row<&self::outcome>("outcome", "What is taken to be the outcome, where the step is a decision", one_line,
                          key_length),
  };
  return rows;
}

std::span<const field_row> stop_playbook::fields() {
  using self = stop_playbook;
  static constexpr field_row rows[] = {
      record_row<self>,
      run_row<self>,
      row<&self::reason>("reason", "Why it is followed no more", erasable, required, short_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
