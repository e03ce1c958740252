// The commands of on-call. Their fields stand in src/oncall/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/oncall/schedule.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct override_schedule {
  std::string key;  // none: the desk gives one
  schedule_ref schedule;
  override_kind kind = override_kind::unset;
  std::vector<person_ref> people;
  person_ref replaced;
  std::int64_t rank = 0;
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct withdraw_override {
  schedule_override_ref schedule_override;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct propose_swap {
  std::string key;  // none: the desk gives one
  schedule_ref schedule;
  person_ref giver;
  person_ref taker;
  instant from = no_instant;
  instant until = no_instant;
  instant back_from = no_instant;
  instant back_until = no_instant;
  instant lapses_at = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct accept_swap {
  shift_swap_ref swap;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// By the taker, or by the giver who thinks better of it.
struct decline_swap {
  shift_swap_ref swap;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct record_absence {
  std::string key;  // none: the desk gives one
  person_ref person;
  person_ref cover;
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Ends it early, or calls it off.
struct withdraw_absence {
  absence_ref absence;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
