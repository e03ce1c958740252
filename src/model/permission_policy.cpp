#include <tocsin/model/permission_policy.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(relation) {
  static constexpr std::string_view all[] = {"anyone", "caller", "reporter", "assignee", "team_member"};
  return all;
}

std::span<const field_row> permission_grant::fields() {
  using self = permission_grant;
  static constexpr max_length few{1000};
  static constexpr field_row rows[] = {
      row<&self::name>("name", "What it is for, in a line", one_line),
      row<&self::people>("people", "Keys of the people who are granted it", few),
      row<&self::teams>("teams", "Keys of the teams whose members are granted it", few),
      row<&self::relations>("relations", "Those who stand to the record like this are granted it", few),
      row<&self::commands>("commands", "Commands that they may give; \"*\": all", few),
      row<&self::queries>("queries", "Questions that they may ask; \"*\": all", few),
      row<&self::permissions>("permissions", "What transitions of workflows may demand of them; \"*\": all", few),
      row<&self::where>("where", "On which records, in JsonLogic's syntax; none: on all, and where there is none"),
      row<&self::restricted>("restricted", "On restricted records, too"),
      row<&self::audience>("audience",
                           "What of a record the questions show: internal, all of it, where none is given; "
                           "requester, what a requester may see"),
  };
  return rows;
}

std::span<const field_row> definition_ownership::fields() {
  using self = definition_ownership;
  static constexpr max_length few{1000};
  static constexpr field_row rows[] = {
      row<&self::name>("name", "What it is for, in a line", one_line),
      row<&self::kinds>("kinds", "Kinds of definitions that are owned: sla_policy, metric", required, few),
      row<&self::keys>("keys", "Keys of those that are owned; none: all of these kinds", few),
      row<&self::people>("people", "Keys of the people who own them", few),
      row<&self::teams>("teams", "Keys of the teams whose members own them", few),
  };
  return rows;
}

std::span<const field_row> permission_policy::fields() {
  using self = permission_policy;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the policy; what all policies grant counts together", required, one_line,
                      max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::grants>("grants", "What it grants", max_length(1000)),
      row<&self::retired>("retired", "It grants nothing any more"),
      row<&self::owners>("owners", "Who owns definitions: beside the host, only they publish new versions of them",
                         max_length(1000)),
  };
  return rows;
}

std::vector<std::string> lint(const permission_policy& definition) {
  std::vector<std::string> findings;
  for (std::size_t i = 0; i < definition.grants.size(); ++i) {
    const permission_grant& g = definition.grants[i];
    const std::string what = "grants/" + std::to_string(i);
    if (g.people.empty() && g.teams.empty() && g.relations.empty()) {
      findings.push_back(what + " is granted to nobody: people, teams and relations are empty");
    }
    if (g.commands.empty() && g.queries.empty() && g.permissions.empty()) {
      findings.push_back(what + " grants nothing: commands, queries and permissions are empty");
    }
  }
  for (std::size_t i = 0; i < definition.owners.size(); ++i) {
    const definition_ownership& o = definition.owners[i];
    const std::string what = "owners/" + std::to_string(i);
    if (o.people.empty() && o.teams.empty()) findings.push_back(what + " names nobody: people and teams are empty");
    if (o.kinds.empty()) findings.push_back(what + " names no definitions: kinds is empty");
  }
  return findings;
}

}  // namespace tocsin::inline v1
