// A known error: a problem whose cause, or at least a way around it, is known; and what came of applying it (P2, R-A02).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t error_codes_max = 50;
inline constexpr std::size_t affected_services_max = 100;
inline constexpr std::size_t affected_versions_max = 100;
inline constexpr std::size_t known_errors_applied_max = 50;  // on one record
}  // namespace limits

// Did it help? `unset`: nobody has said yet.
enum class known_error_outcome : std::uint8_t { unset, helped, not_helped };
std::span<const std::string_view> choices(known_error_outcome);

// The content of a known error. Revising it makes another revision of all of it.
struct incident_known_error {
  static constexpr std::uint8_t part_number = 9;
  static const part_type descriptor;

  std::string symptoms;
  std::string cause;
  std::string workaround;
  std::string solution;  // what will end it, or did
  std::vector<std::string> error_codes;
  std::vector<service_ref> affected_services;
  std::vector<std::string> affected_versions;
  instant valid_until = no_instant;  // not included; not set: for as long as it is not retired
  instant review_at = no_instant;
  std::uint32_t revision = 0;  // 1 when it is published first
  record_ref superseded_by;
  std::uint32_t use_count = 0;  // records that it was linked to
  std::uint32_t helped_count = 0;
  std::uint32_t not_helped_count = 0;

  static std::span<const field_row> fields();
};

// On a record: a known error that was applied to it. Said again, the outcome is the later one.
struct applied_known_error {
  record_ref known_error;
  std::uint32_t revision = 0;  // that was applied
  known_error_outcome outcome = known_error_outcome::unset;
  instant applied_at = no_instant;
  person_ref applied_by;

  static std::span<const field_row> fields();
};

const applied_known_error* find_applied(std::span<const applied_known_error> all, record_ref known_error);

// Of a record that has any.
struct record_known_errors {
  static constexpr std::uint8_t part_number = 4;
  static const part_type descriptor;

  std::vector<applied_known_error> known_errors;  // in order of arrival (P3)

  static std::span<const field_row> fields();
};

const std::vector<applied_known_error>& known_errors_of(const incident& record);

}  // namespace tocsin::inline v1
