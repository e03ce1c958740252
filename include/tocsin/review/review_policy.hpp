// When a review of an incident is demanded, by when and of whom, and what it must say: rules that are data (M3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/review/review.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t review_rules_max = 100;        // of one policy
inline constexpr std::size_t review_approvers_max = 1'000;  // people, and teams, of one policy
inline constexpr duration review_due_in_min{minute};        // what is shorter is a mistake
inline constexpr duration review_due_in_max{366 * day.us};
}  // namespace limits

// The owner is the person, else whoever had the role in the response to the major incident; the team is there, too, or
// instead.
struct review_rule {
  std::string key;
  std::string name;
  embedded_json when;  // condition on the incident, resolved or closed
  std::string reason;  // why a review is demanded
  duration due_in;
  std::string owner;       // key of a person
  std::string owner_role;  // role in the response
  std::string team;        // key of a team

  static std::span<const field_row> fields();
};

struct demanded_section {
  std::string key;
  std::string title;

  static std::span<const field_row> fields();
};

struct review_policy {
  std::string key;  // "incident" is the one that incidents go by
  std::string name;
  std::vector<review_rule> rules;
  std::vector<demanded_section> sections;
  bool blocks_closing = false;              // an incident is not closed until its review is published or skipped
  bool retired = false;                     // demands nothing any more
  bool approval = false;                    // by somebody else than its authors, before it is published
  std::vector<std::string> approvers;       // keys of people who may approve; nobody is named: everybody else
  std::vector<std::string> approver_teams;  // keys of teams whose members may

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// If not, everybody else than the authors may approve.
bool names_approvers(const review_policy& definition);

// What is wrong with it, a line each.
std::vector<std::string> lint(const review_policy& definition, const condition_schema& schema);

// A compiled policy. Throws if one of its conditions is not valid.
struct compiled_review_policy {
  using compiled_from = review_policy;

  compiled_review_policy(const review_policy& d, const condition_schema& schema);

  review_policy definition;
  std::vector<condition> when;  // of each rule

  // The place of the first rule that holds.
  std::optional<std::size_t> rule_for(const condition_data& record, instant now) const;
  // As JSON, what the rule's condition saw.
  std::string inputs_of(std::size_t rule, const condition_data& record, instant now) const;
};

}  // namespace tocsin::inline v1
