// Questions about the desk as a whole.
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "answer.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Answers stand on one line each.
std::string without_space(std::string_view json) {
  std::string compact;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!in_text && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) continue;
    if (c == '"') in_text = !in_text;
    compact += c;
    if (in_text && c == '\\') compact += json[++i];
  }
  return compact;
}

// How many there are that the actor may know of; only who may know of all is told how many are closed, and the last
// number, since these say how many others there are.
void write_state_of_records(const answer_context& c) {
  const desk_state& state = c.d.state();
  instant next = c.d.next_due();
  auto live = static_cast<std::int64_t>(state.live.size());
  if (!c.by.sees_all()) {
    const std::vector<timer> timers = pending_timers(c.d, 1, c.actor());
    next = timers.empty() ? never : timers.front().due;
    state.live.each([&](const incident_ptr& record) { return live -= c.by.hides(*record) ? 1 : 0, true; });
  }
  if (next != never) c.write("next_due", next);
  c.to.member("live", live);
  if (!c.by.sees_all()) return;
  c.to.member("closed", static_cast<std::int64_t>(state.counters.closed_count));
  c.to.member("last_number", c.d.show_number(state.counters.last_number));
}

// What this library's pack has that the desk never had (D12).
void write_pack_updates(const answer_context& c) {
  c.to.key("built_in_pack_updates");
  c.to.begin_array();
  for (const pack_update& update : pending_pack_updates(c.d.state())) {
    c.to.begin_object();
    c.to.member("kind", update.kind);
    c.to.member("key", update.key);
    c.to.key("changes");
    c.to.begin_array();
    for (const std::string_view field : update.changes) c.to.text(field);
    c.to.end_array();
    c.to.end_object();
  }
  c.to.end_array();
}

void write_definitions(const answer_context& c, const definition_type& type, const desk_state& state,
                       const std::string& key) {
  const version_table& all = state.definitions.table(type);
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const void* definition = all.published(number);
    if (!definition || (!key.empty() && state.words.word(type.words, number) != key)) continue;
    c.to.begin_object();
    c.to.member("kind", type.name);
    c.to.member("version", all.latest(number));
    write_members(c.to, type.fields(), definition, c.names);
    c.to.end_object();
  }
}

const definition_type& definition_type_named(const std::string& name) {
  if (const definition_type* type = find_definition_type(name)) return *type;
  std::vector<std::string> names;
  for (const definition_type* type : definition_types()) names.emplace_back(type->name);
  throw unknown_name(status::invalid_argument, "query.kind", "/kind", name, names);
}

void demand_known_pack(const std::string& name) {
  std::vector<std::string> names;
  for (const optional_pack& pack : optional_packs()) names.emplace_back(pack.name);
  if (name.empty() || std::ranges::find(names, name) != names.end()) return;
  throw unknown_name(status::not_found, "pack.unknown", "/name", name, std::move(names));
}

}  // namespace

void answer(const answer_context& c, const status_query&) {
  const desk_counters& counters = c.d.state().counters;
  c.to.begin_object();
  c.to.member("sequence", static_cast<std::int64_t>(counters.sequence));
  if (is_set(counters.clock)) c.write("clock", counters.clock);
  write_state_of_records(c);
  write_pack_updates(c);
  c.to.end_object();
}

void answer(const answer_context& c, const timers_query& q) {
  c.to.begin_object();
  c.to.key("timers");
  c.to.begin_array();
  for (const timer& t : pending_timers(c.d, static_cast<std::size_t>(q.limit == 0 ? 100 : q.limit), c.actor())) {
    c.to.begin_object();
    c.write("due", t.due);
    c.to.member("timer", find_timer_type(t.kind)->name);
    c.to.member("incident", c.d.show_number(t.number));
    c.to.end_object();
  }
  c.to.end_array();
  c.to.end_object();
}

void answer(const answer_context& c, const definitions_query& q) {
  const definition_type& type = definition_type_named(q.kind);
  const auto then = is_set(q.as_of) ? definitions_as_of(c.d, q.as_of) : nullptr;
  const desk_state& state = then ? *then : c.d.state();
  c.to.begin_object();
  c.to.key("definitions");
  c.to.begin_array();
  write_definitions(c, type, state, q.key);
  c.to.end_array();
  c.to.end_object();
}

void answer(const answer_context& c, const optional_packs_query& q) {
  demand_known_pack(q.name);
  c.to.begin_object();
  c.to.key("packs");
  c.to.begin_array();
  for (const optional_pack& pack : optional_packs()) {
    if (!q.name.empty() && q.name != pack.name) continue;
    c.to.begin_object();
    c.to.member("name", pack.name);
    c.to.member("meaning", pack.meaning);
    c.to.key("pack");
    c.to.raw(without_space(pack.document));
    c.to.end_object();
  }
  c.to.end_array();
  c.to.end_object();
}

}  // namespace tocsin::inline v1
