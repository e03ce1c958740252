// The scenario of a drill: what happens when, how people react to their pages, and what the response should reach (M4).
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
inline constexpr std::size_t drill_steps_max = 1'000;
inline constexpr std::size_t drill_reactions_max = 1'000;  // rules, each for any number of pages
inline constexpr std::size_t drill_unreachable_max = 1'000;
inline constexpr std::size_t drill_goals_max = 100;
inline constexpr std::int64_t drill_seed_max = 9'007'199'254'740'991;  // as every language reads it
inline constexpr duration drill_lasts_max{31 * day.us};
}  // namespace limits

// Something is done, so long after the drill began.
struct drill_step {
  duration after;
  std::string label;      // of the record that it makes or is about; later steps name that as "@label"
  embedded_json command;  // as a desk takes it, with its actor, without its instant

  static std::span<const field_row> fields();
};

enum class drill_answer : std::uint8_t { unset, acknowledge, decline, ignore };
std::span<const std::string_view> choices(drill_answer);

// How somebody answers a page. Of all such rules the first that fits the page counts; where none does, it is ignored.
struct drill_reaction {
  person_ref person;       // paged; none: anybody
  team_ref team;           // of which they are a member
  std::int64_t pages = 0;  // fits so many pages of one person, then no more; 0: all
  drill_answer action = drill_answer::unset;
  std::int64_t chance = 100;  // percent; where it fails, the page is ignored
  duration after;             // the page, until they answer
  duration at_most;           // drawn between `after` and this; none: exactly `after`

  static std::span<const field_row> fields();
};

// What is measured, of each incident of the drill.
enum class drill_measure : std::uint8_t { unset, first_page, acknowledged, role_filled, resolved, updates_on_time };
std::span<const std::string_view> choices(drill_measure);

// What should be reached, by every incident or by one.
struct drill_goal {
  drill_measure measure = drill_measure::unset;
  std::string role;      // of role_filled; none: every role that the policy of major incidents gives
  std::string incident;  // label; none: each incident
  duration within;       // since the incident came up; not of updates_on_time

  static std::span<const field_row> fields();
};

struct drill_scenario {
  std::string name;
  std::int64_t seed = 0;
  instant starts_at = no_instant;  // the desk's clock, where none is given; not before it
  duration lasts;
  std::vector<drill_step> steps;
  std::vector<drill_reaction> reactions;
  std::vector<person_ref> unreachable;  // nothing gets to them: the host reports each page as failed, at once
  std::int64_t pages_most = 0;          // that one person should get; 0: nobody counts
  std::vector<drill_goal> goals;

  static std::span<const field_row> fields();
};

// Throws `invalid_argument` naming the member for what its fields alone do not say is wrong: labels that are used twice,
// delays that end before they begin, goals without what they need.
void check(const drill_scenario& scenario);

// A number that follows from these alone, evenly spread over 64 bits. A person's reaction to their third page is drawn
// the same whatever others were paged before: so a drill of a changed policy differs by the policy, not by the dice.
std::uint64_t drawn_number(std::int64_t seed, std::string_view person, std::uint64_t page, std::string_view purpose);

// What one person does about their n-th page, by the rule that fits it.
struct drawn_reaction {
  drill_answer action = drill_answer::ignore;
  duration after;

  friend bool operator==(const drawn_reaction&, const drawn_reaction&) = default;
};
drawn_reaction draw(const drill_reaction& rule, std::int64_t seed, std::string_view person, std::uint64_t page);

}  // namespace tocsin::inline v1
