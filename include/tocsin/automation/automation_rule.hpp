// What a desk does by itself when something has happened to a record: rules that are data (I3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t automation_rules_max = 500;   // in force on one desk
inline constexpr std::size_t automation_events_max = 50;   // that one rule runs on
inline constexpr std::size_t automation_types_max = 50;    // of records, of one rule
inline constexpr std::size_t automation_actions_max = 20;  // of one rule
inline constexpr std::int64_t automation_order_max = 1'000'000;
}  // namespace limits

// Either a command that is given about the record, or something that the host runs.
struct automation_action {
  std::string command;  // its name
  embedded_json with;   // its members beside the record; none: it has no others
  std::string run;      // instead: key of what the host runs
  embedded_json parameters;

  static std::span<const field_row> fields();
};

struct automation_rule {
  std::string key;
  std::string name;
  std::int64_t order = 0;                 // the smallest is asked first; of equal ones the first by key
  std::vector<std::string> on;            // names of events
  std::vector<std::string> record_types;  // keys; none: all records that are worked on
  embedded_json when;                     // condition on the record, as it is after the entry; none: always
  embedded_json event_when;               // condition on the members of the event, where `on` names one; none: always
  std::vector<automation_action> actions;
  std::string rights_of;         // key of the person whose rights its commands need; none: the system's
  bool stop_processing = false;  // where it runs, rules after it are not asked about the same record and entry
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// A command that a rule may give, and the events that it brings: what may set off other rules.
struct automatic_command {
  std::string_view name;
  std::span<const std::string_view> events;
};

// By name. None of them ends a record for good, takes something back, or answers in somebody's place.
std::span<const automatic_command> automatic_commands();
const automatic_command* find_automatic_command(std::string_view name);  // null: no rule may give it

// What is wrong with one by itself, a line each; conditions, events and members of commands are for the desk to check.
std::vector<std::string> lint_form(const automation_rule& rule);

// Is `a` asked before `b`?
bool comes_before(const automation_rule& a, const automation_rule& b);

// Rules that may set each other off for ever, as far as the events of their commands say: the keys of one circle each, its first
// key at its end again. Conditions are not looked at. Retired rules are left out.
std::vector<std::vector<std::string>> circles_of(std::span<const automation_rule* const> rules);

}  // namespace tocsin::inline v1
