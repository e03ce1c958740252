// The events of known errors. Their fields stand in src/knowledge/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// A known error is as it says here, from now on (P2).
struct known_error_published {
  std::uint32_t revision = 0;
  std::string title;
  std::string symptoms;
  std::string cause;
  std::string workaround;
  std::string solution;
  std::vector<std::string> error_codes;
  category_ref category;
  std::vector<service_ref> affected_services;
  std::vector<std::string> affected_versions;
  instant valid_until = no_instant;
  instant review_at = no_instant;
  std::string reason;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct known_error_retired {
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  std::string reason;
  record_ref superseded_by;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a record: a known error was applied to it, or the outcome of one that was is another now (P3).
struct known_error_linked {
  record_ref known_error;
  std::uint32_t revision = 0;
  known_error_outcome outcome = known_error_outcome::unset;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// Of a known error: the same, as it counts for it.
struct known_error_used {
  record_ref incident;
  known_error_outcome outcome = known_error_outcome::unset;
  known_error_outcome before = known_error_outcome::unset;
  bool again = false;  // it was linked already

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// An article of the host was linked to it, or is called otherwise now.
struct article_linked {
  std::string key;
  std::string title;
  std::string url;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

struct article_unlinked {
  std::string key;

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
