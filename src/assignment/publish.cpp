#include "publish.hpp"

#include <tocsin/desk/assignment_book.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/oncall/role.hpp>
#include <tocsin/oncall/rotation.hpp>
#include <tocsin/oncall/schedule.hpp>

#include "desk/publication.hpp"
#include "desk/publish_calendars.hpp"
#include "desk/publish_conditions.hpp"

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

// ---- what a rule names

class rule_checker {
 public:
  rule_checker(const publications& all, const record_schemas& schemas, std::size_t place)
      : all_(all), schemas_(schemas), rules_(all.of<assignment_rule>()), place_(place) {}

  void check() const {
    const assignment_rule& rule = rules_[place_];
    named<team>("/team", "team", rule.team);
    named<person>("/person", "person", rule.person);
    named<schedule>("/schedule", "schedule", rule.schedule);
    named<role>("/role", "role", rule.role);
    if (rule.strategy == assignment_strategy::on_call && rule.schedule.empty()) demand_schedule_of(rule.team);
    if (rule.calendar != always_open_calendar) {
      named<business_calendar_definition>("/calendar", "calendar", rule.calendar);
    }
    skills("/mandatory_skills", rule.mandatory_skills);
    skills("/wanted_skills", rule.wanted_skills);
    if (!rule.retired) {
      in_service<team>("/team", "team", rule.team);
      in_service<person>("/person", "person", rule.person);
    }
    try {
      compile_rule(rule, schemas_.record());
    } catch (const error& e) {
      refuse(e.what());
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const { rules_.refuse_at(place_, why); }

  template <class T>
  void named(const std::string& path, const char* what, const std::string& key) const {
    rules_.demand(place_, all_.of<T>(), key, path + ": the " + what);
  }

  template <class T>
  void in_service(const char* path, const char* what, const std::string& key) const {
    const auto* one = all_.of<T>().find(key);
    if (one && one->retired) refuse(std::string(path) + ": the " + what + " " + quoted(key) + " is retired");
  }

  void demand_schedule_of(const std::string& team_key) const {
    const team* t = all_.of<team>().find(team_key);
    if (t && !t->schedule.empty()) return;
    refuse("/schedule: on_call needs it, as the team " + quoted(team_key) + " has none of its own");
  }

  void skills(const std::string& path, const std::vector<skill_demand>& demands) const {
    for (std::size_t i = 0; i < demands.size(); ++i) {
      named<skill>(path + "/" + std::to_string(i), "skill", demands[i].skill);
    }
  }

  const publications& all_;
  const record_schemas& schemas_;
  publication<assignment_rule> rules_;
  std::size_t place_;
};

// Validates the resulting rule set; an error in an existing rule is reported at the first rule of this publication.
void check_together(const publications& all) {
  const auto rules = all.of<assignment_rule>();
  if (rules.empty()) return;
  std::vector<assignment_rule> together;
  rules.each([&](const assignment_rule& r) { together.push_back(r); });
  if (together.size() > limits::assignment_rules_max) {
    rules.refuse_at(0, "a desk has at most " + std::to_string(limits::assignment_rules_max) + " assignment rules");
  }
  for (const rule_finding& found : lint(together)) {
    const std::string& key = together[found.place].key;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].key == key) rules.refuse_at(i, found.what);
    }
    rules.refuse_at(0, "with it, of " + quoted(key) + ": " + found.what);
  }
}

// ---- what is odd

bool is_in_service(const publications& all, const std::string& person_key) {
  const person* p = all.of<person>().find(person_key);
  return p && !p->retired;
}

std::int64_t level_of(const person& p, const std::string& skill) {
  const auto found = std::ranges::find(p.skills, skill, &person_skill::skill);
  return found == p.skills.end() ? 0 : found->level;
}

class rule_warner {
 public:
  rule_warner(const publications& all, const assignment_rule& rule, std::vector<definition_warning>& to)
      : all_(all), rule_(rule), to_(to) {
    const team* t = all.of<team>().find(rule.team);
    if (!t) return;
    for (const std::string& key : t->members) {
      const person* p = all.of<person>().find(key);
      if (p && !p->retired) members_.push_back(p);
    }
  }

