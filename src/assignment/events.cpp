#include <tocsin/assignment/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length people_listed{limits::considered_people_max};

}  // namespace

std::span<const field_row> passed_rule::fields() {
  using self = passed_rule;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule"),
      row<&self::rule_version>("rule_version", "Version of it"),
      row<&self::team_retired>("team_retired", "Its team is retired"),
      row<&self::considered>("considered", "People considered, and why each was skipped", people_listed),
      row<&self::considered_count>("considered_count", "How many were considered"),
  };
  return rows;
}

std::span<const field_row> assignment_rules_applied::fields() {
  using self = assignment_rules_applied;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule that decided; none: no rule that matched had anybody"),
      row<&self::rule_version>("rule_version", "Version of it"),
      row<&self::strategy>("strategy", "How it finds the person"),
      row<&self::team>("team", "Team that gets it"),
      row<&self::assignee>("assignee", "Person who gets it"),
      row<&self::nobody_eligible>("nobody_eligible", "Nobody was eligible"),
      row<&self::turn>("turn", "Turn that the person had by this rule"),
      row<&self::considered>("considered",
                             "Who was considered: who could get it, the best first, then who could not, and why",
                             people_listed),
      row<&self::considered_count>("considered_count", "How many were considered"),
      row<&self::passed>("passed", "Rules before it that matched and had nobody, in their order",
                         max_length(limits::passed_rules_max)),
      row<&self::reason>("reason", "Why the rules were asked, where somebody did", erasable),
  };
  return rows;
}

std::span<const field_row> assignment_requested::fields() {
  using self = assignment_requested;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule that leaves it to the host"),
      row<&self::team>("team", "Team that has it"),
      row<&self::eligible>("eligible", "People who are eligible", people_listed),
  };
  return rows;
}

}  // namespace tocsin::inline v1
