// What the assignment rules say of a record: who is considered, what stands against each, who gets it (I2).
#include <tocsin/assignment/events.hpp>
#include <tocsin/desk/assignment_book.hpp>
#include <tocsin/incident/events.hpp>

#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view always_open_calendar = "24x7";

// A calendar that nobody has is always open.
bool is_open_then(const desk_state& state, const std::string& key, instant at) {
  if (key.empty() || key == always_open_calendar) return true;
  const business_calendar* calendar =
      state.definitions.of<business_calendar>().current(state.words.find(word_kind::business_calendar, key));
  return !calendar || calendar->is_open(at);
}

bool contains(std::span<const person_ref> people, person_ref one) {
  return std::ranges::find(people, one) != people.end();
}

class rule_asker {
 public:
  rule_asker(const routing_rule& rule, const desk_state& state, const assignment_question& asked)
      : rule_(rule), definition_(rule.definition()), state_(state), known_(state.definitions), asked_(asked) {
    on_call_ = on_call_of(rule.schedule);
    for (const routing_role& role : rule.roles) on_call_for_.push_back(on_call_of(role.schedule));
    const team* t = known_.of<team>().current(rule.team.index);
    team_is_open_ = !definition_.working_hours || !t || is_open_then(state, t->calendar, asked.at);
  }

  std::vector<considered_person> consider_all() const {
    std::vector<assignment_candidate> candidates;
    for (const person_ref one : pool()) candidates.push_back(candidate_of(one));
    return consider(rule_.terms, candidates);
  }

 private:
  std::vector<person_ref> on_call_of(schedule_ref schedule) const {
    const roster* duty = state_.roster_of(schedule);
    return duty ? duty->who(asked_.at).people : std::vector<person_ref>();
  }

  // Who is considered at all.
  std::vector<person_ref> pool() const {
    if (definition_.strategy == assignment_strategy::fixed) {
      return rule_.person ? std::vector{rule_.person} : std::vector<person_ref>();
    }
    std::vector<person_ref> all = rule_.members;
    for (const person_ref one : on_call_) {
      if (!contains(all, one)) all.push_back(one);
    }
    return all;
  }

  assignment_candidate candidate_of(person_ref one) const {
    assignment_candidate c{.person = one};
    const person* p = known_.of<person>().current(one.index);
    c.unavailable = obstacle(one, p, c.role);
    if (p) add_skills(*p, c.skills);
    c.capacity = p && p->capacity ? p->capacity : definition_.capacity;
    c.load = state_.loads.of(one) - own_load(one) + pending_load(one);
    if (counts_turns(definition_.strategy)) c.last_turn = last_turn(one);
    return c;
  }

  skip_reason obstacle(person_ref one, const person* p, role_ref& role) const {
    if (contains(asked_.except, one)) return skip_reason::excepted;
    if (!p || p->retired) return skip_reason::retired;
    if (known_.routing->is_absent(one, asked_.at)) return skip_reason::absent;
    if (definition_.strategy == assignment_strategy::on_call && !contains(on_call_, one)) {
      return skip_reason::not_on_call;
    }
    if (definition_.working_hours && !is_at_work(*p)) return skip_reason::out_of_hours;
    if (!may_see(one)) return skip_reason::may_not_see;
    role = missing_role(one);
    return role ? skip_reason::not_qualified : skip_reason::unset;
  }

  bool is_at_work(const person& p) const {
    return p.calendar.empty() ? team_is_open_ : is_open_then(state_, p.calendar, asked_.at);
  }

  bool may_see(person_ref one) const {
    if (!is_restricted(asked_.record)) return true;
    if (is_confidant(known_, state_.words, asked_.record, one)) return true;
    return known_.permissions && tocsin::may_see(state_, one, asked_.record);
  }

  role_ref missing_role(person_ref one) const {
    for (std::size_t i = 0; i < rule_.roles.size(); ++i) {
      if (contains(on_call_for_[i], one)) continue;
      const auto& until = rule_.roles[i].qualified_until;
      const auto found = until.find(one.index);
      if (found == until.end() || (is_set(found->second) && asked_.at >= found->second)) return rule_.roles[i].role;
    }
    return {};
  }

  // Those that the rule speaks of.
  void add_skills(const person& p, std::vector<skill_level>& to) const {
    const auto add = [&](const std::vector<skill_demand>& demands, const std::vector<skill_level>& numbers) {
      for (std::size_t i = 0; i < demands.size(); ++i) {
        const auto found = std::ranges::find(p.skills, demands[i].skill, &person_skill::skill);
        if (found != p.skills.end()) to.push_back({numbers[i].skill, found->level});
      }
    };
    add(definition_.mandatory_skills, rule_.terms.mandatory);
    add(definition_.wanted_skills, rule_.terms.wanted);
  }

