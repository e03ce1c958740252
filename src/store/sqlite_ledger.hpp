// What a desk's file says of itself, in one row: how its tables are made and how much is in them. What went missing, or
// cannot be found through an index any more, is noticed by it on opening, without reading the history.
#pragma once

#include <cstdint>

#include "sqlite_checksum.hpp"
#include "sqlite_connection.hpp"
#include "sqlite_file.hpp"

namespace tocsin::inline v1::sqlite {

struct ledger {
  std::int64_t version = schema_version;  // as `user_version` has it
  std::int64_t schema = 0;                // checksum of how the tables are made
  std::int64_t records = 0;               // rows of `incident`
  std::int64_t closed = 0;                // of those, the ones that are over
  std::int64_t last_id = 0;               // largest id given, purged ones included
  std::int64_t definition_entries = 0;    // entries that publish definitions
  std::int64_t keys_after = 0;            // idempotency keys of entries up to this one are forgotten

  friend bool operator==(const ledger&, const ledger&) = default;
};

void create_ledger(connection& on);

// Throws `corrupt` unless it is there and its checksum fits.
ledger read_ledger(const connection& on);

// What is true of the tables now, by counting.
ledger count_ledger(const connection& on);

inline constexpr const char* put_ledger_sql =
    "INSERT OR REPLACE INTO ledger (id, version, schema, records, closed, last_id, definition_entries, keys_after,"
    " checksum) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)";
void put_ledger(statement& by, const ledger& what, checksum& sum);

// Of how the tables stand in the file.
std::int64_t schema_checksum(const connection& on);

}  // namespace tocsin::inline v1::sqlite
