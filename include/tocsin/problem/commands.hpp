// The commands of problems. Their fields stand in src/problem/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/problem/problem.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Logs a problem, with the incidents that it causes.
struct log_problem {
  std::string title;
  std::string description;
  problem_origin origin = problem_origin::unset;
  std::vector<record_ref> incidents;
  category_ref category;
  service_ref service;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  team_ref team;
  person_ref assignee;
  std::string external_key;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// States a cause as a hypothesis; with a number, states that one anew.
struct state_cause {
  record_ref problem;
  std::uint32_t cause = 0;
  std::string text;
  std::vector<explained_cause> explains;  // none: the problem itself

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct add_cause_evidence {
  record_ref problem;
  std::uint32_t cause = 0;
  std::string text;
  evidence_weight weight = evidence_weight::unset;  // unset: supports

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Confirms a cause, rules it out, or makes it a hypothesis again.
struct decide_cause {
  record_ref problem;
  std::uint32_t cause = 0;
  cause_status status = cause_status::unset;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct add_diagnostic_action {
  record_ref problem;
  std::string text;
  std::string result;
  std::uint32_t cause = 0;  // that it tests; 0: none of them

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Tells those who work on its open incidents what helps until it is fixed (P5).
struct communicate_workaround {
  record_ref problem;
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Tells them that a fix is there, before or after the problem is resolved (P5).
struct communicate_fix {
  record_ref problem;
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct stranded_decision {
  record_ref incident;
  stranded_outcome outcome = stranded_outcome::unset;
  resolution_code_ref code;  // of a resolution
  std::string notes;

  static std::span<const field_row> fields();
};

// The problem will not be fixed, for now; each incident that awaits it gets a decision (P5).
struct accept_risk {
  record_ref problem;
  std::string reason;
  instant review_at = no_instant;
  stranded_outcome outcome = stranded_outcome::unset;  // of those that `decisions` says nothing of
  resolution_code_ref code;
  std::vector<stranded_decision> decisions;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Publishes a known error from a problem whose root cause is known; cause, title, category and service are the problem's.
struct raise_known_error {
  record_ref problem;
  std::string symptoms;
  std::string workaround;  // none: the one that was communicated
  std::string solution;
  std::vector<std::string> error_codes;
  std::vector<std::string> affected_versions;
  instant valid_until = no_instant;
  instant review_at = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// The proposal becomes a problem with its incidents.
struct accept_proposal {
  record_ref proposal;
  std::string title;  // none: that of its latest incident
  team_ref team;
  person_ref assignee;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct reject_proposal {
  record_ref proposal;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Its incidents go to another open proposal, or to an open problem.
struct merge_proposal {
  record_ref proposal;
  record_ref into;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
