// What a policy that could be made ready does when the night comes: proved over its graph and over every hour of the coming weeks of those it
// pages, or refuted by a path and an instant (E8).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/escalation/escalation_graph.hpp>
#include <tocsin/escalation/run.hpp>
#include <tocsin/oncall/roster.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::int64_t lint_window_max_us = 366 * day.us;
inline constexpr std::int64_t lint_patience_us = 56 * day.us;    // nobody within that time: never
inline constexpr std::size_t lint_places_max = 20'000'000;       // nodes at an instant that are looked at in all
inline constexpr std::size_t lint_places_at_once_max = 500'000;  // for one opening
inline constexpr std::size_t lint_findings_max = 100;            // of one rule
inline constexpr std::size_t lint_path_max = 60;            // nodes of a longer path: its middle is left out, as "..."
inline constexpr std::size_t lint_changes_max = 1'000'000;  // of one schedule in the window
}  // namespace limits

// What the linter asks beside what a run asks.
class lint_source : public oncall_source {
 public:
  // Is there a contact method that a page of that urgency would use?
  virtual bool has_usable_contact(person_ref person, tocsin::urgency u) const = 0;
  // When the last of the person's own rules is tried.
  virtual duration longest_rule(person_ref person, tocsin::urgency u) const = 0;
  // The first instant after that one at which the target may mean others; never, if it always means the same.
  virtual instant next_change(const escalation_target& target, instant after) const = 0;
};

enum class lint_rule : std::uint8_t {
  unset,
  unreachable_node,        // no path leads to it
  nobody_notified,         // a path that notifies nobody who can be reached
  last_resort_unheard,     // a path whose last steps find nobody who can be reached
  empty_step,              // it means nobody at any time
  no_usable_contact,       // it means somebody who cannot be reached
  zero_delay,              // the next step is at the same instant
  shorter_than_own_rules,  // the next step comes before the personal rules of somebody have been tried
  coverage_gap             // a schedule has nobody on call
};
std::span<const std::string_view> choices(lint_rule);

struct lint_finding {
  lint_rule rule = lint_rule::unset;
  std::string what;               // for people
  std::vector<std::string> path;  // keys of nodes
  instant at = no_instant;        // when the incident opens; of a gap, when it begins
  instant until = no_instant;     // of a gap

  static std::span<const field_row> fields();
};

// The worst case over every opening that was looked at.
struct lint_bound {
  bool never = false;  // there is an opening and a path on which it does not happen
  duration time;       // from the opening on
  instant opened_at = no_instant;
  std::vector<std::string> path;

  static std::span<const field_row> fields();
};

struct lint_verdict {
  std::vector<lint_finding> findings;
  lint_bound notified;        // until somebody is who can be reached
  lint_bound last_resort;     // until somebody is by a step that no other step follows
  std::int64_t openings = 0;  // that were looked at

  static std::span<const field_row> fields();
};

// Openings at every hour of the window, and at every change of those that are paged. Conditions may hold or not, so each
// path is looked at. Errors: "lint.window", "lint.too_large" above the limits.
lint_verdict lint(const escalation_graph& graph, const lint_source& duty, instant from, instant until);

}  // namespace tocsin::inline v1
