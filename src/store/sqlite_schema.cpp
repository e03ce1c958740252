#include "sqlite_schema.hpp"

#include <algorithm>
#include <span>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/model/incident.hpp>

#include "sqlite_file.hpp"

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

// The four indexes of a record. A live one has no `ended_at`, so the first serves both: the nulls are what is live. A
// change of a live record touches none of them.
constexpr const char* indexes[] = {
    "CREATE INDEX IF NOT EXISTS incident_ended ON incident (ended_at)",
    "CREATE UNIQUE INDEX IF NOT EXISTS incident_number ON incident (number)",
    "CREATE INDEX IF NOT EXISTS incident_opened ON incident (opened_at) WHERE ended_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS incident_caller ON incident (caller) WHERE ended_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS entry_definitions ON entry (sequence) WHERE flags & 1"};

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
  for (const incident_part& part : incident_parts()) {
    if (std::ranges::find(known, part.name) == known.end()) {
      on.run("ALTER TABLE incident_part ADD COLUMN " + quoted(part.name) + " TEXT");
    }
  }
}

std::vector<const incident_part*> part_layout(const connection& on) {
  std::vector<const incident_part*> layout;
  const auto parts = incident_parts();
  for (const std::string& column : columns_of(on, "incident_part")) {
    if (std::ranges::find(incident_part_columns, std::string_view(column)) != std::end(incident_part_columns)) continue;
    const auto part = std::ranges::find(parts, column, &incident_part::name);
    if (part == parts.end()) {
      refuse_newer(on.path(), "the unknown column incident_part." + column, "the columns of this library");
    }
    layout.push_back(&*part);
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

void renew_view(connection& on, const view& wanted) {
  statement question(on, "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?");
  question.bind(1, std::string_view(wanted.name));
  if (question.step() && question.text(0) == wanted.sql) return;
  question.reset();
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

}  // namespace

std::string quoted(std::string_view column) { return '"' + std::string(column) + '"'; }

void create_schema(connection& on) {
  on.run("PRAGMA application_id = " + std::to_string(application_id));
  on.run("PRAGMA user_version = " + std::to_string(schema_version));
  for (const char* table : other_tables) on.run(table);
  on.run(table_of(incident_table, incident::fields()));
  on.run(table_of(incident_text_table, incident_text::fields()));
  add_missing_parts(on);
  on.run(series_table);
  on.run(purged_table);
  on.run(turn_table);
  on.run("INSERT INTO meta (key, value) VALUES ('owner', 0), ('closed_count', 0)");
  add_first_words(on);
}

void migrate_schema(connection& on, const number_form& numbers) {
  give_keys_their_actors(on);
  on.run("PRAGMA user_version = " + std::to_string(schema_version));
  add_missing_columns(on, "incident", incident::fields());
  add_missing_columns(on, "incident_text", incident_text::fields());
  add_missing_parts(on);
  on.run(series_table);
  on.run(purged_table);
  on.run(turn_table);
  for (const char* index : indexes) on.run(index);
  for (const view& wanted : make_views(numbers)) renew_view(on, wanted);
}

void check_version(const connection& on) {
  const std::int64_t application = on.ask("PRAGMA application_id");
  if (application != application_id) refuse_foreign(on.path(), application);
  const std::int64_t version = on.ask("PRAGMA user_version");
  if (version > schema_version) {
    refuse_newer(on.path(), "schema version " + std::to_string(version), "at most " + std::to_string(schema_version));
  }
  for (const char* table :
       {"meta", "entry", "idempotency_key", "definition", "consumer", "incident", "incident_text"}) {
    if (version < 1 || columns_of(on, table).empty()) {
      throw file_error(status::corrupt, "store.damaged", on.path(), "it has no table " + std::string(table));
    }
  }
}

record_layout read_layout(const connection& on) {
  if (const std::int64_t version = on.ask("PRAGMA user_version"); version < schema_version) {
    throw file_error(status::unsupported, "store.older", on.path(),
                     "it has schema version " + std::to_string(version) +
                         "; open the file for writing once, which brings it up to date",
                     std::to_string(version), std::to_string(schema_version));
  }
  for (const char* table : {"purged_record", "assignment_turn"}) {
    if (!columns_of(on, table).empty()) continue;
    throw file_error(status::unsupported, "store.older", on.path(),
                     "it has no table " + std::string(table) + "; open the file for writing once, which adds it");
  }
  return {layout_of(on, "incident", incident_columns, incident::fields()),
          layout_of(on, "incident_text", incident_text_columns, incident_text::fields()), part_layout(on)};
}

}  // namespace tocsin::inline v1::sqlite
