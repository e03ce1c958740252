#include "answer.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/oncall_book.hpp>
#include <tocsin/model/configuration_item.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <type_traits>

namespace tocsin::inline v1 {
namespace {

constexpr duration default_window = 28 * day;

static_assert(std::is_standard_layout_v<oncall_query>);

// What a desk has published, as questions ask for it. Rosters of schedules are there; that of a rotation alone is made.
class published_oncall final : public oncall_view {
 public:
  explicit published_oncall(const desk_state& state) : state_(state) {}

  const roster& schedule_roster(const std::string& key) override {
    if (const roster* known = state_.roster_of({find(word_kind::schedule, key)})) return *known;
    refuse_unknown_oncall("schedule", key);
  }

  const roster& rotation_roster(const std::string& key) override {
    const std::vector<dated<rotation>> versions = versions_of_rotation(key);
    if (versions.empty()) refuse_unknown_oncall("rotation", key);
    return made_.emplace(book_of_rotation(versions, acting_absences(state_), key), key, state_.words, state_.zones);
  }

  std::vector<dated<rotation>> versions_of_rotation(const std::string& key) const override {
    return rotation_versions(key, state_);
  }
  const lexicon& words() const override { return state_.words; }
  const zone_data& zones() const override { return state_.zones; }

  std::string name_of(const std::string& person_key) const override {
    const person* p = state_.definitions.of<person>().current(find(word_kind::person, person_key));
    return p ? p->name : "";
  }

  const contact_profile* contact_of(const std::string& person_key) const override {
    return state_.contact_of({find(word_kind::person, person_key)});
  }

  std::vector<shift_swap> swaps() const override {
    std::vector<shift_swap> result;
    const versions<shift_swap>& all = state_.definitions.of<shift_swap>();
    for (std::uint32_t number = 1; number <= all.size(); ++number) result.push_back(*all.current(number));
    std::ranges::sort(result, {}, &shift_swap::key);
    return result;
  }

 private:
  std::uint32_t find(word_kind kind, const std::string& key) const { return state_.words.find(kind, key); }

  const desk_state& state_;
  std::optional<roster> made_;
};

// Those of the question, and the team in place of a schedule.
template <oncall_operation Operation>
std::span<const field_row> fields_with_team() {
  static const std::vector<field_row> rows = [] {
    const std::span<const field_row> own = fields_of(Operation);
    std::vector<field_row> all(own.begin(), own.end());
    all.push_back(row<&oncall_query::team>("team", "Team whose own schedule is meant, instead of a schedule"));
    return all;
  }();
  return rows;
}

// The question of the team's own schedule.
oncall_question of_team(const desk_state& state, const oncall_query& q) {
  const team& t = *state.definitions.of<team>().current(q.team.index);
  if (!q.asked.schedule.empty() || !q.asked.rotation.empty()) {
    throw unexpected(status::invalid_argument, "team.and_schedule", "/team", "both it and a schedule or a rotation",
                     "one of them");
  }
  if (t.schedule.empty()) {
    throw error(status::not_found, "team.no_schedule",
                "/team: the team \"" + t.key + "\" has no schedule of its own, so that nobody of it is on call by one",
                "{\"path\":\"/team\"}");
  }
  oncall_question asked = q.asked;
  asked.schedule = t.schedule;
  return asked;
}

void answer_oncall(const answer_context& c, const oncall_query& q, oncall_operation operation) {
  published_oncall published(c.d.state());
  c.to.raw(tocsin::answer_oncall(operation, q.team ? of_team(c.d.state(), q) : q.asked, published));
}

bool is_there(const desk_state& state, const std::string& person_key) {
  const person* p = state.definitions.of<person>().current(state.words.find(word_kind::person, person_key));
  return p && !p->retired;
}

bool has_anybody(const desk_state& state, const std::string& team_key) {
  const team* t = state.definitions.of<team>().current(state.words.find(word_kind::team, team_key));
  return t && !t->retired &&
         std::ranges::any_of(t->members, [&](const std::string& member) { return is_there(state, member); });
}

template <class Owned, class Visit>
void each_in_use(const desk_state& state, Visit visit) {
  const versions<Owned>& all = state.definitions.of<Owned>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const Owned* one = all.current(number);
    if (one && !one->retired) visit(*one);
  }
}

template <class Owned>
std::vector<std::string> without_owner(const desk_state& state) {
  std::vector<std::string> keys;
  each_in_use<Owned>(state, [&](const Owned& one) {
    if (!is_there(state, one.owner) && !has_anybody(state, one.owner_team)) keys.push_back(one.key);
  });
  std::ranges::sort(keys);
  return keys;
}

// Is anything known by which the person could be told of an outage?
bool is_reachable(const desk_state& state, const std::string& person_key) {
  const std::uint32_t number = state.words.find(word_kind::person, person_key);
  const person* p = state.definitions.of<person>().current(number);
  if (!p || p->retired) return false;
  const contact_profile* profile = state.contact_of({number});
  return !p->mail.empty() || !p->phone.empty() || (profile && is_reachable(*profile, urgency::high));
}

// Hours of a window in which nobody of a team is on call, where the team has a schedule.
class unreachable_hours {
 public:
  unreachable_hours(const desk_state& state, instant from, instant until) : state_(state), from_(from), until_(until) {}

