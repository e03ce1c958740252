#include <tocsin/assignment/assignment_rule.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_text{limits::key_length_max};
constexpr max_length rule_skills{limits::rule_skills_max};

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string_view word_of(assignment_strategy strategy) {
  return choices(strategy)[static_cast<std::size_t>(strategy) - 1];
}

class rule_linter {
 public:
  explicit rule_linter(const assignment_rule& rule) : rule_(rule) {}

  std::vector<std::string> run() {
    const assignment_strategy by = rule_.strategy;
    member("person", !rule_.person.empty(), by == assignment_strategy::fixed, false);
    member("schedule", !rule_.schedule.empty(), by == assignment_strategy::on_call, rule_.team.empty());
    member("wanted_skills", !rule_.wanted_skills.empty(), by == assignment_strategy::by_skills, false);
    if (by == assignment_strategy::fixed && rule_.person.empty() && rule_.team.empty()) {
      findings_.emplace_back("/person: fixed needs a person, a team or both");
    }
    if (by == assignment_strategy::by_skills && rule_.wanted_skills.empty() && rule_.mandatory_skills.empty()) {
      findings_.emplace_back("/mandatory_skills: by_skills needs skills, mandatory or wanted ones");
    }
    if (chooses_of_team() && rule_.team.empty()) {
      findings_.push_back("/team: " + std::string(word_of(by)) + " needs a team whose members are considered");
    }
    if (!chooses()) nobody_is_chosen();
    if (chooses() && rule_.if_nobody == nobody_fallback::team && rule_.team.empty()) {
      findings_.emplace_back("/team: there must be one that gets it where nobody can, or /if_nobody must be next_rule");
    }
    once("/mandatory_skills", rule_.mandatory_skills);
    once("/wanted_skills", rule_.wanted_skills);
    return std::move(findings_);
  }

 private:
  // Is there somebody who might turn out not to be able to get it?
  bool chooses() const {
    const bool team_alone = rule_.strategy == assignment_strategy::fixed && rule_.person.empty();
    return rule_.strategy != assignment_strategy::host && !team_alone;
  }

  bool chooses_of_team() const {
    return rule_.strategy == assignment_strategy::round_robin || rule_.strategy == assignment_strategy::least_loaded ||
           rule_.strategy == assignment_strategy::most_capacity || rule_.strategy == assignment_strategy::by_skills;
  }

  void nobody_is_chosen() {
    if (rule_.if_nobody == nobody_fallback::next_rule) {
      findings_.emplace_back("/if_nobody: no person is chosen here, so there is always somebody; leave it out");
    }
    const bool about_people =
        rule_.working_hours || rule_.capacity || !rule_.role.empty() || !rule_.mandatory_skills.empty();
    if (rule_.strategy == assignment_strategy::fixed && about_people) {
      findings_.emplace_back(
          "/person: role, mandatory_skills, working_hours and capacity ask something of people, and there is none");
    }
  }

  void member(const char* name, bool given, bool belongs, bool needed) {
    const std::string path = "/" + std::string(name);
    if (given && !belongs) findings_.push_back(path + ": " + std::string(word_of(rule_.strategy)) + " takes none");
    if (!given && belongs && needed)
      findings_.push_back(path + ": " + std::string(word_of(rule_.strategy)) + " needs it");
  }

  void once(const std::string& path, const std::vector<skill_demand>& skills) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < skills.size(); ++i) {
      if (seen.insert(skills[i].skill).second) continue;
      findings_.push_back(path + "/" + std::to_string(i) + ": " + quoted(skills[i].skill) + " is there twice");
    }
  }

  const assignment_rule& rule_;
  std::vector<std::string> findings_;
};

}  // namespace

std::span<const std::string_view> choices(assignment_strategy) {
  static constexpr std::string_view all[] = {"fixed",     "round_robin", "least_loaded", "most_capacity",
                                             "by_skills", "on_call",     "host"};
  return all;
}

std::span<const std::string_view> choices(nobody_fallback) {
  static constexpr std::string_view all[] = {"team", "next_rule"};
  return all;
}

