// The events of problems. Their fields stand in src/problem/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/problem/problem.hpp>
#include <tocsin/problem/problem_cascade.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// The record is a problem from now on.
struct problem_opened {
  problem_origin origin = problem_origin::unset;
  std::vector<recurrence_group> stands_for;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct cause_stated {
  std::uint32_t cause = 0;  // its number
  std::string text;
  std::vector<explained_cause> explains;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct cause_evidence_added {
  std::uint32_t cause = 0;
  std::string text;
  evidence_weight weight = evidence_weight::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct cause_decided {
  std::uint32_t cause = 0;
  cause_status status = cause_status::unset;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct diagnostic_action_added {
  std::string text;
  std::string result;
  std::uint32_t cause = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct workaround_communicated {
  std::string text;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct fix_communicated {
  std::string text;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct risk_accepted {
  std::string reason;
  instant review_at = no_instant;
  stranded_outcome outcome = stranded_outcome::unset;
  resolution_code_ref code;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The review date of an accepted risk has come.
struct risk_review_due {
  static constexpr bool effect = true;
  team_ref team;
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct known_error_raised {
  record_ref known_error;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who work on an incident what became of the problem that causes it.
struct problem_notice {
  static constexpr bool effect = true;
  record_ref problem;
  problem_outcome outcome = problem_outcome::unset;
  std::string text;
  team_ref team;
  person_ref person;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// What became of the problem has reached its incidents up to this one, and will reach the others; none: it has reached all.
struct incidents_reached {
  problem_outcome outcome = problem_outcome::unset;
  record_ref after;
  person_ref by;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Incidents of a group have come so often that a problem is proposed (P4).
struct problem_proposed {
  recurrence_rule_ref rule;
  std::uint32_t rule_version = 0;
  std::string group;
  std::vector<record_ref> incidents;
  std::vector<std::string> words;
  std::uint32_t confidence_count = 0;
  std::uint32_t confidence_burst = 0;
  std::uint32_t confidence_text = 0;
  std::uint32_t confidence_grouping = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// An incident of its group came after.
struct proposal_joined {
  record_ref incident;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class proposal_outcome : std::uint8_t { unset, accepted, rejected, merged };
std::span<const std::string_view> choices(proposal_outcome);

struct proposal_decided {
  proposal_outcome outcome = proposal_outcome::unset;
  record_ref became;
  std::string reason;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A proposal, or a problem, stands for the groups of a proposal that was merged into it, too.
struct groups_taken_over {
  std::vector<recurrence_group> groups;
  std::vector<record_ref> incidents;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