  // The record itself is no load of whoever has it.
  std::int64_t own_load(person_ref one) const {
    const incident_ptr& before = state_.live.find(asked_.record.id);
    return before && is_open(before->state_kind) && before->assignee == one ? 1 : 0;
  }

  std::int64_t pending_load(person_ref one) const {
    return std::ranges::count_if(asked_.pending, [&](const event& happened) {
      const auto* assigned = happened.body.get_if<incident_assigned>();
      return assigned && assigned->assignee == one && happened.record.id != asked_.record.id;
    });
  }

  std::uint64_t last_turn(person_ref one) const {
    std::uint64_t last = state_.turns.of(rule_.number, one);
    for (const event& happened : asked_.pending) {
      const auto* routed = happened.body.get_if<assignment_rules_applied>();
      if (routed && routed->rule == rule_.number && routed->assignee == one) last = std::max(last, routed->turn);
    }
    return last;
  }

  const routing_rule& rule_;
  const assignment_rule& definition_;
  const desk_state& state_;
  const definition_table& known_;
  const assignment_question& asked_;
  std::vector<person_ref> on_call_;
  std::vector<std::vector<person_ref>> on_call_for_;  // by role
  bool team_is_open_ = true;
};

std::uint64_t next_turn(const routing_rule& rule, const desk_state& state, const assignment_question& asked) {
  std::uint64_t last = state.turns.last(rule.number);
  for (const event& happened : asked.pending) {
    const auto* routed = happened.body.get_if<assignment_rules_applied>();
    if (routed && routed->rule == rule.number) last = std::max(last, routed->turn);
  }
  return last + 1;
}

// What an event lists of them.
template <class Event>
void list(Event& e, std::vector<considered_person> considered) {
  e.considered_count = static_cast<std::uint32_t>(considered.size());
  if (considered.size() > limits::considered_people_max) considered.resize(limits::considered_people_max);
  e.considered = std::move(considered);
}

bool is_team_gone(const routing_rule& rule, const desk_state& state) {
  const team* t = state.definitions.of<team>().current(rule.team.index);
  return t && t->retired;
}

void pass(const routing_rule& rule, bool team_retired, std::vector<considered_person> considered,
          assignment_rules_applied& e) {
  if (e.passed.size() == limits::passed_rules_max) return;
  passed_rule& passed = e.passed.emplace_back();
  passed.rule = rule.number;
  passed.rule_version = rule.version;
  passed.team_retired = team_retired;
  list(passed, std::move(considered));
}

// Is there somebody whom the rule chooses, where there is one who can get it?
bool chooses(const routing_rule& rule) {
  const assignment_strategy by = rule.definition().strategy;
  return by != assignment_strategy::host && (by != assignment_strategy::fixed || rule.person);
}

// False: the rules behind it are asked.
bool decide_by(const routing_rule& rule, const desk_state& state, const assignment_question& asked,
               assignment_rules_applied& e) {
  if (is_team_gone(rule, state)) {
    pass(rule, true, {}, e);
    return false;
  }
  std::vector<considered_person> considered = considered_by(rule, state, asked);
  const bool nobody = chooses(rule) && (considered.empty() || !is_eligible(considered.front()));
  if (nobody && !is_final(rule.definition())) {
    pass(rule, false, std::move(considered), e);
    return false;
  }
  e.rule = rule.number;
  e.rule_version = rule.version;
  e.strategy = rule.definition().strategy;
  e.team = rule.team;
  e.nobody_eligible = nobody;
  if (chooses(rule) && !nobody) {
    e.assignee = considered.front().person;
    if (counts_turns(e.strategy)) e.turn = next_turn(rule, state, asked);
  }
  list(e, std::move(considered));
  return true;
}

}  // namespace

bool matches(const routing_rule& rule, const desk_state& state, const assignment_question& asked) {
  if (!is_open_then(state, rule.definition().calendar, asked.at)) return false;
  if (!rule.rule->condition) return true;
  const record_view seen{*state.definitions.schemas, state.definitions, state.words, asked.record, asked.actor};
  return holds(*rule.rule->condition, seen.data(), asked.at);
}

std::vector<considered_person> considered_by(const routing_rule& rule, const desk_state& state,
                                             const assignment_question& asked) {
  return rule_asker(rule, state, asked).consider_all();
}

assignment_rules_applied route(const desk_state& state, const assignment_question& asked, assignment_rule_ref only) {
  assignment_rules_applied e;
  for (const routing_rule& rule : state.definitions.routing->rules()) {
    if (only ? !(rule.number == only) : !matches(rule, state, asked)) continue;
    if (decide_by(rule, state, asked, e)) break;
  }
  return e;
}

}  // namespace tocsin::inline v1
