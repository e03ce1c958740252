// An incident as a row of `incident`, one of `incident_text` and, where it has parts, one of `incident_part`, and back;
// each row bears a checksum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tocsin/model/incident.hpp>

#include "sqlite_checksum.hpp"
#include "sqlite_connection.hpp"
#include "sqlite_schema.hpp"

namespace tocsin::inline v1::sqlite {

// When a record came to its end; nothing while it is live.
std::optional<std::int64_t> end_of(const incident& record);

// Where each value stands in every statement that writes it.
namespace place {
enum incident : int { id = 1, number, last_entry, ended_at, checksum, first_field };
enum incident_text : int { text_id = 1, text_checksum, first_text };
enum incident_part : int { part_id = 1, part_checksum, first_part };
}  // namespace place

std::string insert_incident_sql(const record_layout& layout);
std::string insert_text_sql(const record_layout& layout);
std::string update_text_sql(const record_layout& layout);
std::string put_part_sql(const record_layout& layout);  // a new row, or in place of the one there
// Of a row with that id, that number and that end; `ended_at` is written only where it is named.
std::string update_incident_sql(const record_layout& layout, const char* ended_at_is, bool writes_ended_at);

// Of all three tables, from `incident AS i INDEXED BY <index>` or `incident AS i NOT INDEXED`; conditions may follow.
std::string select_record_sql(const record_layout& layout, const std::string& how);

// Of the table `incident` alone: id, number, last entry and these fields.
std::string select_fields_sql(const std::vector<const field_row*>& fields, const std::string& how);

void bind_incident(statement& to, const record_layout& layout, const incident& record, checksum& sum);
void bind_text(statement& to, const record_layout& layout, const incident& record, checksum& sum);
// `documents` keeps what was bound until the statement has run.
void bind_parts(statement& to, const record_layout& layout, const incident& record, checksum& sum,
                std::vector<std::string>& documents);

// Reads the row of a statement made by select_record_sql. Throws `corrupt` for one that its checksums do not fit.
incident_ptr read_record(const std::string& path, const statement& row, const record_layout& layout, checksum& sum);
// The same of one made by select_fields_sql, which no checksum covers; what is none of the fields stays as it is.
void read_fields(const std::string& path, const statement& row, const std::vector<const field_row*>& fields,
                 incident& to);

}  // namespace tocsin::inline v1::sqlite
