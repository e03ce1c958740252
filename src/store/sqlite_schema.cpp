#include "sqlite_schema.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/incident.hpp>

#include "sqlite_checksum.hpp"
#include "sqlite_file.hpp"
#include "sqlite_ledger.hpp"

namespace tocsin::inline v1::sqlite {
namespace {

// What each table has before the columns of fields.
constexpr const char* incident_columns[] = {"id", "number", "last_entry", "ended_at", "checksum"};
constexpr const char* incident_text_columns[] = {"id", "checksum"};
constexpr const char* incident_part_columns[] = {"id", "checksum"};

constexpr const char* incident_table = R"(CREATE TABLE incident (
  "id" INTEGER PRIMARY KEY,
  "number" INTEGER NOT NULL,
  "last_entry" INTEGER NOT NULL,
  "ended_at" INTEGER,
  "checksum" INTEGER NOT NULL)";

constexpr const char* incident_text_table = R"(CREATE TABLE incident_text (
  "id" INTEGER PRIMARY KEY,
  "checksum" INTEGER NOT NULL)";

// A row where an incident has one of its parts, and a column for each, as JSON with words by number.
constexpr const char* incident_part_table = R"(CREATE TABLE IF NOT EXISTS incident_part (
  "id" INTEGER PRIMARY KEY,
  "checksum" INTEGER NOT NULL
) STRICT)";

// Keys belong to an actor (D3).
constexpr const char* key_table = R"(CREATE TABLE idempotency_key (
  sequence INTEGER PRIMARY KEY,
  actor INTEGER NOT NULL,
  key TEXT NOT NULL,
  UNIQUE (actor, key)
) STRICT)";

constexpr const char* other_tables[] = {
    R"(CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE entry (
  sequence INTEGER PRIMARY KEY,
  recorded_at INTEGER NOT NULL,
  fired_at INTEGER,
  actor INTEGER NOT NULL,
  command INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  hash BLOB NOT NULL,
  bytes BLOB NOT NULL,
  aside BLOB NOT NULL
) STRICT)",
    key_table,
    R"(CREATE TABLE definition (
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (kind, number, version)
) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE consumer (
  name TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL
) STRICT, WITHOUT ROWID)"};

// The indexes of a record. A live one has no `ended_at`, so the first serves both: the nulls are what is live. A change
// of a live record touches none of them. The last one covers what questions ask of closed records most: found by assignee,
// looked through for the rest, without the table. It only makes questions faster, and an older file that is opened to be
// read lacks it.
struct index {
  std::string_view name;
  const char* sql;
  bool may_lack = false;
};
constexpr index indexes[] = {
    {"incident_ended", "CREATE INDEX incident_ended ON incident (ended_at)"},
    {"incident_number", "CREATE UNIQUE INDEX incident_number ON incident (number)"},
    {"incident_opened", "CREATE INDEX incident_opened ON incident (opened_at) WHERE ended_at IS NOT NULL"},
    {"incident_caller", "CREATE INDEX incident_caller ON incident (caller) WHERE ended_at IS NOT NULL"},
    {"incident_columns",
     "CREATE INDEX incident_columns ON incident (assignee, team, priority, service, category, ended_at)"
     " WHERE ended_at IS NOT NULL",
     true},
    {"entry_definitions", "CREATE INDEX entry_definitions ON entry (sequence) WHERE flags & 1"}};

constexpr std::string_view tables[] = {
    "assignment_turn", "consumer",      "definition", "entry", "host_slice",    "idempotency_key", "incident",
    "incident_part",   "incident_text", "ledger",     "meta",  "number_series", "purged_record"};

// Instants that are not set are null; everything else has 0 for that.
std::string declaration_of(const field_row& field) {
  const bool is_text = field.type->kind == field_kind::text;
  const bool is_instant = field.type->kind == field_kind::instant;
  return quoted(field.name) + (is_text      ? " TEXT NOT NULL DEFAULT ''"
                               : is_instant ? " INTEGER"
                                            : " INTEGER NOT NULL DEFAULT 0");
}

std::string table_of(const char* start, std::span<const field_row> fields) {
  std::string sql = start;
  for (const field_row& field : fields) sql += ",\n  " + declaration_of(field);
  return sql + "\n) STRICT";
}

