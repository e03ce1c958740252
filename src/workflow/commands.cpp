#include <tocsin/workflow/commands.hpp>

#include <tocsin/workflow/workflow.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> move_incident::fields() {
  using self = move_incident;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::state>("state", "State that it goes to", required),
      row<&self::note>("note", "What to add", full_text, personal),
      row<&self::override_reason>("override_reason", override_meaning, erasable, full_text),
  };
  return rows;
}

std::span<const field_row> state_mapping::fields() {
  static constexpr field_row rows[] = {
      row<&state_mapping::from>("from", "State that records are in", required),
      row<&state_mapping::to>("to", "State of the current version that it corresponds to", required),
  };
  return rows;
}

std::span<const field_row> migrate_records::fields() {
  using self = migrate_records;
  static constexpr field_row rows[] = {
      row<&self::workflow>("workflow", "Workflow whose records go on to its current version", required),
      row<&self::states>("states", "Where a state has another name now", max_length(limits::workflow_states_max)),
      row<&self::limit>("limit", "How many records at most; as many as one command may where none is given",
                        range{0, static_cast<std::int64_t>(limits::migrated_per_command_max)}),
  };
  return rows;
}

}  // namespace tocsin::inline v1
