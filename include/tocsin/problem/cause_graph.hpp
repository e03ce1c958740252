// Why a problem is there: causes as a graph, with what speaks for and against each, and what was done to find out (P1,
// R-P12). Of each cause one asks again why it is there (the five whys), and what else contributes; a cause that is not
// confirmed yet is a hypothesis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/drawing_form.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/base/limits.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t causes_max = 200;          // of one problem
inline constexpr std::size_t explained_max = 20;        // that one cause explains
inline constexpr std::size_t cause_evidence_max = 100;  // of one cause
inline constexpr std::size_t diagnostic_actions_max = 500;
inline constexpr std::size_t why_chains_max = 1'000;  // that one question answers
}  // namespace limits

enum class cause_status : std::uint8_t { unset, hypothesis, confirmed, ruled_out };
std::span<const std::string_view> choices(cause_status);

// Does a cause bring about what it explains, or is it one of several that contribute?
enum class cause_role : std::uint8_t { unset, why, contributing };
std::span<const std::string_view> choices(cause_role);

enum class evidence_weight : std::uint8_t { unset, supports, contradicts };
std::span<const std::string_view> choices(evidence_weight);

// Something seen, that speaks for a cause or against it.
struct cause_evidence {
  std::string text;
  evidence_weight weight = evidence_weight::supports;
  person_ref by;
  instant at = no_instant;

  static std::span<const field_row> fields();
};

// What a cause explains: another cause by its number, or the problem itself.
struct explained_cause {
  std::uint32_t cause = 0;  // 0: the problem
  cause_role role = cause_role::why;

  static std::span<const field_row> fields();
  friend bool operator==(const explained_cause&, const explained_cause&) = default;
};

struct problem_cause {
  std::uint32_t number = 0;  // from 1, in the order in which they were stated
  std::string text;
  cause_status status = cause_status::hypothesis;
  std::vector<explained_cause> explains;
  std::vector<cause_evidence> evidence;
  person_ref stated_by;
  instant stated_at = no_instant;
  person_ref decided_by;  // who confirmed it or ruled it out
  instant decided_at = no_instant;
  std::string reason;  // of that

  static std::span<const field_row> fields();
};

// Something done to find out: a test, a look into a log.
struct diagnostic_action {
  std::string text;
  std::string result;
  std::uint32_t cause = 0;  // that it tests; 0: none of them
  person_ref by;
  instant at = no_instant;

  static std::span<const field_row> fields();
};

// What is wrong with the causes, a line each: numbers that are not 1, 2, 3 ..., what explains nothing or what is not there,
// the same thing twice, or itself in a circle. A cause that is confirmed or ruled out has a reason or evidence.
std::vector<std::string> lint(std::span<const problem_cause> causes);

// The same of what they explain alone, whatever is said of them.
std::vector<std::string> lint_explanations(std::span<const problem_cause> causes);

// The numbers of the root causes: confirmed ones that explain the problem, through confirmed ones alone, and that no
// confirmed one brings about in turn. Those that contribute to a root cause are root causes, too, if nothing confirmed
// brings them about. Rising. `causes` have passed the linter, here and below.
std::vector<std::uint32_t> root_causes(std::span<const problem_cause> causes);

// The chains of why, each from the problem on: numbers of causes that are not ruled out, until there is no further why.
// In the order of their numbers; at most limits::why_chains_max.
std::vector<std::vector<std::uint32_t>> why_chains(std::span<const problem_cause> causes);

// A drawing, from each cause to what it explains; the same for the same causes.
std::string draw_causes(std::string_view problem, std::span<const problem_cause> causes, drawing_form form);

}  // namespace tocsin::inline v1
