#include <tocsin/review/review_policy.hpp>

#include <tocsin/base/error.hpp>

#include <set>

#include "rule/explained.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};
constexpr max_length approvers_length{limits::review_approvers_max};

template <class T>
void lint_keys(const std::vector<T>& all, const std::string& list, std::vector<std::string>& findings) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (seen.insert(all[i].key).second) continue;
    findings.push_back(list + "/" + std::to_string(i) + "/key: \"" + all[i].key + "\" is there twice");
  }
}

void lint_rule(const review_rule& rule, const std::string& place, const condition_schema& schema,
               std::vector<std::string>& findings) {
  try {
    compile_condition(rule.when.text, schema, place + "/when");
  } catch (const error& e) {
    findings.emplace_back(e.what());
  }
  if (rule.due_in < limits::review_due_in_min || rule.due_in > limits::review_due_in_max) {
    findings.push_back(place + "/due_in: allowed is from a minute to 366 days");
  }
  if (!rule.owner.empty() && !rule.owner_role.empty()) {
    findings.push_back(place + ": it has both an owner and an owner_role");
  }
}

}  // namespace

std::span<const field_row> review_rule::fields() {
  using self = review_rule;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the rule", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::when>("when",
                       "Of which incidents a review is demanded when they are resolved or closed, a condition in "
                       "JsonLogic's syntax",
                       required),
      row<&self::reason>("reason", "Why it is demanded", required, one_line),
      row<&self::due_in>("due_in", "So long after that the review is to be published", required),
      row<&self::owner>("owner", "Key of the person who has it", one_line, key_length),
      row<&self::owner_role>("owner_role", "Role in the response: whoever had it last has the review", one_line,
                             key_length),
      row<&self::team>("team", "Key of the team that has it; none: that of the incident", one_line, key_length),
  };
  return rows;
}

std::span<const field_row> demanded_section::fields() {
  static constexpr field_row rows[] = {
      row<&demanded_section::key>("key", "Key of the section", required, one_line, key_length),
      row<&demanded_section::title>("title", "Its heading; none: the key", one_line),
  };
  return rows;
}

std::span<const field_row> review_policy::fields() {
  using self = review_policy;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the policy; \"incident\" is the one that incidents go by", required, one_line,
                      key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::rules>("rules", "The first that holds demands a review", max_length(limits::review_rules_max)),
      row<&self::sections>("sections", "Without these a review is not published",
                           max_length(limits::review_sections_max)),
      row<&self::blocks_closing>("blocks_closing",
                                 "An incident is not closed until its review is published, or skipped with a reason"),
      row<&self::retired>("retired", "It demands nothing any more"),
      row<&self::approval>("approval", "Somebody else than its authors must approve a review before it is published"),
      row<&self::approvers>("approvers", "Keys of people who may; nobody is named: everybody else", approvers_length),
      row<&self::approver_teams>("approver_teams", "Keys of teams whose members may", approvers_length),
  };
  return rows;
}

bool names_approvers(const review_policy& policy) {
  return !policy.approvers.empty() || !policy.approver_teams.empty();
}

std::vector<std::string> lint(const review_policy& policy, const condition_schema& schema) {
  std::vector<std::string> findings;
  if (policy.key != "incident") findings.emplace_back("key: only \"incident\" is asked for");
  lint_keys(policy.rules, "rules", findings);
  lint_keys(policy.sections, "sections", findings);
  if (!policy.approval && names_approvers(policy)) {
    findings.emplace_back("approval: it names who approves reviews, and does not say that they must be approved");
  }
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    lint_rule(policy.rules[i], "rules/" + std::to_string(i), schema, findings);
  }
  return findings;
}

compiled_review_policy::compiled_review_policy(const review_policy& d, const condition_schema& schema) : definition(d) {
  for (const review_rule& rule : d.rules) when.push_back(compile_condition(rule.when.text, schema));
}

std::optional<std::size_t> compiled_review_policy::rule_for(const condition_data& record, instant now) const {
  for (std::size_t i = 0; i < when.size(); ++i) {
    if (holds(when[i], record, now)) return i;
  }
  return std::nullopt;
}

std::string compiled_review_policy::inputs_of(std::size_t rule, const condition_data& record, instant now) const {
  return explained(when[rule], record, now);
}

}  // namespace tocsin::inline v1
