// The events of on-call. Their fields stand in src/oncall/events.cpp, their descriptors in slice.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct oncall_change {
  instant from = no_instant;
  instant until = no_instant;
  std::vector<person_ref> before;
  std::vector<person_ref> after;

  static std::span<const field_row> fields();
};

// What was published changes who is on call in the weeks to come (O1): where, and how.
struct oncall_changed {
  schedule_ref schedule;
  std::vector<oncall_change> changes;
  bool more = false;  // there are further ones

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

// An incident was assigned to somebody who lacks the qualification its team asks for, or whose has expired (R-O10).
struct unqualified_assignment {
  role_ref role;
  person_ref assignee;
  instant qualified_until = no_instant;  // when it ended; absent: there was none

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

enum class oncall_notice_cause : std::uint8_t { unset, swap_proposed, swap_accepted, swap_declined };
std::span<const std::string_view> choices(oncall_notice_cause);

// Tell the person how a trade of shifts stands.
struct oncall_notice {
  static constexpr bool effect = true;
  oncall_notice_cause cause = oncall_notice_cause::unset;
  person_ref person;
  schedule_ref schedule;
  std::string swap;  // its key

  static std::span<const field_row> fields();
  static const event_type descriptor;
};

}  // namespace tocsin::inline v1
