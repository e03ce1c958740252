// On-call: who is on call changes by publications alone (O3), and each of these commands is one. What it changes in the
// weeks to come is said with it (O1).
#include "decide.hpp"

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/desk_lint.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/oncall_book.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/oncall/commands.hpp>
#include <tocsin/oncall/events.hpp>

#include "desk/publish.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

template <class T>
const T& known_definition(const versions<T>& all, std::uint32_t number, word_kind kind, const lexicon& words) {
  if (const T* one = all.current(number)) return *one;
  throw error(
      status::not_found, "definition.unknown",
      "the " + std::string(name(kind)) + " \"" + std::string(words.word(kind, number)) + "\" has not been published");
}

// One definition is a publication, too.
template <class T>
publish publication_of(T one) {
  publish all;
  all.definitions.add(std::move(one));
  return all;
}

[[noreturn]] void refuse_as_it_is(const char* reason, const std::string& what) {
  throw error(status::failed_precondition, reason, what);
}

// Ends it now, unless it has ended; `noun` names it in messages, and begins the reasons.
template <class T>
void withdraw(T& one, const std::string& noun, instant now) {
  if (is_set(one.withdrawn_at)) {
    refuse_as_it_is((noun + ".withdrawn").c_str(), "the " + noun + " has been withdrawn already");
  }
  if (one.until <= now) refuse_as_it_is((noun + ".over").c_str(), "the " + noun + " is over");
  one.withdrawn_at = now;
}

void take_up(deciding& d, definitions_published published) {
  std::vector<oncall_changed> changes = oncall_changes(published, d.state, d.given.recorded_at);
  for (definition_warning& odd : escalation_warnings(published, d.state, d.given.recorded_at)) {
    if (published.warnings.size() < limits::warnings_max) published.warnings.push_back(std::move(odd));
  }
  d.emit({}, std::move(published));
  for (oncall_changed& one : changes) d.emit({}, std::move(one));
}

// Errors cite the list of `publish` in which the definition would stand; a command has just one.
void take_up(deciding& d, const publish& c) { take_up(d, check_definitions(c, d.state, d.given.recorded_at)); }

// Whoever may publish, may do it for everybody; others trade shifts and are absent in their own name alone.
void demand_own(const deciding& d, person_ref whose, std::string_view what) {
  if (d.given.actor == whose || may_command(d.state, publish::descriptor, d.given.actor, nullptr, d.given.at)) return;
  throw error(status::permission_denied, "permission.not_own",
              d.person_name(d.given.actor) + " may not " + std::string(what) + " for " + d.person_name(whose) +
                  ": allowed to " + d.person_name(whose) + " and to whoever may publish");
}

std::string fresh_key(const deciding& d, word_kind kind, const std::string& asked) {
  if (!asked.empty()) {
    if (d.state.words.find(kind, asked) == 0) return asked;
    throw error(status::already_exists, "definition.known",
                "/key: found " + d.quoted(kind, d.state.words.find(kind, asked)) +
                    ", which is known; allowed is one that is not");
  }
  for (std::size_t number = d.state.words.size(kind) + 1;; ++number) {
    std::string key = std::string(name(kind)) + "-" + std::to_string(number);
    if (d.state.words.find(kind, key) == 0) return key;
  }
}

void tell_of_swap(deciding& d, oncall_notice_cause cause, const shift_swap& s, const std::string& person_key) {
  d.emit({}, oncall_notice{cause,
                           {d.state.words.find(word_kind::person, person_key)},
                           {d.state.words.find(word_kind::schedule, s.schedule)},
                           s.key});
}

shift_swap proposed(const deciding& d, shift_swap_ref ref) {
  shift_swap one =
      known_definition(d.state.definitions.of<shift_swap>(), ref.index, word_kind::shift_swap, d.state.words);
  const swap_state state = state_at(one, d.given.recorded_at);
  if (state == swap_state::accepted) refuse_as_it_is("swap.accepted", "the swap has been accepted already");
  if (state == swap_state::lapsed) refuse_as_it_is("swap.lapsed", "the proposal has lapsed");
  return one;
}

}  // namespace

void decide(const publish& c, deciding& d) {
  definitions_published published = check_definitions(c, d.state, d.given.recorded_at);
  demand_ownership(d.state, d.given.actor, c.definitions, published.definitions);
  take_up(d, std::move(published));
}

// ---- overrides

