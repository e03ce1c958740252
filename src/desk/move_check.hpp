// What stands against a move of a record. Commands, what follows from them, moves that a record makes by itself and what is
// offered all ask here (L2).
#pragma once

#include <string>
#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/model/task.hpp>

namespace tocsin::inline v1 {

// A guard that does not hold.
struct unmet_guard {
  const char* reason;
  std::string says;
  const condition* why = nullptr;  // null: the library itself demands it
};

// What the library demands before a move to a state of this kind: no blocking task is open (L4, L10), the resolution is
// verified where the workflow wants it (R-P17), the review that is demanded is published or skipped, a review is complete,
// and approved where it must be (M3), no step of an enforced playbook is left (R-C24), and what is under embargo, or is to be disclosed, was (R-C43).
std::vector<unmet_guard> unmet_demands(const incident& record, const workflow_graph& workflow, state_kind to);

// That, and the guards of the move, as its workflow has them. `seen` is the record before the move, with the command.
std::vector<unmet_guard> unmet_guards(const record_view& seen, const workflow_graph& workflow,
                                      const workflow_move& move, instant at);

// The fields that the move requires and the record has not, as it will be; a sentence each.
std::vector<std::string> missing_fields(const record_view& after, const workflow_move& move);

// "task 2 \"Restore the backup\""
std::string named(const task& t);

}  // namespace tocsin::inline v1
