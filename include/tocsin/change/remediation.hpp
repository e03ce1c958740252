// What was done to bring something back, and whether it worked (R-N02).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t remediation_actions_max = 200;  // of one record
}  // namespace limits

enum class remediation_kind : std::uint8_t { unset, patched, restarted, rolled_back, replaced, reconfigured, other };
std::span<const std::string_view> choices(remediation_kind);

// Unset: nobody knows yet.
enum class remediation_outcome : std::uint8_t { unset, worked, did_not_work };
std::span<const std::string_view> choices(remediation_outcome);

struct remediation_action {
  std::uint32_t number = 0;  // from 1
  remediation_kind kind = remediation_kind::unset;
  std::string item;  // key of a service or a configuration item; empty: none of them
  remediation_outcome outcome = remediation_outcome::unset;
  std::string evidence;
  person_ref by;
  instant at = no_instant;

  static std::span<const field_row> fields();
};

// Of a record on which any was recorded.
struct record_remediation_actions {
  static constexpr std::uint8_t part_number = 15;
  static const part_type descriptor;

  std::vector<remediation_action> remediation_actions;  // by number

  static std::span<const field_row> fields();
};

const std::vector<remediation_action>& remediation_actions_of(const incident& record);

}  // namespace tocsin::inline v1
