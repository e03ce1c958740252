// The events of playbooks. Their fields stand in src/playbook/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/playbook/playbook_run.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// With each step as it stands then.
struct playbook_started {
  std::uint32_t run = 0;
  playbook_ref playbook;
  std::uint32_t version = 0;
  bool enforced = false;
  bool by_condition = false;
  embedded_json inputs;  // what the condition saw
  std::string reason;    // by hand
  std::vector<playbook_run_step> steps;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct step_started {
  std::uint32_t run = 0;
  std::string step;
  std::string deviation;  // none: it was its turn

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// A step that may be done from now on.
struct opened_step {
  std::string step;
  instant due_at = no_instant;

  static std::span<const field_row> fields();
};

struct step_completed {
  std::uint32_t run = 0;
  std::string step;
  std::string outcome;
  std::vector<given_evidence> evidence;
  std::string deviation;
  std::vector<opened_step> opened;
  std::vector<std::string> ruled_out;  // what follows

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct step_skipped {
  std::uint32_t run = 0;
  std::string step;
  std::string reason;
  std::string outcome;
  std::vector<opened_step> opened;
  std::vector<std::string> ruled_out;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class playbook_end : std::uint8_t { unset, completed, stopped, record_ended };
std::span<const std::string_view> choices(playbook_end);

struct playbook_ended {
  std::uint32_t run = 0;
  playbook_end cause = playbook_end::unset;
  std::string reason;  // why it was stopped

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell whoever the step is for.
struct step_overdue {
  static constexpr bool effect = true;
  std::uint32_t run = 0;
  std::string step;
  instant due_at = no_instant;
  std::string role;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