  const std::vector<oncall_span>& of(const std::string& team_key) {
    const auto [at, is_new] = known_.try_emplace(team_key);
    if (!is_new) return at->second;
    const team* t = state_.definitions.of<team>().current(state_.words.find(word_kind::team, team_key));
    const roster* r = t ? state_.roster_of({state_.words.find(word_kind::schedule, t->schedule)}) : nullptr;
    if (r) at->second = gaps(*r, from_, until_);
    return at->second;
  }

 private:
  const desk_state& state_;
  instant from_;
  instant until_;
  std::map<std::string, std::vector<oncall_span>> known_;
};

// An owner who cannot be reached, or hours in which the owning team cannot.
struct unreachable_owner {
  std::string_view kind;
  std::string key;
  std::string owner;
  std::string owner_team;
  std::vector<oncall_span> gaps;
};

template <class Owned>
void add_unreachable(const desk_state& state, unreachable_hours& hours, std::vector<unreachable_owner>& to) {
  each_in_use<Owned>(state, [&](const Owned& one) {
    unreachable_owner found{Owned::descriptor.name, one.key, {}, {}, {}};
    if (is_there(state, one.owner)) {
      if (!is_reachable(state, one.owner)) found.owner = one.owner;
    } else if (has_anybody(state, one.owner_team)) {
      found.gaps = hours.of(one.owner_team);
      if (!found.gaps.empty()) found.owner_team = one.owner_team;
    }
    if (!found.owner.empty() || !found.owner_team.empty()) to.push_back(std::move(found));
  });
}

void write_gaps(const answer_context& c, const std::vector<oncall_span>& all) {
  c.to.key("gaps");
  c.to.begin_array();
  for (const oncall_span& gap : all) {
    c.to.begin_object();
    c.write_if_given("from", gap.from);
    c.write_if_given("until", gap.until);
    c.to.end_object();
  }
  c.to.end_array();
}

void write_unreachable(const answer_context& c, instant from, instant until) {
  std::vector<unreachable_owner> found;
  unreachable_hours hours(c.d.state(), from, until);
  add_unreachable<service>(c.d.state(), hours, found);
  add_unreachable<configuration_item>(c.d.state(), hours, found);
  std::ranges::sort(found, {}, &unreachable_owner::key);
  c.to.key("unreachable_owners");
  c.to.begin_array();
  for (const unreachable_owner& one : found) {
    c.to.begin_object();
    c.to.member("kind", one.kind);
    c.to.member("key", one.key);
    if (!one.owner.empty()) c.to.member("owner", one.owner);
    if (!one.owner_team.empty()) {
      c.to.member("owner_team", one.owner_team);
      write_gaps(c, one.gaps);
    }
    c.to.end_object();
  }
  c.to.end_array();
}

// At some instant of the window nobody is qualified any more.
std::vector<std::string> roles_without_holder(const desk_state& state, instant until) {
  std::vector<std::string> keys;
  const versions<role>& all = state.definitions.of<role>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const role& r = *all.current(number);
    const bool held = std::ranges::any_of(r.holders, [&](const role_holder& holder) {
      return is_there(state, holder.person) && is_qualified(r, holder.person, until);
    });
    if (!held && r.schedule.empty()) keys.push_back(r.key);
  }
  std::ranges::sort(keys);
  return keys;
}

}  // namespace

std::span<const field_row> who_is_on_call_query::fields() { return fields_with_team<oncall_operation::who>(); }
std::span<const field_row> shifts_query::fields() { return fields_with_team<oncall_operation::shifts>(); }
std::span<const field_row> hand_offs_query::fields() { return fields_of(oncall_operation::hand_offs); }
std::span<const field_row> gaps_query::fields() { return fields_with_team<oncall_operation::gaps>(); }
std::span<const field_row> fairness_query::fields() { return fields_with_team<oncall_operation::fairness>(); }
std::span<const field_row> oncall_calendar_query::fields() { return fields_with_team<oncall_operation::icalendar>(); }
std::span<const field_row> contact_attempts_query::fields() { return fields_of(oncall_operation::attempts); }
std::span<const field_row> swaps_query::fields() { return fields_of(oncall_operation::swaps); }

