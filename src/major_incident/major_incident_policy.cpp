#include <tocsin/major_incident/major_incident_policy.hpp>

#include <tocsin/base/error.hpp>

#include <algorithm>
#include <iterator>
#include <set>

#include "rule/explained.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};

std::string quoted_text(std::string_view text) { return '"' + std::string(text) + '"'; }

void lint_rules(const major_incident_policy& policy, const condition_schema& schema,
                std::vector<std::string>& findings) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const std::string place = "rules/" + std::to_string(i);
    if (!seen.insert(policy.rules[i].key).second) {
      findings.push_back(place + "/key: " + quoted_text(policy.rules[i].key) + " is there twice");
    }
    try {
      compile_condition(policy.rules[i].when.text, schema, place + "/when");
    } catch (const error& e) {
      findings.emplace_back(e.what());
    }
  }
}

int sources_of(const major_role& one) {
  return (one.person.empty() ? 0 : 1) + (one.team.empty() ? 0 : 1) + (one.schedule.empty() ? 0 : 1) +
         (one.service_owner ? 1 : 0);
}

// Each role with all that it may report to: by any of its rows, and by the standard where it may be that none holds. That
// of one row of each role is a part of it, so that no incident has a circle if this has none.
std::vector<response_role> reporting_of_all(const major_incident_policy& policy) {
  const std::vector<response_role> all = roles_of(policy, {});
  std::vector<response_role> reporting;
  std::set<std::string_view> holds_of_all;
  for (const major_role& one : policy.roles) {
    reporting.push_back({one.role, one.reports_to.empty() ? find_role(all, one.role)->reports_to : one.reports_to});
    if (!one.when) holds_of_all.insert(one.role);
  }
  std::ranges::copy_if(all, std::back_inserter(reporting),
                       [&](const response_role& r) { return !holds_of_all.contains(r.role); });
  return reporting;
}

void lint_condition(const major_role& role, const condition_schema& schema, const std::string& place,
                    std::vector<std::string>& findings) {
  if (!role.when) return;
  try {
    compile_condition(role.when.text, schema, place + "/when");
  } catch (const error& e) {
    findings.emplace_back(e.what());
  }
}

void lint_roles(const major_incident_policy& policy, const condition_schema& schema,
                std::vector<std::string>& findings) {
  const std::vector<response_role> all = roles_of(policy, {});
  std::set<std::string_view> hold_of_all;
  for (std::size_t i = 0; i < policy.roles.size(); ++i) {
    const major_role& one = policy.roles[i];
    const std::string place = "roles/" + std::to_string(i);
    if (hold_of_all.contains(one.role)) {
      findings.push_back(place + "/role: " + quoted_text(one.role) +
                         " is there twice, and the one before always holds");
    }
    if (!one.when) hold_of_all.insert(one.role);
    lint_condition(one, schema, place, findings);
    if (!one.reports_to.empty() && !find_role(all, one.reports_to)) {
      findings.push_back(place + "/reports_to: " + quoted_text(one.reports_to) + " is no role");
    }
    if (sources_of(one) > 1) {
      findings.push_back(place + ": a role is given by one of person, team, schedule and service_owner");
    }
  }
  const std::vector<response_role> reporting = reporting_of_all(policy);
  if (const std::string circle = reporting_circle(std::span(reporting)); !circle.empty()) {
    findings.push_back("roles: they report to each other: " + circle);
  }
}

void lint_cadences(const major_incident_policy& policy, std::vector<std::string>& findings) {
  std::set<severity> seen;
  for (std::size_t i = 0; i < policy.update_every.size(); ++i) {
    const update_cadence& one = policy.update_every[i];
    const std::string place = "update_every/" + std::to_string(i);
    if (!seen.insert(one.severity).second) findings.push_back(place + "/severity: it is there twice");
    if (one.every < limits::update_every_min || one.every > limits::update_every_max) {
      findings.push_back(place + "/every: allowed is from a minute to 30 days");
    }
  }
}

}  // namespace

std::span<const field_row> major_rule::fields() {
  using self = major_rule;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the rule", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::when>("when", "When an incident is proposed, a condition in JsonLogic's syntax", required),
      row<&self::reason>("reason", "Reason of the proposal", required, one_line),
  };
  return rows;
}

