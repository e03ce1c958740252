// Assignment by rules: of what was just logged and given to nobody, and at will (I2).
#include "decide.hpp"

#include <tocsin/assignment/commands.hpp>
#include <tocsin/assignment/events.hpp>
#include <tocsin/desk/assignment_book.hpp>
#include <tocsin/incident/events.hpp>

#include "desk/react.hpp"
#include "incident/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::vector<person_ref> eligible_of(const assignment_rules_applied& e) {
  std::vector<person_ref> result;
  for (const considered_person& one : e.considered) {
    if (is_eligible(one)) result.push_back(one.person);
  }
  return result;
}

std::string_view word_of(skip_reason reason) { return choices(reason)[static_cast<std::size_t>(reason) - 1]; }

// "ann (absent), bob (at_capacity)"
std::string shown(const std::vector<considered_person>& considered, const lexicon& words) {
  std::string text;
  for (const considered_person& one : considered) {
    text += (text.empty() ? "" : ", ") + std::string(words.word(word_kind::person, one.person.index)) + " (" +
            std::string(word_of(one.skipped)) + ")";
  }
  return text.empty() ? "nobody is considered" : text;
}

std::string reason_of(const deciding& d, const assignment_rules_applied& routed) {
  return "by the assignment rule " + d.quoted(word_kind::assignment_rule, routed.rule.index);
}

void ask_host(deciding& d, const incident& r, const assignment_rules_applied& routed) {
  if (routed.strategy == assignment_strategy::host) {
    d.notify(r, assignment_requested{routed.rule, routed.team, eligible_of(routed)});
  }
}

void assign_logged(deciding& d, const incident& r) {
  const assignment_question asked{
      .record = r, .actor = d.given.actor, .at = d.given.recorded_at, .except = {}, .pending = d.events};
  assignment_rules_applied e = route(d.state, asked);
  const assignment_rules_applied routed = e;
  d.emit({r.id}, std::move(e));
  if (routed.team || routed.assignee) {
    const workflow_graph& workflow = d.workflow_of(r);
    const state_ref target = workflow.target(verb::assign, r.state);
    const state_ref to = target ? target : r.state;
    d.emit({r.id}, incident_assigned{routed.team, routed.assignee, to, workflow.kind(to), reason_of(d, routed)});
    d.notify(r, assignment_notice{routed.team, routed.assignee});
  }
  ask_host(d, r, routed);
}

// No rule had anybody.
void refuse_for_nobody(deciding& d, const assignment_rules_applied& routed) {
  std::string why;
  for (const passed_rule& passed : routed.passed) {
    why += (why.empty() ? "" : "; ") + std::string("the rule ") +
           d.quoted(word_kind::assignment_rule, passed.rule.index) + ": " +
           (passed.team_retired ? "its team is retired" : shown(passed.considered, d.state.words));
  }
  d.against.add("assignment.nobody_eligible", "nobody can get it: " + (why.empty() ? "no rule matches" : why));
}

}  // namespace

void decide(const apply_assignment_rules& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("apply_assignment_rules", r);
  const assignment_book* rules = d.state.definitions.routing.get();
  d.against.unless(rules, "assignment.no_rules",
                   "no assignment rule is in force; publish some, or use assign_incident");
  const bool unknown = rules && c.rule && !rules->find(c.rule);
  d.against.unless(!unknown, "assignment.rule_not_in_force",
                   "the assignment rule " + d.quoted(word_kind::assignment_rule, c.rule.index) + " is not in force");
  d.against.unless(is_open(r.state_kind), "incident.not_open", "its state is " + d.state_name(r) + ", not an open one");
  if (!d.against.empty()) return;
  assignment_rules_applied routed = route(
      d.state, {.record = r, .actor = d.given.actor, .at = d.given.recorded_at, .except = c.except, .pending = {}},
      c.rule);
  routed.reason = c.reason;
  d.emit(c.incident, routed);
  if (routed.team || routed.assignee) {
    give(d, r, {c.incident, routed.team, routed.assignee, c.reason.empty() ? reason_of(d, routed) : c.reason},
         "apply_assignment_rules");
  } else if (routed.strategy != assignment_strategy::host) {
    refuse_for_nobody(d, routed);
  }
  ask_host(d, r, routed);
}

bool awaits_assignment(const incident& record, const decision& given, std::span<const event> so_far) {
  const definition_table& known = given.state.definitions;
  if (!known.routing || record.version != 0 || record.retrospective || record.team || record.assignee) return false;
  if (known.base_of(record) == record_base::auxiliary || !is_open(record.state_kind)) return false;
  bool logged = false;
  for (const event& happened : so_far) {
    if (happened.record.id != record.id) continue;
    if (happened.body.holds<assignment_rules_applied>()) return false;
    logged = logged || happened.body.holds<incident_logged>();
  }
  return logged;
}

void react_by_assignment(const incident& record, const decision& given, std::vector<event>& more) {
  deciding d(given, more);
  assign_logged(d, record);
}

}  // namespace tocsin::inline v1