std::span<const field_row> coverage_gaps_query::fields() {
  using self = coverage_gaps_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Beginning of the window; the desk's clock where none is given"),
      row<&self::until>("until", "Its end; four weeks on where none is given"),
  };
  return rows;
}

std::span<const field_row> role_holders_query::fields() {
  static constexpr field_row rows[] = {
      row<&role_holders_query::role>("role", "Role", required),
      row<&role_holders_query::at>("at", "When; the desk's clock where none is given"),
  };
  return rows;
}

std::vector<oncall_shift> shifts_of(const desk& d, const shifts_query& query) {
  published_oncall published(d.state());
  return oncall_shifts(query.team ? of_team(d.state(), query) : query.asked, published);
}

void answer(const answer_context& c, const who_is_on_call_query& q) { answer_oncall(c, q, oncall_operation::who); }
void answer(const answer_context& c, const shifts_query& q) { answer_oncall(c, q, oncall_operation::shifts); }
void answer(const answer_context& c, const hand_offs_query& q) { answer_oncall(c, q, oncall_operation::hand_offs); }
void answer(const answer_context& c, const gaps_query& q) { answer_oncall(c, q, oncall_operation::gaps); }
void answer(const answer_context& c, const fairness_query& q) { answer_oncall(c, q, oncall_operation::fairness); }
void answer(const answer_context& c, const oncall_calendar_query& q) {
  answer_oncall(c, q, oncall_operation::icalendar);
}
void answer(const answer_context& c, const contact_attempts_query& q) {
  answer_oncall(c, q, oncall_operation::attempts);
}
void answer(const answer_context& c, const swaps_query& q) { answer_oncall(c, q, oncall_operation::swaps); }

void answer(const answer_context& c, const coverage_gaps_query& query) {
  json_writer& to = c.to;
  const desk_state& state = c.d.state();
  const instant from = is_set(query.from) ? query.from : state.counters.clock;
  const instant until = is_set(query.until) ? query.until : std::min(from + default_window, instant_max);
  std::vector<std::string> keys;
  const versions<schedule>& schedules = state.definitions.of<schedule>();
  for (std::uint32_t number = 1; number <= schedules.size(); ++number) keys.push_back(schedules.current(number)->key);
  std::ranges::sort(keys);
  to.begin_object();
  c.write_if_given("from", from);
  c.write_if_given("until", until);
  to.key("schedules");
  to.begin_array();
  for (const std::string& key : keys) {
    const auto found = gaps(*state.roster_of({state.words.find(word_kind::schedule, key)}), from, until);
    if (found.empty()) continue;
    to.begin_object();
    to.member("schedule", key);
    write_gaps(c, found);
    to.end_object();
  }
  to.end_array();
  c.write_texts("services_without_owner", without_owner<service>(state));
  c.write_texts("configuration_items_without_owner", without_owner<configuration_item>(state));
  write_unreachable(c, from, until);
  c.write_texts("roles_without_holder", roles_without_holder(state, until));
  to.end_object();
}

void answer(const answer_context& c, const role_holders_query& query) {
  json_writer& to = c.to;
  const desk_state& state = c.d.state();
  const instant at = is_set(query.at) ? query.at : state.counters.clock;
  const role* r = state.definitions.of<role>().current(query.role.index);
  if (!r) throw error(status::not_found, "role.unknown", "there is no such role");
  std::vector<role_holder> holders = r->holders;
  std::ranges::sort(holders, {}, &role_holder::person);
  to.begin_object();
  to.member("role", r->key);
  c.write_if_given("at", at);
  for (const bool qualified : {true, false}) {
    to.key(qualified ? "qualified" : "expired");
    to.begin_array();
    for (const role_holder& holder : holders) {
      if (is_qualified(*r, holder.person, at) != qualified) continue;
      to.begin_object();
      to.member("person", holder.person);
      c.write_if_given("qualified_until", holder.qualified_until);
      to.end_object();
    }
    to.end_array();
  }
  std::vector<std::string> on_duty;
  if (const roster* known = state.roster_of({state.words.find(word_kind::schedule, r->schedule)})) {
    for (const person_ref p : known->who(at).people) on_duty.emplace_back(state.words.word(word_kind::person, p.index));
  }
  c.write_texts("on_call", on_duty);
  to.end_object();
}

}  // namespace tocsin::inline v1