std::span<const field_row> major_role::fields() {
  using self = major_role;
  static constexpr field_row rows[] = {
      row<&self::role>("role", "The role: a standard one, or one of the host's own", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::reports_to>("reports_to", "Role that it reports to; none: as the standard has it", one_line,
                             key_length),
      row<&self::person>("person", "Key of the person who has it from the acceptance on", one_line, key_length),
      row<&self::team>("team", "Key of a team: whoever is on call by its schedule then", one_line, key_length),
      row<&self::schedule>("schedule", "Key of a schedule: whoever is on call there then", one_line, key_length),
      row<&self::service_owner>("service_owner", "Whoever owns the incident's service then"),
      row<&self::when>(
          "when",
          "Of which incidents it is so, a condition in JsonLogic's syntax; none: of all. Of several of the "
          "same role the first that holds counts"),
  };
  return rows;
}

std::span<const field_row> update_cadence::fields() {
  static constexpr field_row rows[] = {
      row<&update_cadence::severity>("severity", "Severity of the incident; none: all others"),
      row<&update_cadence::every>("every", "How long after one update the next is due", required),
  };
  return rows;
}

std::span<const field_row> major_incident_policy::fields() {
  using self = major_incident_policy;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the policy; \"incident\" is the one that incidents go by", required, one_line,
                      key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::rules>("rules", "The first that holds proposes an incident as a major one; the first is the gravest",
                        max_length(limits::major_rules_max)),
      row<&self::roles>("roles", "Roles of the response, beside the standard ones or instead",
                        max_length(limits::response_roles_max)),
      row<&self::update_every>("update_every", "How often those outside are told, by severity",
                               max_length(limits::update_cadences_max)),
      row<&self::manager>("manager", "Key of the person who is told of proposals, and decides on them", one_line,
                          key_length),
      row<&self::team>("team", "Key of the team that is told of them", one_line, key_length),
      row<&self::retired>("retired", "It proposes nothing any more, and no update is due"),
  };
  return rows;
}

const response_role* find_role(std::span<const response_role> roles, std::string_view role) {
  const auto found = std::ranges::find(roles, role, &response_role::role);
  return found == roles.end() ? nullptr : &*found;
}

std::vector<response_role> roles_of(const major_incident_policy& policy, std::span<const major_role* const> rows) {
  const auto standard = standard_response_roles();
  std::vector<response_role> all(standard.begin(), standard.end());
  for (const major_role& one : policy.roles) {
    if (!find_role(all, one.role)) all.push_back({one.role, {}});
  }
  for (const major_role* one : rows) {
    if (!one->reports_to.empty()) std::ranges::find(all, one->role, &response_role::role)->reports_to = one->reports_to;
  }
  return all;
}

std::vector<std::string> lint(const major_incident_policy& policy, const condition_schema& schema) {
  std::vector<std::string> findings;
  if (policy.key != "incident") findings.emplace_back("key: only \"incident\" is asked for");
  lint_rules(policy, schema, findings);
  lint_roles(policy, schema, findings);
  lint_cadences(policy, findings);
  return findings;
}

compiled_major_policy::compiled_major_policy(const major_incident_policy& d, const condition_schema& schema)
    : definition(d) {
  for (const major_rule& rule : d.rules) when.push_back(compile_condition(rule.when.text, schema));
  for (const major_role& role : d.roles) {
    std::optional<condition>& asked = role_when.emplace_back();
    if (role.when) asked = compile_condition(role.when.text, schema);
  }
}

std::optional<std::size_t> compiled_major_policy::rule_for(const condition_data& record, instant now) const {
  for (std::size_t i = 0; i < when.size(); ++i) {
    if (holds(when[i], record, now)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> compiled_major_policy::place_of(std::string_view rule) const {
  const auto found = std::ranges::find(definition.rules, rule, &major_rule::key);
  if (found == definition.rules.end()) return std::nullopt;
  return static_cast<std::size_t>(found - definition.rules.begin());
}

std::string compiled_major_policy::inputs_of(std::size_t rule, const condition_data& record, instant now) const {
  return explained(when[rule], record, now);
}

std::vector<const major_role*> compiled_major_policy::roles_for(const condition_data& record, instant now) const {
  std::vector<const major_role*> rows;
  for (std::size_t i = 0; i < role_when.size(); ++i) {
    const major_role& one = definition.roles[i];
    const bool is_there = std::ranges::any_of(rows, [&](const major_role* row) { return row->role == one.role; });
    if (!is_there && (!role_when[i] || holds(*role_when[i], record, now))) rows.push_back(&one);
  }
  return rows;
}

duration compiled_major_policy::update_every(severity of) const {
  duration others;
  for (const update_cadence& one : definition.update_every) {
    if (one.severity == of) return one.every;
    if (one.severity == severity::unset) others = one.every;
  }
  return others;
}

}  // namespace tocsin::inline v1
