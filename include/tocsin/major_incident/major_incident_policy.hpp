// When an incident is proposed as a major one, who then takes which role, and how often those outside are told: rules
// that are data (M1, M2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/major_incident/response_roles.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t major_rules_max = 100;    // of one policy
inline constexpr std::size_t update_cadences_max = 6;  // one for each severity, and one for where there is none
inline constexpr duration update_every_min{minute};    // what is shorter is a mistake, and floods the outbox
inline constexpr duration update_every_max{30 * day.us};
}  // namespace limits

// The first rule is the gravest.
struct major_rule {
  std::string key;
  std::string name;
  embedded_json when;  // condition on the record
  std::string reason;  // of the proposal

  static std::span<const field_row> fields();
};

// A role of the response, and who has it from the acceptance on: one of these, or nobody. Of several of the same role the
// first that holds counts (R-C35).
struct major_role {
  std::string role;
  std::string name;
  std::string reports_to;      // role; none: as the standard has it
  std::string person;          // key
  std::string team;            // key: whoever is on call by its schedule
  std::string schedule;        // key: whoever is on call there
  bool service_owner = false;  // whoever owns the incident's service
  embedded_json when;          // condition on the incident: of which ones it is so; none: of all

  static std::span<const field_row> fields();
};

struct update_cadence {
  tocsin::severity severity = severity::unset;  // unset: of all others
  duration every;

  static std::span<const field_row> fields();
};

struct major_incident_policy {
  std::string key;  // "incident" is the one that incidents go by
  std::string name;
  std::vector<major_rule> rules;
  std::vector<major_role> roles;
  std::vector<update_cadence> update_every;
  std::string manager;   // key of the person who is told, and decides on proposals
  std::string team;      // key of the team, likewise
  bool retired = false;  // proposes nothing any more, and no update is due

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each.
std::vector<std::string> lint(const major_incident_policy& definition, const condition_schema& schema);

// All roles that there are: the standard ones and those that the policy names. They report to whom these rows of it say,
// else as the standard has it.
std::vector<response_role> roles_of(const major_incident_policy& definition, std::span<const major_role* const> rows);

// A compiled policy. Throws if one of its conditions is not valid.
struct compiled_major_policy {
  using compiled_from = major_incident_policy;

  compiled_major_policy(const major_incident_policy& d, const condition_schema& schema);

  major_incident_policy definition;
  std::vector<condition> when;                      // of each rule
  std::vector<std::optional<condition>> role_when;  // of each role; none: it holds of all

  // The place of the first rule that holds.
  std::optional<std::size_t> rule_for(const condition_data& record, instant now) const;
  std::optional<std::size_t> place_of(std::string_view rule) const;
  // As JSON, what the rule's condition saw.
  std::string inputs_of(std::size_t rule, const condition_data& record, instant now) const;
  // The rows of roles that hold for the incident, the first of each role, in the order of the policy.
  std::vector<const major_role*> roles_for(const condition_data& record, instant now) const;
  // Nothing: no update is ever due.
  duration update_every(severity of) const;
};

const response_role* find_role(std::span<const response_role> roles, std::string_view role);

}  // namespace tocsin::inline v1
