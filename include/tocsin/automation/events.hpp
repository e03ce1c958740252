// The events of automation. Their fields stand in src/automation/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/automation/automation_record.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// A rule runs on the record: its actions come one after the other, in entries of their own. The run gets the next number.
struct automation_begun {
  automation_rule_ref rule;
  std::uint32_t rule_version = 0;
  std::string trigger;                     // name of the event; none: by hand
  std::vector<automation_rule_ref> chain;  // the rules whose actions led to it, the first one first
  embedded_json inputs;                    // what the rule's condition saw
  std::string reason;                      // by hand: why

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// An action of a run was taken: what the command brought stands after it in the same entry, or its refusal here.
struct automation_acted {
  std::uint32_t run = 0;
  std::uint32_t action = 0;  // its place in the rule, from 1
  std::string command;       // none: the host was asked
  std::string refused;       // why the command was refused, as a word; none: it was not
  std::string message;       // the same in a sentence
  bool ends = false;         // it was the last one

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Have something run, and report what came of it.
struct automation_run_requested {
  static constexpr bool effect = true;
  std::uint32_t request = 0;
  std::uint32_t run = 0;
  automation_rule_ref rule;
  std::string asked_to_run;
  embedded_json parameters;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A rule that would have run does not, or a run goes on no more.
struct automation_stopped {
  automation_rule_ref rule;
  automation_stop because = automation_stop::unset;
  std::uint32_t run = 0;  // that goes on no more; 0: none began
  std::string trigger;    // of one that did not begin
  std::vector<automation_rule_ref> chain;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct automation_suspended {
  automation_rule_ref rule;
  std::string reason;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct automation_resumed {
  automation_rule_ref rule;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct automation_reported {
  std::uint32_t request = 0;
  std::string asked_to_run;
  automation_outcome outcome = automation_outcome::unset;
  std::string evidence;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