std::vector<std::string> columns_of(const connection& on, const char* table) {
  statement question(on, "SELECT name FROM pragma_table_info(?)");
  question.bind(1, std::string_view(table));
  std::vector<std::string> names;
  while (question.step()) names.emplace_back(question.text(0));
  return names;
}

const field_row* find(std::span<const field_row> fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &field_row::name);
  return found == fields.end() ? nullptr : &*found;
}

std::vector<const field_row*> layout_of(const connection& on, const char* table, std::span<const char* const> own,
                                        std::span<const field_row> fields) {
  std::vector<const field_row*> layout;
  for (const std::string& column : columns_of(on, table)) {
    if (std::ranges::find(own, std::string_view(column)) != own.end()) continue;
    const field_row* field = find(fields, column);
    const std::string name = std::string(table) + "." + column;
    if (!field) refuse_newer(on.path(), "the unknown column " + name, "the columns of this library");
    layout.push_back(field);
  }
  if (layout.size() != fields.size()) {
    throw file_error(status::unsupported, "store.older", on.path(),
                     std::string(table) + " lacks columns; open the file for writing once, which adds them",
                     std::to_string(layout.size()), std::to_string(fields.size()));
  }
  return layout;
}

void add_missing_columns(connection& on, const char* table, std::span<const field_row> fields) {
  const std::vector<std::string> known = columns_of(on, table);
  for (const field_row& field : fields) {
    if (std::ranges::find(known, field.name) == known.end()) {
      on.run("ALTER TABLE " + std::string(table) + " ADD COLUMN " + declaration_of(field));
    }
  }
}

void add_missing_parts(connection& on) {
  on.run(incident_part_table);
  const std::vector<std::string> known = columns_of(on, "incident_part");
  for (const part_type* part : part_types()) {
    if (std::ranges::find(known, part->name) == known.end()) {
      on.run("ALTER TABLE incident_part ADD COLUMN " + quoted(part->name) + " TEXT");
    }
  }
}

std::vector<const part_type*> part_layout(const connection& on) {
  std::vector<const part_type*> layout;
  const auto parts = part_types();
  for (const std::string& column : columns_of(on, "incident_part")) {
    if (std::ranges::find(incident_part_columns, std::string_view(column)) != std::end(incident_part_columns)) continue;
    const auto part = std::ranges::find(parts, column, &part_type::name);
    if (part == parts.end()) {
      refuse_newer(on.path(), "the unknown column incident_part." + column, "the columns of this library");
    }
    layout.push_back(*part);
  }
  if (layout.size() != parts.size()) {
    throw file_error(status::unsupported, "store.older", on.path(),
                     "incident_part lacks columns; open the file for writing once, which adds them",
                     std::to_string(layout.size()), std::to_string(parts.size()));
  }
  return layout;
}

constexpr const char* series_table = R"(CREATE TABLE IF NOT EXISTS number_series (
  series INTEGER PRIMARY KEY,
  prefix TEXT NOT NULL,
  width INTEGER NOT NULL
) STRICT)";

// Records that are gone: their ids and numbers are never given again.
constexpr const char* purged_table = R"(CREATE TABLE IF NOT EXISTS purged_record (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  sequence INTEGER NOT NULL
) STRICT)";

// The slices of hosts that have written to the file: only programs that bring them can read it.
constexpr const char* slice_table = R"(CREATE TABLE IF NOT EXISTS host_slice (
  name TEXT PRIMARY KEY,
  checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID)";

// The last turn of each person by each assignment rule.
constexpr const char* turn_table = R"(CREATE TABLE IF NOT EXISTS assignment_turn (
  rule INTEGER NOT NULL,
  person INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (rule, person)
) STRICT, WITHOUT ROWID)";

// In files of schema version 1 a key belonged to everybody; the entry knows whose it is.
void give_keys_their_actors(connection& on) {
  if (on.ask("PRAGMA user_version") >= 2) return;
  on.run("ALTER TABLE idempotency_key RENAME TO key_of_everybody");
  on.run(key_table);
  on.run(
      "INSERT INTO idempotency_key (sequence, actor, key)"
      " SELECT k.sequence, e.actor, k.key FROM key_of_everybody AS k JOIN entry AS e ON e.sequence = k.sequence");
  on.run("DROP TABLE key_of_everybody");
}

