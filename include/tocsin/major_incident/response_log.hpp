// What is written down while a major incident is being handled: decisions, actions, and who was in the situation room
// (R-C26, R-C29).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t response_decisions_max = 500;  // of one incident
inline constexpr std::size_t decision_options_max = 20;
inline constexpr std::size_t response_actions_max = 2'000;  // of one incident
inline constexpr std::size_t room_stays_max = 2'000;        // of one incident
}  // namespace limits

struct response_decision {
  std::uint32_t decision = 0;  // its number, from 1
  std::string text;            // what was decided
  std::vector<std::string> options;
  std::string chosen;     // one of the options
  std::string reason;     // why
  std::string data_seen;  // what was known then
  person_ref decider;
  instant at = no_instant;

  static std::span<const field_row> fields();
};

// What was done to repair, and what was done so that others could.
enum class action_kind : std::uint8_t { unset, technical, coordination };
std::span<const std::string_view> choices(action_kind);

struct response_action {
  std::uint32_t action = 0;  // its number, from 1
  action_kind kind = action_kind::unset;
  std::string text;
  person_ref by;
  instant began_at = no_instant;
  instant ended_at = no_instant;
  instant logged_at = no_instant;

  static std::span<const field_row> fields();
};

struct room_stay {
  person_ref person;
  instant from = no_instant;
  instant until = no_instant;  // none: still there

  static std::span<const field_row> fields();
};

// Null: not there.
const room_stay* find_in_room(std::span<const room_stay> stays, person_ref person);

}  // namespace tocsin::inline v1
