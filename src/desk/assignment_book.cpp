#include <tocsin/desk/assignment_book.hpp>

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/oncall_book.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::vector<person_ref> members_of(const desk_state& state, team_ref ref) {
  std::vector<person_ref> members;
  if (const team* t = state.definitions.of<team>().current(ref.index)) {
    for (const std::string& key : t->members) members.push_back({state.words.find(word_kind::person, key)});
  }
  std::ranges::sort(members, {}, &person_ref::index);
  members.erase(std::ranges::unique(members).begin(), members.end());
  return members;
}

std::vector<skill_level> levels_of(const std::vector<skill_demand>& demands, const lexicon& words) {
  std::vector<skill_level> result;
  for (const skill_demand& d : demands) result.push_back({{words.find(word_kind::skill, d.skill)}, d.level});
  return result;
}

// The one that the rule names, and those that the incidents of its team ask for.
std::vector<routing_role> roles_of(const assignment_rule& rule, const desk_state& state) {
  std::vector<routing_role> result;
  const versions<role>& roles = state.definitions.of<role>();
  for (std::uint32_t number = 1; number <= roles.size(); ++number) {
    const role& r = *roles.current(number);
    const bool of_team = !rule.team.empty() && std::ranges::find(r.teams, rule.team) != r.teams.end();
    if (r.key != rule.role && !of_team) continue;
    routing_role& one = result.emplace_back();
    one.role = {number};
    one.schedule = {state.words.find(word_kind::schedule, r.schedule)};
    for (const role_holder& holder : r.holders) {
      one.qualified_until[state.words.find(word_kind::person, holder.person)] = holder.qualified_until;
    }
  }
  return result;
}

// Its own, or that of its team (R-O11); none: nobody is on call by it.
std::string_view schedule_of(const assignment_rule& rule, const desk_state& state) {
  if (rule.strategy != assignment_strategy::on_call || !rule.schedule.empty()) return rule.schedule;
  const team* t = state.definitions.of<team>().current(state.words.find(word_kind::team, rule.team));
  return t ? std::string_view(t->schedule) : std::string_view();
}

routing_rule made_ready(std::uint32_t number, const desk_state& state) {
  const versions<compiled_assignment_rule>& all = state.definitions.of<compiled_assignment_rule>();
  routing_rule result{.number = {number}, .version = all.latest(number), .rule = all.all(number).back()};
  const assignment_rule& rule = result.definition();
  const lexicon& words = state.words;
  result.team = {words.find(word_kind::team, rule.team)};
  result.person = {words.find(word_kind::person, rule.person)};
  result.schedule = {words.find(word_kind::schedule, schedule_of(rule, state))};
  result.members = members_of(state, result.team);
  result.roles = roles_of(rule, state);
  result.terms = {rule.strategy, levels_of(rule.mandatory_skills, words), levels_of(rule.wanted_skills, words)};
  return result;
}

bool in_force(const versions<compiled_assignment_rule>& all, std::uint32_t number) {
  const compiled_assignment_rule* rule = all.current(number);
  return rule && !rule->definition.retired;
}

std::shared_ptr<const assignment_book> made_book(const desk_state& state, const assignment_book* before) {
  const versions<compiled_assignment_rule>& all = state.definitions.of<compiled_assignment_rule>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    if (in_force(all, number)) return std::make_shared<const assignment_book>(state, before);
  }
  return nullptr;
}

}  // namespace

assignment_book::assignment_book(const desk_state& state, const assignment_book* before) {
  const versions<compiled_assignment_rule>& all = state.definitions.of<compiled_assignment_rule>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    if (in_force(all, number)) rules_.push_back(made_ready(number, state));
  }
  std::ranges::sort(rules_, {}, [](const routing_rule& r) { return r.definition().order; });
  absences_ = before ? before->absences_ : std::make_shared<const absence_table>(absences_in(state));
}

assignment_book::absence_table assignment_book::absences_in(const desk_state& state) {
  absence_table result;
  for (const absence& one : acting_absences(state)) {
    const instant from = is_set(one.accepted_at) ? std::max(one.from, one.accepted_at) : one.from;
    const instant until = is_set(one.withdrawn_at) ? std::min(one.until, one.withdrawn_at) : one.until;
    if (from < until) result[state.words.find(word_kind::person, one.person)].push_back({from, until});
  }
  for (auto& [person, spans] : result) std::ranges::sort(spans, std::ranges::greater(), &span_of_absence::until);
  return result;
}

const routing_rule* assignment_book::find(assignment_rule_ref number) const {
  const auto found = std::ranges::find(rules_, number, &routing_rule::number);
  return found == rules_.end() ? nullptr : &*found;
}

bool assignment_book::is_absent(person_ref person, instant at) const {
  const auto found = absences_->find(person.index);
  if (found == absences_->end()) return false;
  for (const span_of_absence& span : found->second) {
    if (span.until <= at) return false;
    if (span.from <= at) return true;
  }
  return false;
}

void renew_routing(const definitions_published& e, desk_state& state, std::vector<std::function<void()>>& undo) {
  std::shared_ptr<const assignment_book>& book = state.definitions.routing;
  const bool has_rules = book || !e.definitions.of<assignment_rule>().empty();
  const bool touched =
      !(e.definitions.of<assignment_rule>().empty() && e.definitions.of<person>().empty() &&
        e.definitions.of<team>().empty() && e.definitions.of<role>().empty() && e.definitions.of<absence>().empty());
  if (!has_rules || !touched) return;
  auto renewed = made_book(state, e.definitions.of<absence>().empty() ? book.get() : nullptr);
  undo.emplace_back([&book, before = book] { book = before; });
  book = std::move(renewed);
}

void make_routing(desk_state& state) { state.definitions.routing = made_book(state, nullptr); }

}  // namespace tocsin::inline v1