// How an object stands in the file; "": it does not.
std::string sql_of(const connection& on, std::string_view type, std::string_view name) {
  statement question(on, "SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?");
  question.bind(1, type).bind(2, name);
  return question.step() ? std::string(question.text(0)) : std::string();
}

void renew_index(connection& on, const index& wanted) {
  if (sql_of(on, "index", wanted.name) == wanted.sql) return;
  on.run("DROP INDEX IF EXISTS " + std::string(wanted.name));
  on.run(wanted.sql);
}

void add_checksums(connection& on, const char* table) {
  const std::vector<std::string> known = columns_of(on, table);
  if (std::ranges::find(known, "checksum") != known.end()) return;
  on.run("ALTER TABLE " + std::string(table) + " ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0");
}

// Rows of an older library have none yet.
void sum_up_rows(connection& on) {
  checksum sum;
  const auto each = [&](const char* select, const char* update, const auto& sum_of, const auto& bind_key) {
    std::vector<std::pair<std::string, std::array<std::int64_t, 3>>> found;
    for (statement row(on, select); row.step();) {
      found.push_back({std::string(row.text(3)), {row.integer(0), row.integer(1), row.integer(2)}});
    }
    statement put(on, update);
    for (const auto& [text, numbers] : found) {
      put.bind(1, sum_of(text, numbers));
      bind_key(put, text, numbers);
      put.run();
    }
  };
  each(
      "SELECT cursor, 0, 0, name FROM consumer", "UPDATE consumer SET checksum = ? WHERE name = ?",
      [&](const auto& text, const auto& n) { return sum.of("consumer", {n[0]}, text); },
      [](statement& put, const auto& text, const auto&) { put.bind(2, std::string_view(text)); });
  each(
      "SELECT id, number, sequence, '' FROM purged_record", "UPDATE purged_record SET checksum = ? WHERE id = ?",
      [&](const auto&, const auto& n) { return sum.of("purged_record", {n[0], n[1], n[2]}); },
      [](statement& put, const auto&, const auto& n) { put.bind(2, n[0]); });
  each(
      "SELECT rule, person, turn, '' FROM assignment_turn",
      "UPDATE assignment_turn SET checksum = ? WHERE rule = ? AND person = ?",
      [&](const auto&, const auto& n) { return sum.of("assignment_turn", {n[0], n[1], n[2]}); },
      [](statement& put, const auto&, const auto& n) { put.bind(2, n[0]).bind(3, n[1]); });
}

void renew_view(connection& on, const view& wanted) {
  if (sql_of(on, "view", wanted.name) == wanted.sql) return;
  on.run("DROP VIEW IF EXISTS " + wanted.name);
  on.run(wanted.sql);
}

// The words that every lexicon has from the beginning, so that the views know them, too.
void add_first_words(connection& on) {
  const lexicon words;
  statement add(on, "INSERT INTO definition (kind, number, version, key, document) VALUES (?, ?, 0, ?, '')");
  for (std::size_t k = 0; k < word_kind_count; ++k) {
    const auto kind = static_cast<word_kind>(k);
    for (std::uint32_t number = 1; number <= words.size(kind); ++number) {
      add.bind(1, std::string_view(name(kind))).bind(2, number).bind(3, words.word(kind, number)).run();
    }
  }
}

// What a file of the first schema lacks.
void add_second_schema(connection& on) {
  create_ledger(on);
  for (const char* table : {"consumer", "purged_record", "assignment_turn"}) add_checksums(on, table);
  sum_up_rows(on);
  on.run("INSERT OR IGNORE INTO meta (key, value) VALUES ('log', 0)");
  on.run("DELETE FROM meta WHERE key = 'closed_count'");
}

