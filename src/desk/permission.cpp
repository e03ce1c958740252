#include <tocsin/desk/permission.hpp>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr std::uint32_t bit(relation r) { return std::uint32_t{1} << static_cast<unsigned>(r); }

bool covers(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](const std::string& n) { return n == "*" || n == name; });
}

bool is_member(const definition_table& known, const lexicon& words, team_ref ref, person_ref actor) {
  const team* t = known.of<team>().current(ref.index);
  return t && std::ranges::find(t->members, words.word(word_kind::person, actor.index)) != t->members.end();
}

// Of a grant, or of an ownership.
template <class Named>
std::vector<std::uint32_t> people_of(const Named& named, const definition_table& known, const lexicon& words) {
  std::vector<std::uint32_t> people;
  const auto add = [&](const std::string& key) { people.push_back(words.find(word_kind::person, key)); };
  std::ranges::for_each(named.people, add);
  for (const std::string& key : named.teams) {
    if (const team* t = known.of<team>().current(words.find(word_kind::team, key)))
      std::ranges::for_each(t->members, add);
  }
  std::ranges::sort(people);
  return people;
}

[[noreturn]] void refuse_not_owner(const lexicon& words, person_ref actor, const definition_type& type,
                                   std::size_t place, const std::string& key,
                                   const std::vector<std::uint32_t>& owners) {
  const std::string path = "/" + std::string(type.published) + "/" + std::to_string(place);
  std::set<std::string_view> names;
  for (const std::uint32_t person : owners) names.insert(words.word(word_kind::person, person));
  std::string allowed = "host";
  for (const std::string_view name : names) allowed += ", " + std::string(name);
  json_writer detail;
  detail.begin_object();
  detail.member("path", path);
  detail.member("key", key);
  detail.key("owners");
  detail.begin_array();
  for (const std::string_view name : names) detail.text(name);
  detail.end_array();
  detail.end_object();
  throw error(status::permission_denied, "definition.not_owner",
              path + " (\"" + key + "\") is not " + std::string(words.word(word_kind::person, actor.index)) +
                  "'s to publish; its owners are " + allowed,
              detail.take());
}

record_view view_of(const desk_state& state, const incident& record, person_ref actor) {
  return {*state.definitions.schemas, state.definitions, state.words, record, actor};
}

}  // namespace

permissions::permissions(const definition_table& known, const lexicon& words) {
  for (std::uint32_t number = 1; number <= known.of<permission_policy>().size(); ++number) {
    const permission_policy* policy = known.of<permission_policy>().current(number);
    if (policy->retired) continue;
    for (const permission_grant& given : policy->grants) {
      grant g;
      g.people = people_of(given, known, words);
      for (const relation r : given.relations) g.relations |= bit(r);
      for (const command_type* type : command_types()) g.commands.push_back(covers(given.commands, type->name));
      for (const query_type* type : query_types()) g.queries.push_back(covers(given.queries, type->name));
      g.permissions = given.permissions;
      if (given.where) g.where = compile_condition(given.where.text, known.schemas->record());
      g.restricted = given.restricted;
      g.for_requester = given.audience == visibility::requester;
      grants_.push_back(std::move(g));
    }
    for (const definition_ownership& o : policy->owners) {
      ownerships_.push_back({o.kinds, o.keys, o.teams, people_of(o, known, words)});
    }
  }
}

bool permissions::grant::names(person_ref actor, const record_view* seen) const {
  if ((relations & bit(relation::anyone)) != 0) return true;
  if (std::ranges::binary_search(people, actor.index)) return true;
  if (!seen) return false;
  const incident& r = seen->record;
  return ((relations & bit(relation::caller)) != 0 && actor == r.caller) ||
         ((relations & bit(relation::reporter)) != 0 && actor == r.reporter) ||
         ((relations & bit(relation::assignee)) != 0 && actor == r.assignee) ||
         ((relations & bit(relation::team_member)) != 0 && is_member(seen->known, seen->words, r.team, actor));
}

