// A change: something added, modified or removed that could affect services (ITIL), as far as incidents have to do with
// it: what it is made to, when, and what came of it (R-P12, R-C12).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/base/field.hpp>
#include <tocsin/change/change_window.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr duration change_window_max = 366 * day;
}  // namespace limits

// How much is asked before it is made: of a standard one nothing, as it was authorised once for all times.
enum class change_kind : std::uint8_t { unset, normal, standard, emergency };
std::span<const std::string_view> choices(change_kind);

enum class change_risk : std::uint8_t { unset, low, medium, high };
std::span<const std::string_view> choices(change_risk);

// What came of it.
enum class change_outcome : std::uint8_t { unset, successful, failed, backed_out };
std::span<const std::string_view> choices(change_outcome);

struct change_details {
  static constexpr std::uint8_t part_number = 13;
  static const part_type descriptor;

  tocsin::change_kind change_kind = change_kind::unset;
  tocsin::change_risk change_risk = change_risk::unset;
  instant planned_from = no_instant;       // included
  instant planned_until = no_instant;      // not included
  instant implemented_from = no_instant;   // when work on it began
  instant implemented_until = no_instant;  // not set while it goes on
  tocsin::change_outcome change_outcome = change_outcome::unset;
  std::string change_notes;  // on the outcome
  instant change_reported_at = no_instant;
  person_ref change_reported_by;
  // What became of it reaches more incidents than one entry holds
  record_ref change_cascade_after;  // the last one that was reached
  person_ref change_cascade_by;     // whose rights it goes by (D9)
  instant change_cascade_due = no_instant;

  static std::span<const field_row> fields();
};

change_window planned_window(const change_details& change);
// Up to `never` while it goes on; not given before.
change_window implementation(const change_details& change);

}  // namespace tocsin::inline v1