// In files of schema version 2 what stands in these parts stood in `details`.
void split_details(connection& on) {
  static constexpr std::string_view moved[] = {"tasks", "links", "satisfaction", "known_errors"};
  std::string set = "UPDATE incident_part SET details = nullif(json_remove(details";
  for (const std::string_view part : moved) set += ", '$." + std::string(part) + "'";
  set += "), '{}')";
  for (const std::string_view part : moved) {
    const std::string path = "'$." + std::string(part) + "'";
    set += ", " + quoted(part) + " = iif(json_type(details, " + path + ") IS NULL, NULL, json_object('" +
           std::string(part) + "', json_extract(details, " + path + ")))";
  }
  on.run(set + " WHERE details IS NOT NULL");
}

// Of each record that has parts, over what they are now.
void sum_up_parts(connection& on) {
  std::vector<std::string> columns;
  for (const part_type* part : part_layout(on)) columns.emplace_back(part->name);
  std::string select = "SELECT id";
  for (const std::string& column : columns) select += ", " + quoted(column);
  checksum sum;
  statement put(on, "UPDATE incident_part SET checksum = ? WHERE id = ?");
  for (std::int64_t last = 0;;) {
    statement row(on, select + " FROM incident_part WHERE id > ? ORDER BY id LIMIT 1");
    row.bind(1, last);
    if (!row.step()) return;
    last = row.integer(0);
    byte_writer& bytes = sum.begin();
    bytes.number(static_cast<std::uint64_t>(last));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!row.is_null(static_cast<int>(i) + 1)) add_text_member(bytes, i, row.text(static_cast<int>(i) + 1));
    }
    put.bind(1, sum.end()).bind(2, last).run();
  }
}

void write_ledger(connection& on, const ledger& what) {
  checksum sum;
  statement put(on, put_ledger_sql);
  put_ledger(put, what, sum);
}

// A newer library says so in the ledger, too; a number that only the header has is damage.
void demand_known(const connection& on, std::int64_t version) {
  if (version == 1 || version == schema_version) return;
  const std::string found = "schema version " + std::to_string(version);
  if (version < 1 || on.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'ledger'") == 0 ||
      on.ask("SELECT version FROM ledger WHERE id = 1") != version) {
    throw file_error(status::corrupt, "store.damaged", on.path(),
                     "its header says " + found + ", which its ledger does not", found);
  }
  if (version < schema_version) return;
  refuse_newer(on.path(), found, "at most " + std::to_string(schema_version));
}

void add_slices(connection& on) {
  on.run(slice_table);
  checksum sum;
  statement add(on, "INSERT OR IGNORE INTO host_slice (name, checksum) VALUES (?, ?)");
  for (const slice* s : host_slices()) {
    add.bind(1, s->name).bind(2, sum.of("host_slice", {}, s->name)).run();
  }
}

void demand_slices(const connection& on) {
  if (columns_of(on, "host_slice").empty()) return;
  checksum sum;
  for (statement row(on, "SELECT name, checksum FROM host_slice"); row.step();) {
    const std::string name(row.text(0));
    if (sum.of("host_slice", {}, name) != row.integer(1)) {
      throw file_error(status::corrupt, "store.damaged", on.path(), "a row of host_slice does not fit its checksum");
    }
    if (std::ranges::find(all_slices(), name, &slice::name) != all_slices().end()) continue;
    throw file_error(status::unsupported, "store.slice_missing", on.path(),
                     "it was written with the slice \"" + name + "\", which this program does not bring", name);
  }
}

void demand_tables(const connection& on) {
  for (const char* table :
       {"meta", "entry", "idempotency_key", "definition", "consumer", "incident", "incident_text"}) {
    if (columns_of(on, table).empty()) {
      throw file_error(status::corrupt, "store.damaged", on.path(), "it has no table " + std::string(table));
    }
  }
}

}  // namespace

std::string quoted(std::string_view column) { return '"' + std::string(column) + '"'; }

bool is_in_columns_index(const field_row& field) {
  constexpr std::string_view columns[] = {"assignee", "team", "priority", "service", "category"};
  return std::ranges::find(columns, field.name) != std::end(columns);
}

std::span<const std::string_view> table_names() { return tables; }

