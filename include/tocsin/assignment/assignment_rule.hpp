// An assignment rule: which records it is for, and how it finds the person who gets them (I2).
// docs/assignment.md has it for hosts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t rule_skills_max = 20;  // mandatory ones of a rule, and wanted ones
}  // namespace limits

// How one is chosen of those who can get it. What is equal in all that the strategy looks at goes to whoever has waited
// longest for a turn by this rule, then by number: the order in which a desk came to know people, which no renaming and
// no change of a team changes.
//
// fixed          the person that the rule names, or the team alone
// round_robin    whoever has waited longest for a turn; who never had one comes first
// least_loaded   whoever has the fewest open records
// most_capacity  whoever has most room left: capacity less open records
// by_skills      whoever has most of the wanted skills, then most of them at the level wanted, then the fewest open records
// on_call        whoever is on call by the schedule; of several, whoever has waited longest for a turn
// host           the host: it is asked by an effect, and answers with assign_incident
enum class assignment_strategy : std::uint8_t {
  unset,
  fixed,
  round_robin,
  least_loaded,
  most_capacity,
  by_skills,
  on_call,
  host
};
std::span<const std::string_view> choices(assignment_strategy);

// What becomes of a record that a rule matches but has nobody for: its team gets it without a person, or the rules behind
// it are asked.
enum class nobody_fallback : std::uint8_t { unset, team, next_rule };
std::span<const std::string_view> choices(nobody_fallback);

struct skill_demand {
  std::string skill;       // key
  std::int64_t level = 1;  // at least

  static std::span<const field_row> fields();
};

struct assignment_rule {
  std::string key;
  std::string name;
  std::int64_t order = 0;   // the smallest is asked first; no two have the same
  embedded_json condition;  // of the record; none: every one
  std::string calendar;     // key: the rule matches while it is open; none: always
  assignment_strategy strategy = assignment_strategy::unset;
  std::string team;      // key: who gets it, and whose members are considered
  std::string person;    // key, of `fixed`
  std::string schedule;  // key, of `on_call`
  std::string role;      // key: who is not qualified for it then is skipped (R-O10)
  std::vector<skill_demand> mandatory_skills;
  std::vector<skill_demand> wanted_skills;  // of `by_skills`
  bool working_hours = false;               // skip those whose calendar, or else the team's, is closed
  optional_integer capacity;                // of those who have none of their own
  nobody_fallback if_nobody = nobody_fallback::team;
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each; what its keys name and its condition are for a desk to check.
std::vector<std::string> lint(const assignment_rule& rule);

// Matches every record, always.
bool is_unconditional(const assignment_rule& rule);

// Whatever matches goes no further: the rules behind it are not asked.
bool is_final(const assignment_rule& rule);

// What is wrong with rules together, those that are retired left out: the place of the rule, and what. There must be a
// default, the last one, that takes every record; each one must get its turn; no two may have the same order.
struct rule_finding {
  std::size_t place = 0;
  std::string what;
};
std::vector<rule_finding> lint(std::span<const assignment_rule> rules);

// A rule made ready to be asked.
struct compiled_assignment_rule {
  using compiled_from = assignment_rule;

  assignment_rule definition;
  std::optional<tocsin::condition> condition;
};

// Throws what compile_condition does.
compiled_assignment_rule compile_rule(const assignment_rule& rule, const condition_schema& schema);

}  // namespace tocsin::inline v1