bool permissions::grant::applies(person_ref actor, const record_view* seen, instant now) const {
  if (!names(actor, seen)) return false;
  if (seen && !restricted && is_restricted(seen->record) &&
      !is_confidant(seen->known, seen->words, seen->record, actor)) {
    return false;
  }
  return !where || (seen && holds(*where, seen->data(), now));
}

bool permissions::may_command(const command_type& type, person_ref actor, const record_view* seen, instant now) const {
  if (actor.index <= host_person.index) return true;
  return std::ranges::any_of(grants_,
                             [&](const grant& g) { return g.commands[place_of(type)] && g.applies(actor, seen, now); });
}

bool permissions::may_query(const query_type& type, person_ref actor, const record_view* seen, instant now) const {
  if (actor.index <= host_person.index) return true;
  return std::ranges::any_of(grants_,
                             [&](const grant& g) { return g.queries[place_of(type)] && g.applies(actor, seen, now); });
}

bool permissions::may_pass(std::string_view permission, person_ref actor, const record_view& seen, instant now) const {
  if (actor.index <= host_person.index) return true;
  return std::ranges::any_of(
      grants_, [&](const grant& g) { return covers(g.permissions, permission) && g.applies(actor, &seen, now); });
}

bool permissions::may_see_all(const query_type& type, person_ref actor, const record_view& seen, instant now) const {
  if (actor.index <= host_person.index) return true;
  const std::size_t place = place_of(type);
  return std::ranges::any_of(
      grants_, [&](const grant& g) { return !g.for_requester && g.queries[place] && g.applies(actor, &seen, now); });
}

bool permissions::may_see_restricted(person_ref actor, const record_view& seen, instant now) const {
  return std::ranges::any_of(grants_, [&](const grant& g) { return g.restricted && g.applies(actor, &seen, now); });
}

std::optional<std::vector<std::uint32_t>> permissions::owners_of(const definition_type& kind,
                                                                 std::string_view key) const {
  std::optional<std::vector<std::uint32_t>> owners;
  for (const ownership& o : ownerships_) {
    const bool is_of_it = std::ranges::find(o.kinds, kind.name) != o.kinds.end() &&
                          (o.keys.empty() || std::ranges::find(o.keys, key) != o.keys.end());
    if (!is_of_it) continue;
    if (!owners) owners.emplace();
    owners->insert(owners->end(), o.people.begin(), o.people.end());
  }
  return owners || &kind != &team::descriptor ? owners : owners_by_team(key);
}

// Those who own all that the team owns; null: it owns nothing.
std::optional<std::vector<std::uint32_t>> permissions::owners_by_team(std::string_view team) const {
  std::optional<std::vector<std::uint32_t>> owners;
  for (const ownership& o : ownerships_) {
    if (std::ranges::find(o.teams, team) == o.teams.end()) continue;
    if (!owners) owners = o.people;
    std::erase_if(*owners, [&](std::uint32_t one) { return !std::ranges::binary_search(o.people, one); });
  }
  return owners;
}

void demand_ownership(const desk_state& state, person_ref actor, const definition_set& asked,
                      const definition_set& changed) {
  const permissions* in_force = state.definitions.permissions.get();
  if (actor.index <= host_person.index || !in_force || !in_force->knows_owners()) return;
  for (const definition_type* type : definition_types()) {
    std::set<std::string_view> renewed;
    const definition_list& list = changed.list(*type);
    for (std::size_t i = 0; i < list.size(); ++i) renewed.insert(type->key(list.at(i)));
    const definition_list& given = asked.list(*type);
    for (std::size_t i = 0; i < given.size() && !renewed.empty(); ++i) {
      const std::string& key = type->key(given.at(i));
      if (!renewed.contains(key)) continue;
      const auto owners = in_force->owners_of(*type, key);
      if (owners && std::ranges::find(*owners, actor.index) == owners->end()) {
        refuse_not_owner(state.words, actor, *type, i, key, *owners);
      }
    }
  }
}

bool is_restricted(const incident& record) { return details_of(record).restricted; }

