// The commands of known errors. Their fields stand in src/knowledge/commands.cpp, their descriptors in slice.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// Publishes a known error: a record of its own, which incidents are compared with from then on (P2).
struct publish_known_error {
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

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Replaces its whole content; the journal keeps the earlier versions.
struct revise_known_error {
  record_ref known_error;
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
  static const command_type descriptor;
};

// Retires it: it is no longer suggested.
struct retire_known_error {
  record_ref known_error;
  std::string reason;
  record_ref superseded_by;  // none: nothing has taken its place

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says that a known error is what the incident shows, or whether applying it helped; of the outcome the last word counts
// (P3, R-C05).
struct link_known_error {
  record_ref incident;
  record_ref known_error;
  known_error_outcome outcome = known_error_outcome::unset;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Says that an article of the host was of use for the record, so that its uses are counted (R-A06); said again, the title and the
// address are those of the last time.
struct link_article {
  record_ref record;
  std::string key;
  std::string title;
  std::string url;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

// Takes that back.
struct unlink_article {
  record_ref record;
  std::string key;

  static std::span<const field_row> fields();
  static const command_type descriptor;
};

}  // namespace tocsin::inline v1
