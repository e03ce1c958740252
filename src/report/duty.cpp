#include <tocsin/report/duty.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/desk/duty_book.hpp>

#include <algorithm>
#include <optional>
#include <type_traits>

namespace tocsin::inline v1 {
namespace {

constexpr duration default_window = 28 * day;

static_assert(std::is_standard_layout_v<who_is_on_call_query>);

// What a desk has published, as questions ask for it. Rosters of schedules are there; that of a rotation alone is made.
class published_duty final : public duty_view {
 public:
  explicit published_duty(const desk_state& state) : state_(state) {}

  const roster& schedule_roster(const std::string& key) override {
    if (const roster* known = state_.roster_of({find(word_kind::schedule, key)})) return *known;
    refuse_unknown_duty("schedule", key);
  }

  const roster& rotation_roster(const std::string& key) override {
    const std::vector<dated<rotation>> versions = versions_of_rotation(key);
    if (versions.empty()) refuse_unknown_duty("rotation", key);
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

void write(json_writer& to, std::string_view name, instant t) {
  if (!is_set(t)) return;
  to.key(name);
  write_value(to, detail::type_of<instant>, &t, {});
}

void write_keys(json_writer& to, std::string_view name, const std::vector<std::string>& keys) {
  to.key(name);
  to.begin_array();
  for (const std::string& key : keys) to.text(key);
  to.end_array();
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

std::vector<std::string> services_without_owner(const desk_state& state) {
  std::vector<std::string> keys;
  const versions<service>& all = state.definitions.of<service>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const service* s = all.current(number);
    if (s && !s->retired && !is_there(state, s->owner) && !has_anybody(state, s->owner_team)) keys.push_back(s->key);
  }
  std::ranges::sort(keys);
  return keys;
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

std::string_view duty_query_name(duty_operation operation) {
  static constexpr std::string_view names[] = {
      "who_is_on_call", "shifts", "hand_offs", "gaps", "fairness", "", "duty_calendar", "contact_attempts", "swaps"};
  return names[static_cast<std::size_t>(operation)];
}

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

namespace {

// The team's own schedule, in its place.
duty_question of_team(const desk_state& state, team_ref ref, duty_question asked) {
  const team& t = *state.definitions.of<team>().current(ref.index);
  const auto refuse = [&](status code, const char* reason, const std::string& why) {
    throw error(code, reason, "/team: " + why, "{\"path\":\"/team\"}");
  };
  if (!asked.schedule.empty() || !asked.rotation.empty()) {
    refuse(status::invalid_argument, "team.and_schedule",
           "found both it and a schedule or a rotation, allowed one of them");
  }
  if (t.schedule.empty()) {
    refuse(status::not_found, "team.no_schedule",
           "the team \"" + t.key + "\" has no schedule of its own, so that nobody of it is on call by one");
  }
  asked.schedule = t.schedule;
  return asked;
}

}  // namespace

std::string answer_duty(const desk& d, duty_operation operation, const duty_question& asked, team_ref of) {
  published_duty published(d.state());
  return of ? answer_duty(operation, of_team(d.state(), of, asked), published)
            : answer_duty(operation, asked, published);
}

void write_coverage_gaps(json_writer& to, const desk& d, const coverage_gaps_query& query) {
  const desk_state& state = d.state();
  const instant from = is_set(query.from) ? query.from : state.counters.clock;
  const instant until = is_set(query.until) ? query.until : std::min(from + default_window, instant_max);
  std::vector<std::string> keys;
  const versions<schedule>& schedules = state.definitions.of<schedule>();
  for (std::uint32_t number = 1; number <= schedules.size(); ++number) keys.push_back(schedules.current(number)->key);
  std::ranges::sort(keys);
  to.begin_object();
  write(to, "from", from);
  write(to, "until", until);
  to.key("schedules");
  to.begin_array();
  for (const std::string& key : keys) {
    const auto found = gaps(*state.roster_of({state.words.find(word_kind::schedule, key)}), from, until);
    if (found.empty()) continue;
    to.begin_object();
    to.member("schedule", key);
    to.key("gaps");
    to.begin_array();
    for (const duty_span& gap : found) {
      to.begin_object();
      write(to, "from", gap.from);
      write(to, "until", gap.until);
      to.end_object();
    }
    to.end_array();
    to.end_object();
  }
  to.end_array();
  write_keys(to, "services_without_owner", services_without_owner(state));
  write_keys(to, "roles_without_holder", roles_without_holder(state, until));
  to.end_object();
}

void write_role_holders(json_writer& to, const desk& d, const role_holders_query& query) {
  const desk_state& state = d.state();
  const instant at = is_set(query.at) ? query.at : state.counters.clock;
  const role* r = state.definitions.of<role>().current(query.role.index);
  if (!r) throw error(status::not_found, "role.unknown", "there is no such role");
  std::vector<role_holder> holders = r->holders;
  std::ranges::sort(holders, {}, &role_holder::person);
  to.begin_object();
  to.member("role", r->key);
  write(to, "at", at);
  for (const bool qualified : {true, false}) {
    to.key(qualified ? "qualified" : "expired");
    to.begin_array();
    for (const role_holder& holder : holders) {
      if (is_qualified(*r, holder.person, at) != qualified) continue;
      to.begin_object();
      to.member("person", holder.person);
      write(to, "qualified_until", holder.qualified_until);
      to.end_object();
    }
    to.end_array();
  }
  std::vector<std::string> on_duty;
  if (const roster* known = state.roster_of({state.words.find(word_kind::schedule, r->schedule)})) {
    for (const person_ref p : known->who(at).people) on_duty.emplace_back(state.words.word(word_kind::person, p.index));
  }
  write_keys(to, "on_call", on_duty);
  to.end_object();
}

}  // namespace tocsin::inline v1
