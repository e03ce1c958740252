// The assignment rules of a desk in their order, made ready to be asked, and what they say of a record (I2). Nothing here
// changes anything: the same state, record and instant give the same answer.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include <tocsin/assignment/assignment.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

struct definitions_published;
struct assignment_rules_applied;

// A role that a rule, or its team, asks for: whoever is qualified, or on call for it (R-O10).
struct routing_role {
  role_ref role;
  schedule_ref schedule;
  std::unordered_map<std::uint32_t, instant> qualified_until;  // by person; no_instant: for ever
};

struct routing_rule {
  assignment_rule_ref number;
  std::uint32_t version = 0;
  std::shared_ptr<const compiled_assignment_rule> rule;
  team_ref team;
  person_ref person;
  schedule_ref schedule;
  std::vector<person_ref> members;  // of the team, by number
  std::vector<routing_role> roles;
  assignment_terms terms;

  const assignment_rule& definition() const { return rule->definition; }
};

class assignment_book {
 public:
  // Of `before`, absences may be kept.
  assignment_book(const desk_state& state, const assignment_book* before);

  // Those that are in force, in their order.
  std::span<const routing_rule> rules() const { return rules_; }
  const routing_rule* find(assignment_rule_ref number) const;  // null: it is not in force
  bool is_absent(person_ref person, instant at) const;

 private:
  struct span_of_absence {
    instant from;
    instant until;
  };
  using absence_table = std::unordered_map<std::uint32_t, std::vector<span_of_absence>>;  // the last to end comes first

  static absence_table absences_in(const desk_state& state);

  std::vector<routing_rule> rules_;
  std::shared_ptr<const absence_table> absences_;
};

// Rebuilds the book if the publication affects it, once it is in force.
void renew_routing(const definitions_published& published, desk_state& state, std::vector<std::function<void()>>& undo);

// The same for a state that many publications made.
void make_routing(desk_state& state);

// What is asked of the rules.
struct assignment_question {
  const incident& record;
  person_ref actor;
  instant at = no_instant;
  std::span<const person_ref> except = {};
  std::span<const event> pending = {};  // what the same entry has said already
};

bool matches(const routing_rule& rule, const desk_state& state, const assignment_question& asked);

// As `consider` answers.
std::vector<considered_person> considered_by(const routing_rule& rule, const desk_state& state,
                                             const assignment_question& asked);

// What the first rule that matches says, or, where one is named, what that one says. Rules must be in force.
assignment_rules_applied route(const desk_state& state, const assignment_question& asked,
                               assignment_rule_ref only = {});

}  // namespace tocsin::inline v1
