#include <tocsin/model/known_error.hpp>

#include <tocsin/model/incident.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const std::string_view> choices(known_error_outcome) {
  static constexpr std::string_view all[] = {"helped", "not_helped"};
  return all;
}

std::span<const field_row> incident_known_error::fields() {
  using self = incident_known_error;
  static constexpr field_row rows[] = {
      row<&self::symptoms>("symptoms", "How a known error shows", full_text),
      row<&self::cause>("cause", "Where a known error comes from", full_text),
      row<&self::workaround>("workaround", "What helps until a known error is gone", full_text),
      row<&self::solution>("solution", "What ends a known error, or did", full_text),
      row<&self::error_codes>("error_codes", "Codes that a known error shows", max_length(limits::error_codes_max)),
      row<&self::affected_services>("affected_services", "Services that have a known error",
                                    max_length(limits::affected_services_max)),
      row<&self::affected_versions>("affected_versions", "Versions that have a known error",
                                    max_length(limits::affected_versions_max)),
      row<&self::valid_until>("valid_until", "Until when a known error is suggested; not included"),
      row<&self::review_at>("review_at", "When a known error is to be looked at again"),
      row<&self::revision>("revision", "How often a known error was published"),
      row<&self::superseded_by>("superseded_by", "Known error that has taken its place"),
      row<&self::use_count>("use_count", "Records that a known error was linked to"),
      row<&self::helped_count>("helped_count", "Of those, how many it helped"),
      row<&self::not_helped_count>("not_helped_count", "Of those, how many it did not help"),
  };
  return rows;
}

std::span<const field_row> applied_known_error::fields() {
  using self = applied_known_error;
  static constexpr field_row rows[] = {
      row<&self::known_error>("known_error", "Known error"),
      row<&self::revision>("revision", "Revision of it that was applied"),
      row<&self::outcome>("outcome", "Whether it helped"),
      row<&self::applied_at>("applied_at", "When it was linked"),
      row<&self::applied_by>("applied_by", "Person who linked it"),
  };
  return rows;
}

const applied_known_error* find_applied(std::span<const applied_known_error> all, record_ref known_error) {
  const auto found = std::ranges::find(all, known_error, &applied_known_error::known_error);
  return found == all.end() ? nullptr : &*found;
}

std::span<const field_row> record_known_errors::fields() {
  static constexpr field_row rows[] = {
      row<&record_known_errors::known_errors>("known_errors", "Known errors that were applied, and whether each helped",
                                              max_length(limits::known_errors_applied_max)),
  };
  return rows;
}

const std::vector<applied_known_error>& known_errors_of(const incident& record) {
  return record.part_or_empty<record_known_errors>().known_errors;
}

}  // namespace tocsin::inline v1
