#include <subcommands.hpp>

#include <algorithm>
#include <array>

namespace shell {

// In the order of the help: work, looking, time, the journal, on-call, the vocabulary.
std::span<const subcommand* const> subcommands() {
  static constexpr std::array all{
      &run_subcommand,      &publish_subcommand,   &import_subcommand,      &find_incidents_subcommand,
      &count_subcommand,    &show_subcommand,      &clocks_subcommand,      &get_subcommand,
      &report_subcommand,   &query_subcommand,     &status_subcommand,      &timers_subcommand,
      &advance_subcommand,  &effects_subcommand,   &definitions_subcommand, &workflow_subcommand,
      &verify_subcommand,   &head_subcommand,      &entry_subcommand,       &export_subcommand,
      &backup_subcommand,   &replicate_subcommand, &purge_subcommand,       &actions_subcommand,
      &intake_subcommand,   &oncall_subcommand,    &simulate_subcommand,    &drill_subcommand,
      &calendar_subcommand, &impact_subcommand,    &recurrence_subcommand,  &explain_subcommand,
      &schema_subcommand,   &catalogue_subcommand};
  return all;
}

const subcommand* subcommand_named(std::string_view name) {
  const auto all = subcommands();
  const auto found = std::find_if(all.begin(), all.end(), [&](const subcommand* one) { return one->name == name; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace shell
