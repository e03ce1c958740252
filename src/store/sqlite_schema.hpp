// The tables of a desk's file, made from the tables of fields, and what brings an older file up to them (docs/sql.md).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/incident.hpp>

#include "sqlite_connection.hpp"

namespace tocsin::inline v1::sqlite {

// Which field stands in which column: in the order of the file, where what came later stands last.
struct record_layout {
  std::vector<const field_row*> fixed;  // columns of `incident` after the store's own
  std::vector<const field_row*> texts;  // columns of `incident_text` after the store's own
  std::vector<const part_type*> parts;  // columns of `incident_part` after the store's own
};

std::string quoted(std::string_view column);

// The library's own tables.
std::span<const std::string_view> table_names();

// All tables, indexes and first rows; in an empty file, inside the caller's transaction.
void create_schema(connection& on);

// How the views write numbers: "INC" and at least 7 digits.
struct number_form {
  std::string prefix;
  std::int64_t width = 0;
};

// Adds what the file lacks, inside the caller's transaction.
void migrate_schema(connection& on, const number_form& numbers);

// Throws for a file of another program, of a newer library, or one whose tables are not as they were made.
void check_version(const connection& on);
record_layout read_layout(const connection& on);
// Closed records by the columns that questions ask for most, all in one index.
inline constexpr const char* columns_index = "incident_columns";
bool is_in_columns_index(const field_row& field);

// Throws `corrupt` for an index that is missing or another than the library makes.
void check_indexes(const connection& on);
// Throws `corrupt` for what is in the file and none of the library's: a trigger, a table, an index, a view.
void check_objects(const connection& on);

// The views, in order of creation: name and text as it stands in the file.
struct view {
  std::string name;
  std::string sql;
};
std::vector<view> make_views(const number_form& numbers);

}  // namespace tocsin::inline v1::sqlite
