// The commands of escalation runs and pages. Their fields stand in src/escalation/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct start_escalation {
  record_ref incident;
  escalation_policy_ref policy;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// An answer to a page may cite its step or version; a past one is refused (E6).
struct acknowledge_page {
  record_ref incident;
  std::uint32_t run = 0;
  std::uint32_t step = 0;
  std::uint32_t version = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct unacknowledge_page {
  record_ref incident;
  std::uint32_t run = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct snooze_escalation {
  record_ref incident;
  std::uint32_t run = 0;
  instant until = no_instant;
  std::uint32_t step = 0;
  std::uint32_t version = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// `functional`: to the team of the next support level; `hierarchical`: to the manager of whom it was raised to last, or of
// the assignee; `next_step`: a run goes on at once.
enum class escalate_kind : std::uint8_t { unset, functional, hierarchical, next_step };
std::span<const std::string_view> choices(escalate_kind);

struct escalate {
  record_ref incident;
  escalate_kind kind = escalate_kind::unset;
  std::string reason;
  std::uint32_t run = 0;
  team_ref team;
  person_ref person;
  std::uint32_t step = 0;
  std::uint32_t version = 0;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Gives it to a team or a person; runs that are under way go on at once (E3).
struct hand_over {
  record_ref incident;
  team_ref team;
  person_ref assignee;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What became of a page on its way to the person (E5).
struct report_delivery {
  record_ref incident;
  std::uint32_t run = 0;
  std::uint32_t version = 0;
  person_ref person;
  std::string method;
  delivery_outcome outcome = delivery_outcome::unset;
  std::string detail;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Takes every page that a bundle lists, as though each had been answered (E5).
struct acknowledge_bundle {
  record_ref incident;       // that sent it
  std::uint64_t bundle = 0;  // id of the effect

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