bool is_confidant(const definition_table& known, const lexicon& words, const incident& record, person_ref actor) {
  if (!is_restricted(record)) return false;
  const incident_details& d = details_of(record);
  return std::ranges::find(d.restricted_to_people, actor) != d.restricted_to_people.end() ||
         std::ranges::any_of(d.restricted_to_teams, [&](team_ref t) { return is_member(known, words, t, actor); });
}

bool is_hidden(const desk_state& state, const incident& record, person_ref actor) {
  if (!is_restricted(record) || actor.index <= host_person.index) return false;
  if (is_confidant(state.definitions, state.words, record, actor)) return false;
  const permissions* in_force = state.definitions.permissions.get();
  return !in_force || !in_force->may_see_restricted(actor, view_of(state, record, actor), state.counters.clock);
}

bool may_flow(const desk_state& state, const incident& from, const incident& to) {
  if (!is_restricted(from)) return true;
  if (!is_restricted(to)) return false;
  const auto is_named = [&](person_ref p) { return is_confidant(state.definitions, state.words, from, p); };
  const auto all_named = [&](team_ref ref) {
    const team* t = state.definitions.of<team>().current(ref.index);
    return !t || std::ranges::all_of(t->members, [&](const std::string& key) {
      return is_named({state.words.find(word_kind::person, key)});
    });
  };
  return std::ranges::all_of(details_of(to).restricted_to_people, is_named) &&
         std::ranges::all_of(details_of(to).restricted_to_teams, all_named);
}

std::span<const std::string_view> requester_members() {
  static constexpr std::string_view members[] = {
      "title",       "description",     "contact",     "location",    "external_key",  "resolution_notes",
      "version",     "state",           "state_kind",  "priority",    "impact",        "urgency",
      "caller",      "reporter",        "team",        "assignee",    "category",      "service",
      "channel",     "opened_at",       "occurred_at", "detected_at", "reported_at",   "recorded_at",
      "updated_at",  "acknowledged_at", "hold_reason", "held_since",  "work_begun_at", "first_response_at",
      "resolved_at", "resolution_code", "permanent",   "confirmed",   "auto_close_at", "closed_at",
      "reply_count", "update_count",    "follows",     "type",        "cancelled_at",  "reopen_count",
      "custom",      "attachments"};
  return members;
}

bool may_command(const desk_state& state, const command_type& type, person_ref actor, const incident* record,
                 instant now) {
  const permissions* in_force = state.definitions.permissions.get();
  if (!in_force) return !record || !is_hidden(state, *record, actor);
  if (!record) return in_force->may_command(type, actor, nullptr, now);
  const record_view seen = view_of(state, *record, actor);
  return in_force->may_command(type, actor, &seen, now);
}

bool may_query(const desk_state& state, const query_type& type, person_ref actor, const incident* record) {
  const permissions* in_force = state.definitions.permissions.get();
  if (!in_force) return !record || !is_hidden(state, *record, actor);
  if (!record) return in_force->may_query(type, actor, nullptr, state.counters.clock);
  const record_view seen = view_of(state, *record, actor);
  return in_force->may_query(type, actor, &seen, state.counters.clock);
}

bool may_see(const desk_state& state, person_ref actor, const incident& record) {
  return may_query(state, get_query::descriptor, actor, &record);
}

visibility audience_of(const desk_state& state, const query_type& type, person_ref actor, const incident* record) {
  const permissions* in_force = state.definitions.permissions.get();
  if (!in_force || !record) return visibility::internal;
  const record_view seen = view_of(state, *record, actor);
  return in_force->may_see_all(type, actor, seen, state.counters.clock) ? visibility::internal : visibility::requester;
}

bool may_pass(const desk_state& state, std::string_view permission, person_ref actor, const incident& record,
              instant now) {
  const permissions* in_force = state.definitions.permissions.get();
  if (!in_force) return !is_hidden(state, record, actor);
  return in_force->may_pass(permission, actor, view_of(state, record, actor), now);
}

}  // namespace tocsin::inline v1
