// What is asked about automation.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <tocsin/automation/automation_rule.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t automation_shown_max = 1'000;  // runs, and stops, that one answer lists: the last ones
inline constexpr std::size_t automation_tried_max = 50;     // rules that one question brings along
}  // namespace limits

// Which rules ran on a record, why, and what they did; which did not, and what is suspended.
struct automation_runs_query {
  record_ref incident;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What rules would do if this happened to the record now. Nothing changes: they run on a fork.
struct dry_run_automation_query {
  record_ref incident;
  std::string event;                   // its name
  embedded_json members;               // of the event; none: nothing is said of them
  std::vector<automation_rule> rules;  // that have not been published, beside those that have

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