  void warn_of_people() {
    const assignment_strategy by = rule_.strategy;
    if (by == assignment_strategy::on_call) warn_of_schedule();
    if (by == assignment_strategy::on_call || by == assignment_strategy::fixed || rule_.team.empty()) return;
    if (members_.empty()) return add("/team: " + quoted(rule_.team) + " has no members in service");
    for (std::size_t i = 0; i < rule_.mandatory_skills.size(); ++i) warn_of_skill(i);
    const bool by_capacity = by == assignment_strategy::most_capacity && !rule_.capacity;
    for (const person* p : members_) {
      if (by_capacity && !p->capacity) add("/capacity: neither the rule nor " + quoted(p->key) + " has one");
    }
  }

 private:
  void add(std::string what) {
    if (to_.size() < limits::warnings_max) {
      to_.push_back({name(word_kind::assignment_rule), rule_.key, std::move(what)});
    }
  }

  void warn_of_schedule() {
    if (!rule_.schedule.empty()) {
      if (!has_anybody(rule_.schedule)) add("/schedule: nobody is ever on call by " + quoted(rule_.schedule));
      return;
    }
    const team* t = all_.of<team>().find(rule_.team);
    if (t && !has_anybody(t->schedule)) add("/team: nobody of " + quoted(rule_.team) + " is ever on call");
  }

  void warn_of_skill(std::size_t i) {
    const skill_demand& demanded = rule_.mandatory_skills[i];
    const bool known =
        std::ranges::any_of(members_, [&](const person* p) { return level_of(*p, demanded.skill) >= demanded.level; });
    if (known) return;
    add("/mandatory_skills/" + std::to_string(i) + ": no member of " + quoted(rule_.team) + " has " +
        quoted(demanded.skill) + " at level " + std::to_string(demanded.level));
  }

  bool has_anybody(const std::string& schedule_key) const {
    const schedule* s = all_.of<schedule>().find(schedule_key);
    return s && std::ranges::any_of(s->layers, [&](const schedule_layer& layer) {
             const rotation* turns = all_.of<rotation>().find(layer.rotation);
             const auto in_service = [&](const std::string& key) { return is_in_service(all_, key); };
             return !layer.shadow && (std::ranges::any_of(layer.people, in_service) ||
                                      (turns && std::ranges::any_of(turns->participants, [&](const auto& slot) {
                                         return std::ranges::any_of(slot.people, in_service);
                                       })));
           });
  }

  const publications& all_;
  const assignment_rule& rule_;
  std::vector<definition_warning>& to_;
  std::vector<const person*> members_;  // in service
};

template <class T>
bool is_among(const std::vector<T>& changed, const std::string& key) {
  return std::ranges::find(changed, key, &T::key) != changed.end();
}

void check(const publication_check& against) {
  for (std::size_t i = 0; i < against.all.of<assignment_rule>().size(); ++i) {
    rule_checker(against.all, against.schemas, i).check();
  }
  check_together(against.all);
}

// Rules that are new or changed, or whose team or schedule is, and have nobody.
void warn(const publication_check& against, definitions_published& changes) {
  const auto& rules = changes.definitions.of<assignment_rule>();
  const auto& teams = changes.definitions.of<team>();
  const auto& schedules = changes.definitions.of<schedule>();
  if (rules.empty() && teams.empty() && schedules.empty()) return;
  against.all.of<assignment_rule>().each([&](const assignment_rule& rule) {
    if (rule.retired) return;
    const bool touched = is_among(rules, rule.key) || is_among(teams, rule.team) || is_among(schedules, rule.schedule);
    if (touched) rule_warner(against.all, rule, changes.warnings).warn_of_people();
  });
}

}  // namespace

std::shared_ptr<const compiled_assignment_rule> compiled(const assignment_rule& rule, const compilation& with) {
  return std::make_shared<const compiled_assignment_rule>(compile_rule(rule, with.state.definitions.schemas->record()));
}

void each_condition(const assignment_rule& r, const record_schemas& schemas, const condition_visitor& to) {
  visit_condition("/condition", r.condition, schemas.record(), to);
}

constinit const publication_rules assignment_publication{
    .check = check, .warn = warn, .renew = renew_routing, .prepare = make_routing};

}  // namespace tocsin::inline v1
