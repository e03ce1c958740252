// The events of workflows. Their fields stand in src/workflow/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/workflow/workflow.hpp>

namespace tocsin::inline v1 {

// A move of the workflow's own, by whom or whatever.
struct incident_moved {
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  move_trigger trigger = move_trigger::unset;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A timed move of the state stands before it.
struct move_scheduled {
  instant at = no_instant;  // not set: none does any more

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// It runs on a later version of its workflow from now on. What it was in goes by another name, perhaps.
struct record_migrated {
  std::uint32_t workflow_version = 0;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  state_ref held_from;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The host was asked before a move, and said so.
struct guard_answered {
  std::string guard;
  bool holds = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Its parent, or the end of a wait, should have moved it, but could not: why.
struct move_withheld {
  tocsin::verb verb = verb::unset;
  move_cause cause = move_cause::unset;
  std::vector<std::string> unmet;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Something that stood against a move, and was overridden.
struct overridden_guard {
  std::string reason;  // "workflow.guard", "task.blocking"
  std::string says;

  static std::span<const field_row> fields();
};

// Somebody moved it though guards did not hold; the event of the move follows (R-O03).
struct guards_overridden {
  tocsin::verb verb = verb::unset;
  state_ref state;  // that the move led to
  std::vector<overridden_guard> guards;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