std::span<const field_row> skill_demand::fields() {
  static constexpr field_row rows[] = {
      row<&skill_demand::skill>("skill", "Key of the skill", required, one_line, key_text),
      row<&skill_demand::level>("level", "Level, at least; 1 where none is given", range{1, limits::skill_level_max}),
  };
  return rows;
}

std::span<const field_row> assignment_rule::fields() {
  using self = assignment_rule;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the rule", required, one_line, key_text),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::order>("order", "The smallest is asked first, and the first that matches decides",
                        range{-1'000'000, 1'000'000}),
      row<&self::condition>("condition", "Of the record, in JsonLogic's syntax; without it, every record"),
      row<&self::calendar>("calendar", "Key of a business calendar: it matches while that is open", one_line, key_text),
      row<&self::strategy>("strategy", "How the person is found", required),
      row<&self::team>("team", "Key of the team that gets it, and whose members are considered", one_line, key_text),
      row<&self::person>("person", "Key of the person who gets it; of fixed", one_line, key_text),
      row<&self::schedule>("schedule", "Of on_call: key of the schedule whose people get it; none: the team's own",
                           one_line, key_text),
      row<&self::role>("role", "Key of a role: who is not qualified for it is skipped", one_line, key_text),
      row<&self::mandatory_skills>("mandatory_skills", "Who has not all of them at these levels is skipped",
                                   rule_skills),
      row<&self::wanted_skills>("wanted_skills", "Who has most of them gets it; of by_skills", rule_skills),
      row<&self::working_hours>("working_hours", "Skip those whose calendar, or else the team's, is closed"),
      row<&self::capacity>("capacity", "Open records at a time, of those who have no capacity of their own",
                           range{0, limits::capacity_max}),
      row<&self::if_nobody>("if_nobody", "Where nobody can get it: its team does, or the next rules are asked"),
      row<&self::retired>("retired", "It is not asked any more"),
  };
  return rows;
}

std::vector<std::string> lint(const assignment_rule& rule) { return rule_linter(rule).run(); }

bool is_unconditional(const assignment_rule& rule) { return !rule.condition && rule.calendar.empty(); }

bool is_final(const assignment_rule& rule) { return rule.if_nobody != nobody_fallback::next_rule; }

std::vector<rule_finding> lint(std::span<const assignment_rule> rules) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].retired) order.push_back(i);
  }
  std::vector<rule_finding> findings;
  if (order.empty()) return findings;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return rules[i].order; });
  const assignment_rule* takes_all = nullptr;
  std::map<std::pair<std::string_view, std::string_view>, const assignment_rule*> seen;
  for (std::size_t n = 0; n < order.size(); ++n) {
    const assignment_rule& rule = rules[order[n]];
    const auto find = [&](std::string what) { findings.push_back({order[n], std::move(what)}); };
    if (n != 0 && rules[order[n - 1]].order == rule.order) {
      find("/order: " + quoted(rules[order[n - 1]].key) + " has " + std::to_string(rule.order) +
           ", too; which of them is asked first must be said");
    }
    const auto same = seen.find({rule.condition.text, rule.calendar});
    if (takes_all) {
      find("/order: it never gets its turn, for " + quoted(takes_all->key) + " before it takes every record");
    } else if (same != seen.end()) {
      find("/condition: it never gets its turn, for " + quoted(same->second->key) +
           " before it takes the same records");
    }
    if (!is_final(rule)) continue;
    if (is_unconditional(rule)) takes_all = &rule;
    seen.emplace(std::pair(std::string_view(rule.condition.text), std::string_view(rule.calendar)), &rule);
  }
  if (!takes_all) {
    const assignment_rule& last = rules[order.back()];
    findings.push_back(
        {order.back(), "there is no default: the last rule by /order, now " + quoted(last.key) +
                           ", must take every record, without /condition and /calendar, and not go on to "
                           "a next rule"});
  }
  return findings;
}

compiled_assignment_rule compile_rule(const assignment_rule& rule, const condition_schema& schema) {
  compiled_assignment_rule result{rule, {}};
  if (rule.condition) result.condition = compile_condition(rule.condition.text, schema, "/condition");
  return result;
}

}  // namespace tocsin::inline v1
