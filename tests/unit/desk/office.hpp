// A small office for tests: people, teams and categories, and pictures of all that a desk holds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/record_timers.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/store/memory_store.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace office {

using json = nlohmann::ordered_json;

inline const std::vector<std::uint8_t> salt_seed = {'a', ' ', 's', 'e', 'c', 'r', 'e', 't', ' ',
                                                    'o', 'f', ' ', 't', 'e', 's', 't', 's'};

inline tocsin::instant at(std::string_view text) { return tocsin::parse_rfc3339(text).value(); }
inline std::string text_of(tocsin::instant t) { return std::string(std::string_view(tocsin::to_rfc3339(t))); }

inline tocsin::desk open(std::shared_ptr<tocsin::store> where = tocsin::make_memory_store(),
                         tocsin::desk_options options = {}) {
  return tocsin::desk::open(std::move(where), std::move(options), salt_seed);
}

inline const json& furniture() {
  static const json publish = {
      {"command", "publish"},
      {"at", "2026-11-23T07:00:00Z"},
      {"actor", "host"},
      {"pack", "office"},
      {"people",
       {{{"key", "ana"}, {"name", "Ana Agent"}, {"mail", "ana@example.org"}},
        {{"key", "ben"}, {"name", "Ben Agent"}},
        {{"key", "carla"}, {"name", "Carla Caller"}, {"phone", "+32 2 555 01 02"}},
        {{"key", "dora"}, {"name", "Dora Caller"}}}},
      {"teams", {{{"key", "desk"}, {"members", {"ana"}}}, {{"key", "net"}, {"members", {"ben"}}}}},
      {"services", {{{"key", "mail"}, {"owner", "ben"}}}},
      {"categories", {{{"key", "hardware"}}, {{"key", "disk"}, {"parent", "hardware"}}}},
  };
  return publish;
}

// Executes one command document; throws tocsin::error where it is refused.
inline json tell(tocsin::desk& d, const json& command, const tocsin::document_options& options = {}) {
  return json::parse(tocsin::execute_document(d, command.dump(), options));
}

// A desk that knows the people, teams, services and categories.
inline tocsin::desk furnished(std::shared_ptr<tocsin::store> where = tocsin::make_memory_store(),
                              tocsin::desk_options options = {}) {
  tocsin::desk d = open(std::move(where), std::move(options));
  tell(d, furniture());
  return d;
}

// {"command": name, "at": when, "actor": who, ...fields}
inline json command(std::string_view name, std::string_view when, std::string_view who,
                    const json& fields = json::object()) {
  json c = {{"command", name}, {"at", when}, {"actor", who}};
  c.update(fields);
  return c;
}

inline json log(std::string_view when, const json& fields = json::object()) {
  json all = {{"title", "Mail is down"}};
  all.update(fields);
  return command("log_incident", when, "ana", all);
}

inline json resolve(std::string_view when, std::string_view incident = "INC0000001") {
  return command("resolve_incident", when, "ben", {{"incident", incident}, {"code", "fix"}, {"notes", "Restarted"}});
}

inline json note(std::string_view when, std::string_view incident = "INC0000001") {
  return command("add_note", when, "ben", {{"incident", incident}, {"text", "x"}});
}

inline tocsin::person_ref person(const tocsin::desk& d, std::string_view key) {
  return {d.state().words.find(tocsin::word_kind::person, key)};
}

// A command with some of its members set.
template <class Command, class Set>
Command made(Set set) {
  Command c;
  set(c);
  return c;
}

inline tocsin::request request_of(tocsin::instant when, tocsin::person_ref who, tocsin::command asked) {
  tocsin::request r;
  r.at = when;
  r.actor = who;
  r.asked = std::move(asked);
  return r;
}

// ---- pictures

