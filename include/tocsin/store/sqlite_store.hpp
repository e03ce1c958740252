// A store in one SQLite file: durable, written by one process at a time, readable by any reporting tool (docs/sql.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

// What a commit outlives. A transaction is whole or absent either way.
enum class durability : std::uint8_t {
  full,    // also a loss of power: the disk is flushed at each commit
  normal,  // the end of the process; a loss of power may take the latest commits
};

struct sqlite_options {
  std::string path;         // UTF-8; "<path>-wal", "<path>-shm" and "<path>-owner-<n>" lie beside it while it is open
  bool read_only = false;   // several processes at once; commit and save_cursor are refused
  bool must_exist = false;  // an empty or missing file is `not_found` instead of a new desk
  bool take_over = false;   // take the file even from a process that is alive; that one is fenced
  tocsin::durability durability = durability::full;
  std::string number_prefix = "INC";  // how the SQL views write the numbers of incidents, as the desk's options have it
  std::int64_t number_width = 7;
};

// Opens the file, or makes it. One that cannot be a desk of this library is refused and left as it is:
//   not_found           there is none ("store.not_found"), nor its folder ("store.no_folder")
//   busy                another open store has it ("store.in_use"), or a lock was not released in time ("store.busy")
//   corrupt             no SQLite file ("store.not_sqlite"), cut off ("store.truncated"), without its write-ahead log
//                       ("store.log_missing"), or damaged ("store.damaged" and others; SQL.md, "Damage")
//   unsupported         of another program ("store.foreign") or of a newer library ("store.newer")
//   io                  the system refused ("store.not_writable", "store.io"), or a log cannot be read where nothing can
//                       be written ("store.log_unreadable")
//   resource_exhausted  the disk is full ("store.full")
// Every commit holds the number that opening gave this store against the file's. Another one there means that somebody
// took over: `conflict`, "store.fenced", and this store can only read from then on; `demand_ownership` asks before that.
//
// A commit that throws is not stored, and the next one works. Only if the disk fails as it is flushed, and the process
// ends before another commit, may the next opening find it after all, whole; an idempotency key tells.
//
// POSIX only: whether an owner is alive is told by flock(2). Untried on Windows and on network file systems.
std::unique_ptr<store> open_sqlite_store(const sqlite_options& options);

}  // namespace tocsin::inline v1
