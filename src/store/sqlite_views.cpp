// The views by which reporting tools read a desk; their columns are a promise (docs/sql.md).
#include <string>
#include <string_view>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/dependency.hpp>
#include <tocsin/model/incident.hpp>

#include "sqlite_schema.hpp"

namespace tocsin::inline v1::sqlite {
namespace {

// ISO 8601 in UTC with microseconds. SQLite divides towards zero, so time is counted from 1900, before which no instant
// is accepted (T1). Nothing here reads a clock.
std::string instant_text(const std::string& column) {
  const std::string since_1900 = "(" + column + " + 2208988800000000)";
  return "strftime('%Y-%m-%dT%H:%M:%S', " + since_1900 + " / 1000000 - 2208988800, 'unixepoch') || printf('.%06dZ', " +
         since_1900 + " % 1000000)";
}

std::string choice_text(const std::string& column, choice_names names) {
  std::string sql = "CASE " + column;
  for (std::size_t i = 0; i < names.size(); ++i) {
    sql += " WHEN " + std::to_string(i + 1) + " THEN '" + std::string(names[i]) + "'";
  }
  return sql + " END";
}

// A word keeps its number, so every version of its definition has the same key.
std::string word_text(const std::string& column, word_kind kind) {
  return "(SELECT key FROM definition WHERE kind = '" + std::string(name(kind)) + "' AND number = " + column +
         " LIMIT 1)";
}

std::string literal(std::string_view text) {
  std::string sql = "'";
  for (const char c : text) sql += c == '\'' ? std::string("''") : std::string(1, c);
  return sql + "'";
}

std::string number_text(const std::string& column, const number_form& numbers) {
  const std::string series = "(" + column + " >> " + std::to_string(series_shift) + ")";
  const std::string place = "(" + column + " & " + std::to_string(place_in_series(~std::uint64_t{0})) + ")";
  return "CASE " + series + " WHEN 0 THEN " + literal(numbers.prefix) + " || printf('%0" +
         std::to_string(numbers.width) + "d', " + column + ") ELSE (SELECT prefix || printf('%0*d', width, " + place +
         ") FROM number_series WHERE series = " + series + ") END";
}

std::string column(const std::string& expression, const std::string& as) {
  return ",\n  " + expression + " AS " + quoted(as);
}

std::string column_of(const field_row& field, const number_form& numbers) {
  const std::string from = "i." + quoted(field.name);
  const std::string name(field.name);
  switch (field.type->kind) {
    case field_kind::instant:
      return column(instant_text(from), name) + column(from, name + "_us");
    case field_kind::duration:
      return column(from, name + "_us");
    case field_kind::choice:
      return column(choice_text(from, field.type->choices()), name);
    case field_kind::word:
      return column(word_text(from, field.type->refers), name);
    case field_kind::record:
      return column("(SELECT " + number_text("number", numbers) + " FROM incident WHERE id = " + from + ")", name);
    default:
      return column(from, name);
  }
}

std::string incident_view(const number_form& numbers) {
  std::string sql = "CREATE VIEW tocsin_incident AS SELECT\n  i.id AS \"id\"";
  sql += column(number_text("i.number", numbers), "number");
  sql += column("i.ended_at IS NOT NULL", "closed");
  sql += column("i.last_entry", "last_entry");
  for (const field_row& field : incident_text::fields()) {
    sql += column("t." + quoted(field.name), std::string(field.name));
  }
  for (const field_row& field : incident::fields()) sql += column_of(field, numbers);
  return sql + "\nFROM incident AS i LEFT JOIN incident_text AS t ON t.id = i.id";
}

std::string entry_view() {
  std::string command = "CASE e.command WHEN 0 THEN 'timer'";
  for (const command_type* type : command_types()) {
    command += " WHEN " + std::to_string(type->number) + " THEN '" + std::string(type->name) + "'";
  }
  std::string sql = "CREATE VIEW tocsin_entry AS SELECT\n  e.sequence AS \"sequence\"";
  sql += column(instant_text("e.recorded_at"), "recorded_at") + column("e.recorded_at", "recorded_at_us");
  sql += column(word_text("e.actor", word_kind::person), "actor");
  sql += column(command + " END", "command");
  sql += column("e.flags & 1", "has_definitions") + column("e.flags >> 1 & 1", "has_effects");
  sql += column(instant_text("e.fired_at"), "fired_at") + column("e.fired_at", "fired_at_us");
  sql += column("lower(hex(e.hash))", "hash") + column("length(e.bytes)", "size");
  return sql + "\nFROM entry AS e";
}

std::string definition_view() {
  return "CREATE VIEW tocsin_definition AS SELECT kind, number, key, version,\n"
         "  version = (SELECT max(version) FROM definition WHERE kind = d.kind AND number = d.number) AS is_latest,\n"
         "  nullif(document, '') AS document\n"
         "FROM definition AS d";
}

// The latest version of each definition of one type, its fields as columns.
std::string definition_type_view(const definition_type& type) {
  std::string sql = "CREATE VIEW tocsin_" + std::string(type.name) + " AS SELECT\n  number, key, version";
  for (const field_row& field : type.fields()) {
    if (field.name == "key") continue;
    sql += column("document ->> '$." + std::string(field.name) + "'", std::string(field.name));
  }
  return sql + "\nFROM tocsin_definition WHERE kind = '" + std::string(type.name) + "' AND is_latest";
}

// Of a part that a slice of the host's declares: one row per record that has it, its fields as columns. Documents of parts
// have words and records by number.
std::string part_view(const part_type& part, const number_form& numbers) {
  std::string sql = "CREATE VIEW tocsin_" + std::string(part.name) + " AS SELECT\n  i.id AS \"id\"";
  sql += column(number_text("i.number", numbers), "number");
  for (const field_row& field : part.fields()) {
    const std::string name(field.name);
    const std::string from = "(p." + quoted(part.name) + " ->> '$." + name + "')";
    switch (field.type->kind) {
      case field_kind::word:
        sql += column(word_text(from, field.type->refers), name);
        break;
      case field_kind::record:
        sql += column("(SELECT " + number_text("number", numbers) + " FROM incident WHERE id = " + from + ")", name);
        break;
      default:
        sql += column(from, name);
    }
  }
  return sql + "\nFROM incident_part AS p JOIN incident AS i ON i.id = p.id WHERE p." + quoted(part.name) +
         " IS NOT NULL";
}

// The edges of the service graph: one row for each item that another needs (I1). What is retired needs nothing.
std::string dependency_view() {
  const std::string items =
      "FROM tocsin_definition AS d, json_each(d.document, '$.%') AS m\n"
      "WHERE d.kind IN ('service', 'configuration_item') AND d.is_latest AND coalesce(d.document ->> '$.retired', 0) = "
      "0";
  std::string sql = "CREATE VIEW tocsin_dependency AS\n";
  for (const std::string_view relation : {depends_on_relation, runs_on_relation, part_of_relation}) {
    std::string of_one = items;
    of_one.replace(of_one.find('%'), 1, relation);
    sql += "SELECT d.kind AS kind, d.key AS item, d.version AS version, m.value AS needs, '" + std::string(relation) +
           "' AS relation, NULL AS \"group\", 1 AS members, 1 AS need, 'failed' AS effect\n" + of_one + "\nUNION ALL ";
  }
  std::string of_groups = items;
  of_groups.replace(of_groups.find("'$.%') AS m"), 11, "'$.groups') AS g, json_each(g.value, '$.members') AS m");
  return sql +
         "SELECT d.kind, d.key, d.version, m.value, coalesce(g.value ->> '$.relation', 'depends_on'), g.key + 1,\n"
         "  json_array_length(g.value, '$.members'),"
         " coalesce(g.value ->> '$.need', json_array_length(g.value, '$.members')),\n"
         "  coalesce(g.value ->> '$.effect', 'failed')\n" +
         of_groups;
}

}  // namespace

std::vector<view> make_views(const number_form& numbers) {
  std::vector<view> views = {{"tocsin_incident", incident_view(numbers)},
                             {"tocsin_entry", entry_view()},
                             {"tocsin_definition", definition_view()},
                             {"tocsin_dependency", dependency_view()}};
  for (const definition_type* type : definition_types()) {
    views.push_back({"tocsin_" + std::string(type->name), definition_type_view(*type)});
  }
  for (const part_type* part : part_types()) {
    if (part->number < limits::host_parts_from) continue;
    views.push_back({"tocsin_" + std::string(part->name), part_view(*part, numbers)});
  }
  return views;
}

}  // namespace tocsin::inline v1::sqlite
