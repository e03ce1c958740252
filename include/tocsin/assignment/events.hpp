// The events of assignment by rules. Their fields stand in src/assignment/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/assignment/assignment.hpp>
#include <tocsin/assignment/assignment_rule.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>

namespace tocsin::inline v1 {

// A rule that matched, but had nobody who could have got it, and let the next ones be asked.
struct passed_rule {
  assignment_rule_ref rule;
  std::uint32_t rule_version = 0;
  bool team_retired = false;                  // or its team is there no more
  std::vector<considered_person> considered;  // the first of them
  std::uint32_t considered_count = 0;

  static std::span<const field_row> fields();
};

// Assignment rules were asked: which one decided, whom it considered and why it skipped them. What they decided stands in
// the incident_assigned behind it.
struct assignment_rules_applied {
  assignment_rule_ref rule;  // none: none matched that had anybody
  std::uint32_t rule_version = 0;
  assignment_strategy strategy = assignment_strategy::unset;
  team_ref team;
  person_ref assignee;
  bool nobody_eligible = false;
  std::uint64_t turn = 0;                     // of the assignee by that rule, from 1; 0: it is none that counts turns
  std::vector<considered_person> considered;  // the first of them: who could get it, the best first, then who could not
  std::uint32_t considered_count = 0;
  std::vector<passed_rule> passed;  // before it, in their order
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Choose somebody and answer with assign_incident: the rule leaves it to the host.
struct assignment_requested {
  static constexpr bool effect = true;
  assignment_rule_ref rule;
  team_ref team;
  std::vector<person_ref> eligible;  // the first of them, in the order of their numbers

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
