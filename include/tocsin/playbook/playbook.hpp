// A playbook: the model by which incidents of one kind are handled, as a graph of steps with order, decisions, roles,
// precautions, time limits and evidence (R-C23, R-C35). A definition: what runs by it follows the version that it began by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/playbook/alignment.hpp>
#include <tocsin/playbook/playbook_model.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t playbook_steps_max = 100;  // of one playbook
inline constexpr std::size_t playbook_types_max = 100;  // record types of one playbook
inline constexpr std::size_t step_needs_max = 50;       // of one step; so are the three below
inline constexpr std::size_t step_outcomes_max = 10;
inline constexpr std::size_t step_evidence_max = 20;
inline constexpr std::size_t step_precautions_max = 20;
inline constexpr std::size_t step_signs_max = 20;       // types of events that show that it was done
inline constexpr duration step_time_limit_min{minute};  // what is shorter is a mistake
inline constexpr duration step_time_limit_max{366 * day.us};
}  // namespace limits

struct demanded_evidence {
  std::string key;
  std::string name;

  static std::span<const field_row> fields();
};

// The step is on after that decision, if one of these is its outcome.
struct step_condition {
  std::string step;
  std::vector<std::string> outcomes;

  static std::span<const field_row> fields();
};

enum class step_deadline : std::uint8_t { unset, resolve, close };
std::span<const std::string_view> choices(step_deadline);

struct playbook_step {
  std::string key;
  std::string name;
  std::string instructions;
  std::vector<std::string> precautions;
  std::vector<std::string> needs;     // steps that are settled before
  step_condition when;                // none: it is always on
  std::vector<std::string> outcomes;  // of a decision, at least two
  std::string role;                   // in the response to a major incident
  std::string team;                   // key; none and no role: whoever has the incident
  duration time_limit;                // from when it may be done; none: it takes as long as it takes
  std::vector<demanded_evidence> evidence;
  bool optional = false;
  step_deadline required_before = step_deadline::unset;  // none: close
  std::vector<std::string> shown_by;                     // event types, for incidents that had no run

  static std::span<const field_row> fields();
};

struct playbook {
  std::string key;
  std::string name;
  embedded_json applies_when;             // on a record; none: it is started by hand
  std::vector<std::string> record_types;  // keys; none: incidents
  std::vector<playbook_step> steps;
  bool enforced = false;  // without its steps a record is neither resolved nor closed
  bool retired = false;   // what runs goes on, and nothing begins

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each: names that are not there, circles, decisions without outcomes.
std::vector<std::string> lint(const playbook& definition, const condition_schema& schema);

// What one step needs stands in the model as far as it is there; so does what decides about it.
playbook_model model_of(const playbook& definition);

// "step "isolate""
std::string named(const playbook_step& step);

inline step_deadline deadline_of(const playbook_step& step) {
  if (step.optional) return step_deadline::unset;
  return step.required_before == step_deadline::unset ? step_deadline::close : step.required_before;
}

// A playbook ready for use. Throws if its condition is not valid.
struct compiled_playbook {
  using compiled_from = playbook;

  compiled_playbook(const playbook& d, const condition_schema& schema);

  playbook definition;
  playbook_model model;
  std::optional<condition> applies_when;

  std::optional<std::uint32_t> place_of(std::string_view step) const;
  // As JSON, what its condition saw.
  std::string inputs_of(const condition_data& record, instant now) const;
};

}  // namespace tocsin::inline v1
