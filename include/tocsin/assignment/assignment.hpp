// Who gets a record by a strategy, who else was considered, and why they were skipped (I2): a pure function of what is
// known of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <tocsin/assignment/assignment_rule.hpp>
#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

// Why somebody cannot get it. If there are several reasons, the first in this order is given.
enum class skip_reason : std::uint8_t {
  unset,          // can get it
  excepted,       // whoever asked left the person out
  retired,        // no longer in service
  absent,         // (O4)
  not_on_call,    // (O2)
  out_of_hours,   // the calendar that holds for the person is closed
  may_not_see,    // the record is restricted to others
  not_qualified,  // for a role that is asked for, or no more (R-O10)
  lacks_skill,    // a mandatory one, or has it at too low a level
  at_capacity,
  no_capacity  // of most_capacity: nothing is known of it
};
std::span<const std::string_view> choices(skip_reason);

struct skill_level {
  skill_ref skill;
  std::int64_t level = 1;
};

// Somebody who is considered, as things stand.
struct assignment_candidate {
  person_ref person;
  skip_reason unavailable = skip_reason::unset;  // up to not_qualified
  role_ref role;                                 // of not_qualified
  std::vector<skill_level> skills;
  std::int64_t load = 0;  // open records
  optional_integer capacity;
  std::uint64_t last_turn = 0;  // by the rule; 0: never had one
};

struct considered_person {
  person_ref person;
  skip_reason skipped = skip_reason::unset;
  skill_ref skill;  // that is lacking
  role_ref role;    // that the person is not qualified for
  std::int64_t load = 0;
  optional_integer capacity;
  std::uint64_t last_turn = 0;
  std::int64_t wanted_skills = 0;      // how many of them the person has
  std::int64_t sufficient_skills = 0;  // how many at the level wanted

  static std::span<const field_row> fields();
  friend bool operator==(const considered_person&, const considered_person&) = default;
};

struct assignment_terms {
  assignment_strategy strategy = assignment_strategy::unset;
  std::vector<skill_level> mandatory;
  std::vector<skill_level> wanted;
};

// Who could get it, the best first, then who could not, by number. The first one gets it, unless the strategy is that of
// the host. Candidates in any order; nobody twice.
std::vector<considered_person> consider(const assignment_terms& terms,
                                        std::span<const assignment_candidate> candidates);

constexpr bool is_eligible(const considered_person& one) { return one.skipped == skip_reason::unset; }

// Is a choice by it a turn, for which others have to wait?
constexpr bool counts_turns(assignment_strategy strategy) {
  return strategy != assignment_strategy::fixed && strategy != assignment_strategy::host;
}

}  // namespace tocsin::inline v1
