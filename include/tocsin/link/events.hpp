// The events of links. Their fields stand in src/link/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/workflow/workflow.hpp>

namespace tocsin::inline v1 {

struct records_linked {
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string note;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct records_unlinked {
  link_kind kind = link_kind::unset;
  record_ref other;
  outside_kind outside = outside_kind::unset;
  std::string outside_key;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// It ended as the duplicate of that record.
struct duplicate_marked {
  record_ref original;
  std::string reason;
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct duplicates_gained {
  std::vector<record_ref> duplicates;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct duplicates_lost {
  std::vector<record_ref> duplicates;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// The record that it is a duplicate of turned out to be one itself.
struct original_changed {
  record_ref original;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Records that the command would have reached beside its own, and did not: its actor may not change them, or others would
// learn of a restricted one. They are counted, not named (D9).
struct cascade_limited {
  link_kind links = link_kind::unset;  // parent_of: children; has_duplicate: duplicates whose requesters are not told
  tocsin::verb verb = verb::unset;     // what would have become of them; unset: nothing but word of it
  std::uint32_t left = 0;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
