// The events of reviews. Their fields stand in src/review/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/review/review_policy.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// It is the review of that incident.
struct review_opened {
  record_ref incident;
  std::string reason;
  std::string rule;  // none: somebody requested it
  std::uint32_t policy_version = 0;
  embedded_json inputs;  // what the rule's condition saw
  instant due_at = no_instant;
  std::vector<demanded_section> sections;
  bool approval = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of the incident.
struct review_demanded {
  record_ref review;
  std::string rule;  // none: somebody requested it
  bool blocks_closing = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of the incident: its review was published or skipped, or was reopened and so is to be done again.
struct review_settled {
  record_ref review;
  bool settled = false;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct section_written {
  std::string section;
  std::string title;
  std::string text;
  std::uint32_t revision = 0;
  bool ends_approval = false;  // it was approved as it was before

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct review_approved {
  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct review_returned {
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct action_item_added {
  std::uint32_t item = 0;
  std::string text;
  person_ref owner;
  team_ref team;
  instant due_at = no_instant;
  tocsin::priority priority = priority::unset;
  std::string verification;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct action_item_completed {
  std::uint32_t item = 0;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct action_item_verified {
  std::uint32_t item = 0;
  bool worked = false;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct action_item_dropped {
  std::uint32_t item = 0;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who have the review that it is overdue.
struct review_overdue {
  static constexpr bool effect = true;
  instant due_at = no_instant;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Tell those who have the action item.
struct action_item_overdue {
  static constexpr bool effect = true;
  std::uint32_t item = 0;
  instant due_at = no_instant;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class action_item_cause : std::uint8_t { unset, given, completed, did_not_work };
std::span<const std::string_view> choices(action_item_cause);

// Tell whoever got an action item, or got it back, or those who have the review, that it is to be verified.
struct action_item_notice {
  static constexpr bool effect = true;
  action_item_cause cause = action_item_cause::unset;
  std::uint32_t item = 0;
  person_ref person;
  team_ref team;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