void decide(const override_schedule& c, deciding& d) {
  schedule_override one;
  one.key = fresh_key(d, word_kind::schedule_override, c.key);
  one.schedule = d.word(word_kind::schedule, c.schedule.index);
  one.kind = c.kind;
  for (const person_ref p : c.people) one.people.push_back(d.person_name(p));
  one.replaced = d.person_name(c.replaced);
  one.rank = c.rank;
  one.from = c.from;
  one.until = c.until;
  take_up(d, publication_of(std::move(one)));
}

void decide(const withdraw_override& c, deciding& d) {
  schedule_override one = known_definition(d.state.definitions.of<schedule_override>(), c.schedule_override.index,
                                           word_kind::schedule_override, d.state.words);
  withdraw(one, "override", d.given.recorded_at);
  take_up(d, publication_of(std::move(one)));
}

// ---- swaps

void decide(const propose_swap& c, deciding& d) {
  demand_own(d, c.giver, "propose a swap");
  shift_swap one;
  one.key = fresh_key(d, word_kind::shift_swap, c.key);
  one.schedule = d.word(word_kind::schedule, c.schedule.index);
  one.giver = d.person_name(c.giver);
  one.taker = d.person_name(c.taker);
  one.from = c.from;
  one.until = c.until;
  one.back_from = c.back_from;
  one.back_until = c.back_until;
  one.lapses_at = is_set(c.lapses_at) ? c.lapses_at : c.from;
  if (one.lapses_at <= d.given.recorded_at) {
    refuse_as_it_is("swap.lapsed", "the proposal would have lapsed already; nobody can take what has begun");
  }
  take_up(d, publication_of(one));
  tell_of_swap(d, oncall_notice_cause::swap_proposed, one, one.taker);
}

void decide(const accept_swap& c, deciding& d) {
  shift_swap one = proposed(d, c.swap);
  demand_own(d, {d.state.words.find(word_kind::person, one.taker)}, "accept a swap");
  one.state = swap_state::accepted;
  one.accepted_at = d.given.recorded_at;
  take_up(d, publication_of(one));
  tell_of_swap(d, oncall_notice_cause::swap_accepted, one, one.giver);
}

void decide(const decline_swap& c, deciding& d) {
  shift_swap one = proposed(d, c.swap);
  const bool by_giver = d.person_name(d.given.actor) == one.giver;
  if (!by_giver) demand_own(d, {d.state.words.find(word_kind::person, one.taker)}, "decline a swap");
  one.state = swap_state::lapsed;
  take_up(d, publication_of(one));
  tell_of_swap(d, oncall_notice_cause::swap_declined, one, by_giver ? one.taker : one.giver);
}

// ---- absences

void decide(const record_absence& c, deciding& d) {
  demand_own(d, c.person, "record an absence");
  absence one;
  one.key = fresh_key(d, word_kind::absence, c.key);
  one.person = d.person_name(c.person);
  one.cover = d.person_name(c.cover);
  one.from = c.from;
  one.until = c.until;
  take_up(d, publication_of(std::move(one)));
}

void decide(const withdraw_absence& c, deciding& d) {
  absence one = known_definition(d.state.definitions.of<absence>(), c.absence.index, word_kind::absence, d.state.words);
  demand_own(d, {d.state.words.find(word_kind::person, one.person)}, "withdraw an absence");
  withdraw(one, "absence", d.given.recorded_at);
  take_up(d, publication_of(std::move(one)));
}

// ---- roles (R-C20, R-O10)

// Whoever is on call for the role has it as long as that lasts, qualified or not.
void warn_of_unqualified(deciding& d, record_ref record, team_ref team, person_ref assignee) {
  if (!team || !assignee) return;
  const versions<role>& roles = d.state.definitions.of<role>();
  const std::string team_key = d.word(word_kind::team, team.index);
  for (std::uint32_t number = 1; number <= roles.size(); ++number) {
    const role& r = *roles.current(number);
    if (std::ranges::find(r.teams, team_key) == r.teams.end()) continue;
    const std::string key = d.person_name(assignee);
    if (is_qualified(r, key, d.given.recorded_at)) continue;
    const roster* on_duty = d.state.roster_of({d.state.words.find(word_kind::schedule, r.schedule)});
    if (on_duty) {
      const on_call now = on_duty->who(d.given.recorded_at);
      if (std::ranges::find(now.people, assignee) != now.people.end()) continue;
    }
    const auto holder = std::ranges::find(r.holders, key, &role_holder::person);
    d.emit(record, unqualified_assignment{
                       {number}, assignee, holder == r.holders.end() ? no_instant : holder->qualified_until});
  }
}

}  // namespace tocsin::inline v1