void create_schema(connection& on) {
  on.run("PRAGMA application_id = " + std::to_string(application_id));
  for (const char* table : other_tables) on.run(table);
  on.run(table_of(incident_table, incident::fields()));
  on.run(table_of(incident_text_table, incident_text::fields()));
  add_missing_parts(on);
  on.run(series_table);
  on.run(purged_table);
  on.run(turn_table);
  add_slices(on);
  on.run("INSERT INTO meta (key, value) VALUES ('owner', 0)");
  add_first_words(on);
  add_second_schema(on);
  on.run("PRAGMA user_version = " + std::to_string(schema_version));
  write_ledger(on, count_ledger(on));
}

void migrate_schema(connection& on, const number_form& numbers) {
  const std::int64_t version = on.ask("PRAGMA user_version");
  const bool is_first = version == 1;
  give_keys_their_actors(on);
  add_missing_columns(on, "incident", incident::fields());
  add_missing_columns(on, "incident_text", incident_text::fields());
  add_missing_parts(on);
  on.run(series_table);
  on.run(purged_table);
  on.run(turn_table);
  add_slices(on);
  if (is_first) add_second_schema(on);
  if (version < 3) {
    split_details(on);
    sum_up_parts(on);
  }
  for (const index& wanted : indexes) renew_index(on, wanted);
  for (const view& wanted : make_views(numbers)) renew_view(on, wanted);
  ledger now = is_first ? count_ledger(on) : read_ledger(on);
  now.schema = schema_checksum(on);
  now.version = schema_version;
  write_ledger(on, now);
  if (version != schema_version) on.run("PRAGMA user_version = " + std::to_string(schema_version));
}

void check_version(const connection& on) {
  const std::int64_t application = on.ask("PRAGMA application_id");
  if (application != application_id) refuse_foreign(on.path(), application);
  const std::int64_t version = on.ask("PRAGMA user_version");
  demand_known(on, version);
  if (version >= 2 && read_ledger(on).schema != schema_checksum(on)) {
    throw file_error(status::corrupt, "store.damaged", on.path(), "its tables are not made as the library made them");
  }
  demand_tables(on);
  demand_slices(on);
}

void check_indexes(const connection& on) {
  for (const index& wanted : indexes) {
    const std::string found = sql_of(on, "index", wanted.name);
    if (found == wanted.sql || (found.empty() && wanted.may_lack)) continue;
    throw file_error(status::corrupt, "store.index_missing", on.path(),
                     (found.empty() ? "it lacks its index " : "it has another index by the name of ") +
                         std::string(wanted.name) + "; opening it for writing makes that again",
                     found.empty() ? "no index" : found, wanted.sql);
  }
}

void check_objects(const connection& on) {
  const std::vector<view> views = make_views({});
  statement object(on, "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  while (object.step()) {
    const std::string_view type = object.text(0);
    const std::string_view name = object.text(1);
    const bool is_ours = type == "table"   ? std::ranges::find(tables, name) != std::end(tables)
                         : type == "index" ? std::ranges::find(indexes, name, &index::name) != std::end(indexes)
                         : type == "view"  ? std::ranges::find(views, name, &view::name) != views.end()
                                           : false;
    if (is_ours) continue;
    const std::string found = std::string(type) + " " + std::string(name);
    throw file_error(status::corrupt, "store.foreign_object", on.path(),
                     "it holds the " + found + ", which is none of the library's; drop it", found);
  }
}

record_layout read_layout(const connection& on) {
  if (const std::int64_t version = on.ask("PRAGMA user_version"); version < schema_version) {
    throw file_error(status::unsupported, "store.older", on.path(),
                     "it has schema version " + std::to_string(version) +
                         "; open the file for writing once, which brings it up to date",
                     std::to_string(version), std::to_string(schema_version));
  }
  for (const char* table : {"purged_record", "assignment_turn", "ledger", "host_slice"}) {
    if (!columns_of(on, table).empty()) continue;
    throw file_error(status::unsupported, "store.older", on.path(),
                     "it has no table " + std::string(table) + "; open the file for writing once, which adds it");
  }
  return {layout_of(on, "incident", incident_columns, incident::fields()),
          layout_of(on, "incident_text", incident_text_columns, incident_text::fields()), part_layout(on)};
}

}  // namespace tocsin::inline v1::sqlite
