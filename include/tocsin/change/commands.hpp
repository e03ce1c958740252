// The commands of changes and remediation. Their fields stand in src/change/commands.cpp, their descriptors in
// slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/change/change.hpp>
#include <tocsin/change/remediation.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/service/affected_item.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Logs a change, with the incidents and problems that it is for.
struct log_change {
  std::string title;
  std::string description;
  change_kind kind = change_kind::unset;  // unset: normal
  change_risk risk = change_risk::unset;
  instant planned_from = no_instant;
  instant planned_until = no_instant;
  std::vector<affected_item> items;   // that it changes
  std::vector<record_ref> incidents;  // that are blocked by it
  std::vector<record_ref> problems;
  category_ref category;
  service_ref service;
  team_ref team;
  person_ref assignee;
  std::string external_key;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What is not given stays as it is.
struct plan_change {
  record_ref change;
  change_kind kind = change_kind::unset;
  change_risk risk = change_risk::unset;
  instant planned_from = no_instant;
  instant planned_until = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says what came of it, which ends its implementation; or, of one under review, that it is another outcome.
struct report_change {
  record_ref change;
  change_outcome outcome = change_outcome::unset;
  std::string notes;
  instant implemented_from = no_instant;   // none: as it is known
  instant implemented_until = no_instant;  // none: as it is known, or now
  bool log_incident = false;               // of one that was not successful: it interrupted a service
  std::string title;                       // of the incident; none: that of the change
  service_ref service;                     // likewise
  team_ref team;
  person_ref assignee;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says what was done to bring something back; with a number, says more of that.
struct record_remediation {
  record_ref record;
  std::uint32_t remediation = 0;
  remediation_kind kind = remediation_kind::unset;
  std::string item;
  remediation_outcome outcome = remediation_outcome::unset;
  std::string evidence;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
