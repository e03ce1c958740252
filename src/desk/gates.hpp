// What the library itself demands before a record is resolved or closed, beside what its workflow says.
#pragma once

#include <string>
#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/model/task.hpp>

namespace tocsin::inline v1 {

struct unmet_gate {
  const char* reason;
  std::string what;
};

// Before a move to a state of this kind: no blocking task is open (L4, L10), the resolution is verified where the
// workflow wants it (R-P17), the review that is demanded is published or skipped, and a review is complete (M3).
std::vector<unmet_gate> unmet_gates(const incident& record, const workflow_graph& workflow, state_kind to);

// What the host says against it, who is asked; empty: nothing.
std::string unmet_by_host(const decision& given, const incident& record, const workflow_host_guard& guard);

// "task 2 \"Restore the backup\""
std::string named(const task& t);

}  // namespace tocsin::inline v1
