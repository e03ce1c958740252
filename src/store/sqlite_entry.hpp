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

// Of the row of a statement that begins with select_entry_sql.
std::uint64_t sequence_of(const statement& row);
instant recorded_at_of(const statement& row);

// Reads the row into what is kept and used again. Throws `corrupt` unless its bytes continue the chain from the hash of
// the entry before, and the checksum fits what stands beside them: nobody decodes what was not held against its hash.
void read_entry(const std::string& path, const statement& row, const digest& before, checksum& sum,
                stored_entry& result);

[[noreturn]] void refuse_gap(const std::string& path, std::uint64_t missing);

}  // namespace tocsin::inline v1::sqlite
