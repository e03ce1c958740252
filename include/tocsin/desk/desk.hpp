// A desk: one service desk. Commands go in, entries are appended to its journal, state follows. The engine of Tocsin.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/hash.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/entry.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/host_guard.hpp>
#include <tocsin/desk/host_hooks.hpp>
#include <tocsin/desk/memory.hpp>
#include <tocsin/desk/presence.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/desk/store.hpp>
#include <tocsin/knowledge/text_index.hpp>

namespace tocsin::inline v1 {

// What a commit survives, in a store on disk: a loss of power, too, or the end of the process.
enum class commit_survives : std::uint8_t { unset, full, normal };
std::span<const std::string_view> choices(commit_survives);

struct desk_options {
  duration clock_tolerance = minute;          // how much earlier than the desk's clock a command may be (D1)
  duration max_leap = 31 * day;               // how far ahead of the desk's clock without being allowed to (D2)
  duration idempotency_window = 7 * day;      // how long idempotency keys are remembered (D3)
  std::int64_t idempotency_keys = 1'000'000;  // and how many
  std::string number_prefix = "INC";
  std::int64_t number_width = 7;  // digits at least
  commit_survives durability = commit_survives::full;
  // Newer time zone data than the library carries: packed by scripts/generate_zones.py --pack, in base64 (T2).
  std::string zone_data;
  // Keep the texts of all incidents and known errors in an index, so that `suggest` need not read them each time: memory
  // that grows with the history, and time to read all of it on opening (P3).
  bool text_index = false;

  static std::span<const field_row> fields();
};

// A command with what comes with it.
struct request {
  instant at = no_instant;
  person_ref actor;
  std::string idempotency_key;
  std::uint32_t expected_version = 0;  // of the record it is about; 0: any
  command asked;

  static std::span<const field_row> fields();  // what stands beside a command's own fields
};

struct result {
  std::uint64_t sequence = 0;  // of the entry
  instant recorded_at = no_instant;
  record_ref record;                // that it is about, or made; none for the desk as a whole
  std::uint64_t number = 0;         // of that record
  std::uint32_t version = 0;        // of that record, after it
  bool repeated = false;            // the idempotency key was known: this is the first result again
  instant keys_since = no_instant;  // where repeated: keys are remembered since then
  std::vector<event> events;
};

struct execute_options {
  bool dry_run = false;     // answer what would happen; change nothing
  bool allow_leap = false;  // beyond max_leap (D2)
};

struct advance_result {
  std::uint64_t fired = 0;
  bool more = false;  // more is due than the limit let fire
};

// An effect that waits in the outbox.
struct effect {
  std::uint64_t id = 0;  // rising; to deduplicate by
  record_ref record;
  instant scheduled_at = no_instant;
  instant recorded_at = no_instant;
  event_body body;
};

class desk;

// Several commands in one transaction of the store. Nothing of it counts before `commit`; a transaction that is
// destroyed without it leaves no trace. While it lives, the desk is used through it alone.
class desk_transaction {
 public:
  desk_transaction(desk& d, const execute_options& options);
  desk_transaction(const desk_transaction&) = delete;
  desk_transaction& operator=(const desk_transaction&) = delete;
  ~desk_transaction();

  // Throws where it is refused; what was executed before it stands. The result is good until the next call.
  const result& execute(request&& asked);
  // The same for a command that stands alone: what fires before it is committed first, and stays if it is refused (D2).
  const result& execute_alone(request&& asked);
  // Fires timers that are due before `until`, or at it, too; stops after `limit`.
  std::uint64_t fire(instant until, bool inclusive, instant now, std::uint64_t limit);
  // On failure of the store nothing of the transaction remains, and the error is thrown. A dry run commits nothing.
  void commit();

 private:
  friend class desk;
  struct work;
  std::unique_ptr<work> work_;
};

// One thread at a time, but for const functions, which may be called side by side, and `interrupt`.
class desk {
 public:
  // `salt_seed`: secret bytes for the salts of personal fields (D10).
  static desk open(std::shared_ptr<store> where, desk_options options = {}, std::vector<std::uint8_t> salt_seed = {});

