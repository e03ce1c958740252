// The subcommands: one table, from which the help, the prompt and the dispatch are made.
#pragma once

#include <span>
#include <string_view>

#include <exit_status.hpp>
#include <session.hpp>

namespace shell {

struct subcommand {
  std::string_view name;
  std::string_view usage;    // behind the name
  std::string_view summary;  // one line
  std::string_view help;     // options and examples
  need what = need::reading;
  int (*run)(session&, arguments&) = nullptr;  // an exit status
};

std::span<const subcommand* const> subcommands();
const subcommand* subcommand_named(std::string_view name);

// The modules of the shell, each in a file that is named after it.
extern const subcommand run_subcommand;                                             // run.cpp
extern const subcommand query_subcommand, get_subcommand, status_subcommand;        // query.cpp
extern const subcommand show_subcommand;                                            // show.cpp
extern const subcommand clocks_subcommand;                                          // clocks.cpp
extern const subcommand find_incidents_subcommand, count_subcommand;                // find.cpp
extern const subcommand timers_subcommand, advance_subcommand, effects_subcommand;  // clock.cpp
extern const subcommand verify_subcommand, head_subcommand, entry_subcommand;       // journal.cpp
extern const subcommand export_subcommand;                                          // export.cpp
extern const subcommand definitions_subcommand, workflow_subcommand;                // definitions.cpp
extern const subcommand report_subcommand;                                          // report.cpp
extern const subcommand schema_subcommand, catalogue_subcommand;                    // schema.cpp
extern const subcommand import_subcommand;                                          // import.cpp
extern const subcommand calendar_subcommand;                                        // calendar.cpp
extern const subcommand oncall_subcommand;                                          // oncall.cpp
extern const subcommand intake_subcommand;                                          // intake.cpp
extern const subcommand drill_subcommand;                                           // drill.cpp
extern const subcommand simulate_subcommand;                                        // simulate.cpp
extern const subcommand impact_subcommand;                                          // impact.cpp
extern const subcommand recurrence_subcommand;                                      // recurrence.cpp
extern const subcommand explain_subcommand;                                         // explain.cpp

extern const subcommand backup_subcommand, replicate_subcommand;  // standby.cpp
extern const subcommand purge_subcommand;                         // purge.cpp
extern const subcommand publish_subcommand;                       // publish.cpp
extern const subcommand actions_subcommand;                       // actions.cpp

// Reads commands, and subcommands, from standard input: at a prompt if that is a terminal.
int run_prompt(session& with, std::string_view desk_name);

}  // namespace shell
