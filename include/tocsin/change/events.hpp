// The events of changes and remediation. Their fields stand in src/change/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/change/change.hpp>
#include <tocsin/change/remediation.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// The record is a change from now on.
struct change_opened {
  change_kind kind = change_kind::unset;
  change_risk risk = change_risk::unset;
  instant planned_from = no_instant;
  instant planned_until = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The whole plan as it is from now on.
struct change_planned {
  change_kind kind = change_kind::unset;
  change_risk risk = change_risk::unset;
  instant planned_from = no_instant;
  instant planned_until = no_instant;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Work on it has begun.
struct implementation_begun {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// It ended without a report of what came of it.
struct implementation_ended {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct change_reported {
  change_outcome outcome = change_outcome::unset;
  std::string notes;
  instant implemented_from = no_instant;
  instant implemented_until = no_instant;
  state_ref state;  // none: it was under review already

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who work on an incident what became of the change that it awaited.
struct change_notice {
  static constexpr bool effect = true;
  record_ref change;
  change_outcome outcome = change_outcome::unset;     // unset: nothing was said of that
  tocsin::state_kind state_kind = state_kind::unset;  // of the change
  std::string text;
  team_ref team;
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The end of the change has reached its incidents up to this one, and will reach the others; none: it has reached all.
struct change_reached {
  record_ref after;
  person_ref by;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// All that is known of the action of that number.
struct remediation_recorded {
  std::uint32_t remediation = 0;
  remediation_kind kind = remediation_kind::unset;
  std::string item;
  remediation_outcome outcome = remediation_outcome::unset;
  std::string evidence;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
