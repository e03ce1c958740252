// A problem: a cause, or potential cause, of one or more incidents (ITIL); and a proposal that there is one, which comes of
// recurrence (P1, P4).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/problem/cause_graph.hpp>
#include <tocsin/problem/problem_cascade.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t proposal_incidents_max = 400;   // of one proposal, and that log_problem names
inline constexpr std::size_t stranded_decisions_max = 40;    // that one command carries out, one by one
inline constexpr std::size_t recurrence_groups_max = 1'000;  // that one problem stands for
}  // namespace limits

// Why somebody looks: an incident that has happened, as a major one; or a trend, before more of them do.
enum class problem_origin : std::uint8_t { unset, reactive, proactive };
std::span<const std::string_view> choices(problem_origin);

// What becomes of an incident that awaits a problem whose risk is accepted.
enum class stranded_outcome : std::uint8_t { unset, resolve, resume };
std::span<const std::string_view> choices(stranded_outcome);

// A group of a recurrence rule, as docs/recurrence.md shows it.
struct recurrence_group {
  recurrence_rule_ref rule;
  std::string group;  // JSON

  static std::span<const field_row> fields();
  friend bool operator==(const recurrence_group&, const recurrence_group&) = default;
};

struct record_problem {
  static constexpr std::uint8_t part_number = 11;
  static const part_type descriptor;

  problem_origin origin = problem_origin::unset;
  std::vector<recurrence_group> stands_for;  // groups whose incidents join it
  std::string communicated_workaround;       // the last one
  instant communicated_at = no_instant;
  std::string communicated_fix;
  std::vector<problem_cause> causes;  // by number
  std::vector<diagnostic_action> diagnostic_actions;
  record_ref known_error;  // that was raised from it
  // Its risk was accepted (P5)
  std::string accepted_because;
  person_ref accepted_by;
  instant accepted_at = no_instant;
  instant risk_review_at = no_instant;  // when the risk is looked at again
  stranded_outcome accepted_outcome =
      stranded_outcome::unset;  // of each incident that awaited it, but for those decided
  resolution_code_ref accepted_code;
  // What became of it reaches more incidents than one entry holds (P5)
  problem_outcome cascade_outcome = problem_outcome::unset;
  record_ref cascade_after;  // the last one that was reached
  person_ref cascade_by;     // whose rights it goes by (D9)
  instant cascade_due = no_instant;

  static std::span<const field_row> fields();
};

// What groups the incidents of a proposal, and how sure it is; as docs/recurrence.md says.
struct record_problem_proposal {
  static constexpr std::uint8_t part_number = 12;
  static const part_type descriptor;

  std::vector<recurrence_group> groups;  // the one that proposed it, and those of proposals that were merged into it
  std::uint32_t proposed_count = 0;      // incidents that it began with; those after have joined
  std::vector<record_ref> incidents;     // in order of opening, then of joining
  std::vector<std::string> words;        // that more than half of the titles have
  std::uint32_t confidence = 0;          // of 1,000: the sum of the next four
  std::uint32_t confidence_count = 0;
  std::uint32_t confidence_burst = 0;
  std::uint32_t confidence_text = 0;
  std::uint32_t confidence_grouping = 0;
  record_ref became;   // the problem, or the other proposal
  std::string reason;  // of a rejection
  instant decided_at = no_instant;
  person_ref decided_by;

  static std::span<const field_row> fields();
};

// The causes of a record that is no problem are none.
const std::vector<problem_cause>& causes_of(const incident& record);

}  // namespace tocsin::inline v1
