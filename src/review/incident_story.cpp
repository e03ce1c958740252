#include <tocsin/review/incident_story.hpp>

#include <tocsin/base/limits.hpp>

#include <algorithm>
#include <tuple>

namespace tocsin::inline v1 {
namespace {

instant first_of(std::span<const milestone> all, milestone_kind kind) {
  const auto found = std::ranges::find(all, kind, &milestone::kind);
  return found == all.end() ? no_instant : found->at;
}

// None, where the incident was reopened after the last one.
instant last_resolution(std::span<const milestone> all) {
  instant at = no_instant;
  for (const milestone& one : all) {
    if (one.kind == milestone_kind::resolved) at = one.at;
    if (one.kind == milestone_kind::reopened) at = no_instant;
  }
  return at;
}

std::optional<duration> between(instant from, instant to) {
  if (!is_set(from) || !is_set(to) || to < from) return std::nullopt;
  return to - from;
}

}  // namespace

std::span<const std::string_view> choices(milestone_kind) {
  static constexpr std::string_view all[] = {
      "occurred",
      "detected",
      "opened",
      "paged",
      "acknowledged",
      "work_begun",
      "major_proposed",
      "major_accepted",
      "major_rejected",
      "major_demoted",
      "role_assumed",
      "role_relinquished",
      "command_transferred",
      "decision",
      "action",
      "update",
      "mitigated",
      "resolved",
      "reopened",
      "closed",
      "cancelled",
  };
  return all;
}

std::span<const field_row> milestone::fields() {
  using self = milestone;
  static constexpr field_row rows[] = {
      row<&self::at>("at", "When"),
      row<&self::kind>("kind", "What it is"),
      row<&self::who>("who", "Who did it, or to whom it happened"),
      row<&self::what>("what", "What was said of it", max_length(limits::text_length_max)),
      row<&self::after>("after", "Since the milestone before it"),
      row<&self::long_gap>("long_gap", "That was longer than what is asked for"),
  };
  return rows;
}

// Was somebody still at work on it between the milestone before and this one?
static bool goes_on_after(std::span<const milestone> all, std::size_t place) {
  for (std::size_t i = place; i-- != 0;) {
    const milestone_kind kind = all[i].kind;
    if (kind == milestone_kind::reopened) return true;
    if (kind == milestone_kind::resolved || kind == milestone_kind::closed || kind == milestone_kind::cancelled) {
      return false;
    }
  }
  return true;
}

void arrange(std::vector<milestone>& all, duration gap) {
  std::ranges::stable_sort(
      all, [](const milestone& a, const milestone& b) { return std::tie(a.at, a.kind) < std::tie(b.at, b.kind); });
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].after = i == 0 ? duration{} : all[i].at - all[i - 1].at;
    all[i].long_gap = gap.us > 0 && all[i].after > gap && goes_on_after(all, i);
  }
}

response_times times_of(std::span<const milestone> all) {
  const instant occurred = first_of(all, milestone_kind::occurred);
  const instant opened = first_of(all, milestone_kind::opened);
  const instant detected = first_of(all, milestone_kind::detected);
  return {.to_detect = between(occurred, is_set(detected) ? detected : opened),
          .to_acknowledge = between(opened, first_of(all, milestone_kind::acknowledged)),
          .to_mitigate = between(opened, first_of(all, milestone_kind::mitigated)),
          .to_resolve = between(opened, last_resolution(all))};
}

}  // namespace tocsin::inline v1