inline json picture_of(const tocsin::desk& d, const tocsin::incident& record) {
  tocsin::json_writer to;
  to.begin_object();
  to.member("id", static_cast<std::int64_t>(record.id));
  to.member("number", static_cast<std::int64_t>(record.number));
  to.member("last_entry", static_cast<std::int64_t>(record.last_entry));
  tocsin::write_members(to, record, tocsin::names_of(d));
  tocsin::write_members(to, *record.text, tocsin::names_of(d));
  for (const tocsin::part_type* part : tocsin::part_types()) {
    if (const void* block = record.parts.find(part->number))
      tocsin::write_members(to, part->fields(), block, tocsin::names_of(d));
  }
  to.end_object();
  return json::parse(to.take());
}

// Every record, live or closed, in order of id.
inline json records_of(const tocsin::desk& d) {
  json all = json::array();
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
    const tocsin::incident_ptr record = d.find({id});
    all.push_back(record ? picture_of(d, *record) : json());
  }
  return all;
}

// The timers that stand, in the order in which they are to fire.
inline std::vector<tocsin::timer> pending_timers(const tocsin::desk& d) {
  std::vector<tocsin::timer> all;
  for (const tocsin::timer& t : d.state().timers.all()) {
    const tocsin::incident_ptr& record = d.state().live.find(t.id);
    if (record && tocsin::stands(*record, t.kind, t.due)) all.push_back(t);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end(), [](const auto& a, const auto& b) { return !(a < b); }), all.end());
  return all;
}

// All that a desk holds, as a text to be compared.
inline std::string picture_of(const tocsin::desk& d, bool with_clock = true) {
  const tocsin::desk_state& s = d.state();
  json picture = {{"sequence", s.counters.sequence},   {"hash", s.counters.hash},
                  {"last_id", s.counters.last_id},     {"last_number", s.counters.last_number},
                  {"closed", s.counters.closed_count}, {"live", s.live.size()},
                  {"next_due", d.next_due().us},       {"records", records_of(d)}};
  if (with_clock) picture["clock"] = s.counters.clock.us;
  for (std::size_t kind = 0; kind < tocsin::word_kind_count; ++kind) {
    picture["words"].push_back(s.words.size(static_cast<tocsin::word_kind>(kind)));
  }
  for (const tocsin::timer& t : pending_timers(d)) picture["timers"].push_back({t.due.us, t.number, t.id, t.kind});
  std::vector<std::uint64_t> closed;
  d.storage().scan_closed({}, [&](const tocsin::incident_ptr& r) {
    closed.push_back(r->id);
    return true;
  });
  picture["closed_ids"] = closed;
  const auto& definitions = s.definitions;
  for (std::uint32_t n = 1; definitions.of<tocsin::workflow_graph>().latest(n) != 0; ++n)
    picture["workflows"].push_back(definitions.of<tocsin::workflow_graph>().latest(n));
  for (std::uint32_t n = 3; definitions.of<tocsin::person>().latest(n) != 0; ++n)
    picture["people"].push_back(definitions.of<tocsin::person>().latest(n));
  for (std::uint32_t n = 1; definitions.of<tocsin::team>().latest(n) != 0; ++n)
    picture["teams"].push_back(definitions.of<tocsin::team>().latest(n));
  return picture.dump();
}

// The bytes of the whole journal, entry by entry: what two desks must have in common to be the same.
struct journal_bytes {
  std::vector<std::vector<std::uint8_t>> bytes;
  std::vector<std::vector<std::uint8_t>> asides;
  std::vector<tocsin::digest> hashes;

  friend bool operator==(const journal_bytes&, const journal_bytes&) = default;
};

inline journal_bytes journal_of(const tocsin::desk& d) {
  journal_bytes all;
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    tocsin::stored_entry e = d.read_stored_entry(s);
    all.bytes.push_back(std::move(e.bytes));
    all.asides.push_back(std::move(e.aside));
    all.hashes.push_back(e.hash);
  }
  return all;
}

// The reason of the refusal; "" where nothing was refused.
template <class Call>
std::string refusal_of(Call call) {
  try {
    call();
    return "";
  } catch (const tocsin::error& e) {
    return e.reason();
  }
}

}  // namespace office
