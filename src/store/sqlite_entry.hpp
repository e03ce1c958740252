// An entry as a row of `entry`, and back.
#pragma once

#include <string>

#include <tocsin/desk/store.hpp>

#include "sqlite_checksum.hpp"
#include "sqlite_connection.hpp"

namespace tocsin::inline v1::sqlite {

inline constexpr const char* insert_entry_sql =
    "INSERT INTO entry (sequence, recorded_at, fired_at, actor, command, flags, checksum, hash, bytes, aside)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

// Conditions may follow.
inline constexpr const char* select_entry_sql =
    "SELECT sequence, recorded_at, fired_at, actor, command, flags, checksum, hash, bytes, aside FROM entry";

void bind_entry(statement& to, const entry_change& change, checksum& sum);

// Reads the row of a statement that begins with select_entry_sql into what is kept and used again.
void read_entry(const std::string& path, const statement& row, stored_entry& result);
instant recorded_at_of(const statement& row);

// Throws `corrupt` unless the checksum fits what stands beside the entry's bytes; those have the hash of the chain.
void verify_entry(const std::string& path, const statement& row, checksum& sum);

}  // namespace tocsin::inline v1::sqlite
