// The milestones of an incident in order, and the time between them: what a review is written from (M3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// At one instant they stand in this order.
enum class milestone_kind : std::uint8_t {
  unset,
  occurred,
  detected,
  opened,
  paged,
  acknowledged,
  work_begun,
  major_proposed,
  major_accepted,
  major_rejected,
  major_demoted,
  role_assumed,
  role_relinquished,
  command_transferred,
  decision,
  action,
  update,
  mitigated,  // a workaround or remediation helped, or it was held until a problem or a change is done
  resolved,
  reopened,
  closed,
  cancelled
};
std::span<const std::string_view> choices(milestone_kind);

struct milestone {
  instant at = no_instant;
  milestone_kind kind = milestone_kind::unset;
  person_ref who;         // none: the desk itself, or nobody is known
  std::string what;       // in words, where there are any
  duration after;         // since the milestone before it
  bool long_gap = false;  // that was longer than what is asked for

  static std::span<const field_row> fields();
};

// In order of their instants, with the time since the one before; what is longer than `gap` is flagged, unless `gap` is
// zero.
void arrange(std::vector<milestone>& all, duration gap);

// How long it took. Detection counts from when it occurred, the others from when it was opened; each to the first of
// its milestones, but to the last resolution. What did not happen, or not after that, has no value.
struct response_times {
  std::optional<duration> to_detect;
  std::optional<duration> to_acknowledge;
  std::optional<duration> to_mitigate;
  std::optional<duration> to_resolve;
};
response_times times_of(std::span<const milestone> all);

}  // namespace tocsin::inline v1
