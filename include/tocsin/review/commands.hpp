// The commands of reviews. Their fields stand in src/review/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// By hand; rules demand one by themselves.
struct request_review {
  record_ref incident;
  std::string reason;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// What the section says from now on.
struct write_section {
  record_ref review;
  std::string section;
  std::string title;  // none: as it is, or the key
  std::string text;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says that it may be published as it is.
struct approve_review {
  record_ref review;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says what is to be changed before it may be published.
struct return_review {
  record_ref review;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct add_action_item {
  record_ref review;
  std::string text;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  tocsin::priority priority = priority::unset;
  std::string verification;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct complete_action_item {
  record_ref review;
  std::uint32_t item = 0;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says whether it worked; where it did not, it is open again.
struct verify_action_item {
  record_ref review;
  std::uint32_t item = 0;
  optional_truth worked;
  std::string note;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

struct drop_action_item {
  record_ref review;
  std::uint32_t item = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