  desk(desk&&) noexcept;
  desk& operator=(desk&&) noexcept;
  ~desk();

  // ---- commands and time

  // The result is good until the next call that is not const.
  const result& execute(request asked, const execute_options& options = {});
  // All or none; an error's detail gets the index of the command that was refused.
  std::vector<result> execute_all(std::vector<request> asked, const execute_options& options = {});
  // Fires what is due up to and including `now`, at most `limit` entries (0: all) (D2).
  advance_result advance(instant now, std::uint64_t limit = 0, bool allow_leap = false);
  instant next_due() const noexcept;  // `never` where no timer is pending
  void interrupt() noexcept;          // the call that runs, or the next one, stops with `cancelled`
  // Between two steps of a call that takes long: throws `cancelled` once after `interrupt`, or where the host says stop.
  void step(const char* doing, std::uint64_t done, std::uint64_t total = 0) const;

  // ---- what is

  const desk_state& state() const noexcept;
  const desk_options& options() const noexcept;
  const store& storage() const noexcept;
  const tocsin::text_index* texts() const noexcept;                  // null: desk_options::text_index was not set
  const std::set<std::uint64_t>& restricted_texts() const noexcept;  // ids of restricted records among them
  incident_ptr find(record_ref record) const;                        // live or closed; null: there is none
  std::uint64_t find_number(std::uint64_t number) const;             // id; 0: there is none
  std::uint64_t read_number(std::string_view text) const noexcept;   // 42 of "INC0000042"; 0: not of this form
  std::string show_number(std::uint64_t number) const;
  entry read_entry(std::uint64_t sequence) const;
  stored_entry read_stored_entry(std::uint64_t sequence) const;

  // ---- entries as bytes, for a standby or a host's own storage

  // Entries from that sequence on, as many as fit (one at least, if there is one).
  std::vector<std::uint8_t> read_entries(std::uint64_t from, std::size_t bytes_max) const;
  // Takes up entries that continue this desk's journal; those that it has already are passed over. Answers how many were
  // new. Throws `conflict` for entries that do not follow, and keeps those before them that were committed.
  std::uint64_t apply_entries(std::span<const std::uint8_t> bytes);
  // A copy of the store as it is now, in a new file, while the desk goes on. Throws `unsupported` for one in memory.
  void backup(const std::string& path) const;

  // ---- effects

  std::vector<effect> take_effects(std::string_view consumer, std::size_t max);
  void acknowledge_effects(std::string_view consumer, std::uint64_t effect_id);

  // ---- what a workflow asks the host (host_guard.hpp)

  // Instead of whoever answered before. A fork has nobody but whom it is given.
  void set_host_guards(host_guards::answerer who);
  // Answers by name, instead of those given before; they are not asked for.
  void set_guard_answers(guard_answers table);

  // ---- what the host is told beside answers (host_hooks.hpp); a fork tells nobody

  void log_to(host_hooks::logger who);
  void report_to(host_hooks::progress who);

  // ---- who is at a record: a hint, in memory alone

  // Throws where the record or the person is unknown, or may not be asked about by the person (D9).
  void note_presence(const presence& said);
  std::vector<presence> presences(record_ref record, instant at) const;

  // ---- the whole

  // Shares records, reads the store as it is now, never writes to it. What is purged here is gone from the fork, too.
  // `instead`: live records as they are to be there, of which the fork is to know less than this desk does.
  desk fork(std::span<const incident_ptr> instead = {}) const;
  // An empty desk with this one's definitions, in memory alone: to try out what they do.
  desk rehearsal() const;

  // Reads every record that is kept in memory: the time grows with their number.
  memory_shares memory() const;

  struct verification {
    std::uint64_t entries = 0;
    std::uint64_t live = 0;
    std::uint64_t closed = 0;
    std::uint64_t purged = 0;
    digest head{};
  };
  // Throws `corrupt` naming the first damaged entry or record.
  verification verify() const;

 private:
  friend class desk_transaction;
  struct core;
  explicit desk(std::unique_ptr<core> c);
  std::unique_ptr<core> core_;
};

}  // namespace tocsin::inline v1
