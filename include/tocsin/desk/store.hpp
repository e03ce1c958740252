// Where a desk keeps its journal and its records: three verbs and a transaction. A store knows nothing of commands.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/desk/entry.hpp>
#include <tocsin/desk/workload.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

// One entry to append, with what the store may want to know of it.
struct entry_change {
  stored_entry stored;
  instant recorded_at = no_instant;
  person_ref actor;
  std::uint16_t command = 0;  // number of its type; 0: a timer
  entry_traits traits;
  std::string idempotency_key;
};

// One record as it is after the transaction. `text_changed` is true for a new one, too.
struct record_change {
  incident_ptr record;
  bool is_new = false;
  bool text_changed = false;
  bool parts_changed = false;  // any of its parts
};

// One definition as the SQL views show it; the truth of definitions is the journal.
struct definition_change {
  word_kind kind;
  std::uint32_t number = 0;
  std::uint32_t version = 0;
  std::string key;
  std::string document;  // JSON
};

// How the numbers of a series are written; that of incidents is the store's own option.
struct series_change {
  std::uint64_t series = 0;
  std::string prefix;
  std::int64_t width = 0;
};

struct aside_change {
  std::uint64_t sequence = 0;
  std::vector<std::uint8_t> aside;
};

// A record that is gone, and which entry says so. Its id and its number are never given again.
struct purged_record {
  std::uint64_t id = 0;
  std::uint64_t number = 0;
  std::uint64_t sequence = 0;
};

// The entry that an actor's idempotency key stands for.
struct remembered_key {
  std::uint64_t sequence = 0;  // 0: the key is not known
  instant recorded_at = no_instant;
};

// All of it is stored, or nothing.
struct store_transaction {
  std::vector<entry_change> entries;
  std::vector<record_change> records;  // each record once, in order of id
  std::vector<definition_change> definitions;
  std::vector<series_change> series;
  std::vector<aside_change> erasures;
  std::vector<purged_record> purged;           // closed ones, stored before
  std::vector<std::uint64_t> emptied_entries;  // hash and instants stay, bytes and what stands beside them go
  std::vector<assignment_turn> turns;          // in their order: of one person by one rule the last counts
  instant keys_since = no_instant;             // idempotency keys of entries recorded before may be forgotten
  std::uint64_t keys_max = limits::idempotency_keys_max;  // and the oldest beyond so many

  void clear() {
    entries.clear();
    records.clear();
    definitions.clear();
    series.clear();
    erasures.clear();
    purged.clear();
    emptied_entries.clear();
    turns.clear();
  }
};

// What opening a desk needs besides the definitions' entries: the end of the journal and the records that are not over.
struct store_contents {
  std::uint64_t sequence = 0;               // of the last entry
  digest hash{};                            // of the last entry
  instant clock = no_instant;               // recorded instant of the last entry
  std::uint64_t last_id = 0;                // largest id given, purged ones included
  std::uint64_t last_number = 0;            // largest number of the first series
  std::vector<std::uint64_t> last_numbers;  // of the other series: largest place in each, by series
  std::uint64_t closed_count = 0;
  std::vector<incident_ptr> live;      // in order of id
  std::vector<assignment_turn> turns;  // the last one of each person by each rule
};

// Columns by which closed records can be found without reading all of them.
enum class record_index : std::uint8_t { id, opened_at, closed_at, caller };

// What the record has in that index; of caller, its number; of closed_at, when it was closed or cancelled.
std::int64_t index_value(const incident& record, record_index index) noexcept;

// What a scalar field of the record must be. A field that is absent meets no test, unless 0 says so.
struct record_test {
  const field_row* field = nullptr;                               // of incident::fields()
  std::int64_t least = std::numeric_limits<std::int64_t>::min();  // both bounds included
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::vector<std::int64_t> values;  // in order, each once: one of these; none given: any within the bounds
};

bool meets(const record_test& test, const incident& record) noexcept;
bool meets_all(std::span<const record_test> tests, const incident& record) noexcept;

struct record_scan {
  record_index index = record_index::id;
  std::int64_t least = std::numeric_limits<std::int64_t>::min();  // both bounds included
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::vector<record_test> tests;  // only records that meet them all
  // ... and those that an entry after this one has touched, whatever they meet: a fork has them as they were before.
  std::uint64_t or_touched_after = std::numeric_limits<std::uint64_t>::max();
  // The fields that are looked at, beside id, number and last_entry: a store may leave out all others, texts and parts
  // among them, and what it leaves out it need not check for damage. None given: the whole record.
  std::optional<std::vector<const field_row*>> only = {};
};

// What stands beside the journal and follows from it: `verify` holds it against what its entries say.
struct derived_rows {
  std::uint64_t sequence = 0;    // of the last entry when they were read
  std::uint64_t keys_after = 0;  // idempotency keys of entries up to this one are forgotten
  struct key_row {
    person_ref actor;
    std::string key;
    std::uint64_t sequence = 0;  // of their entry
  };
  std::vector<key_row> keys;
  std::vector<definition_change> definitions;
  std::vector<series_change> series;
  std::vector<std::pair<std::string, std::uint64_t>> cursors;  // of the outbox, by consumer
  std::vector<purged_record> purged;
};

class store {
 public:
  store() = default;
  store(const store&) = delete;
  store& operator=(const store&) = delete;
  virtual ~store() = default;

  virtual store_contents load() = 0;

  // Throws and stores nothing, or stores everything, durably as the store was asked to be.
  virtual void commit(const store_transaction& changes) = 0;

  // The const functions may be called from several threads at once, beside each other but not beside commit of the
  // same desk; a fork may call them while its parent commits.
  virtual bool load_entry(std::uint64_t sequence, stored_entry& result) const = 0;  // false: there is none
  // In order, from and to included, until the visitor answers false.
  virtual void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                            const std::function<bool(const stored_entry&)>& visit) const = 0;
  virtual incident_ptr load_closed(std::uint64_t id) const = 0;              // null: there is none
  virtual std::uint64_t find_closed_number(std::uint64_t number) const = 0;  // its id, 0: there is none
  // Closed records in order of the index, then id, until the visitor answers false.
  virtual void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) const = 0;
  virtual std::optional<purged_record> find_purged(std::uint64_t id) const = 0;
  virtual std::optional<purged_record> find_purged_number(std::uint64_t number) const = 0;
  virtual remembered_key find_key(person_ref actor, std::string_view idempotency_key) const = 0;

  // Cursors of outbox consumers: host state, outside the journal.
  virtual std::uint64_t load_cursor(std::string_view consumer) const = 0;  // 0: none yet
  virtual void save_cursor(std::string_view consumer, std::uint64_t effect) = 0;
  virtual std::uint64_t count_consumers() const = 0;  // that have one

  // Throws `conflict` where somebody else has taken the store over: what the desk in memory knows is of before.
  virtual void demand_ownership() const {}

  // A copy of what is stored now, in a new file at that path. Throws `already_exists` where there is one.
  virtual void backup(const std::string& path) const {
    static_cast<void>(path);
    throw error(status::unsupported, "store.backup", "this store is no file that could be copied; use read_entries");
  }

  // What it keeps in memory: a store in memory its journal and closed records, one on disk what it holds of the file. Of a
  // fork, what it has beyond its parent.
  virtual std::size_t memory_bytes() const { return 0; }

  // Nothing where it is kept in memory alone.
  virtual std::optional<derived_rows> load_derived() const { return std::nullopt; }

  // Reads everything that is stored again and throws `corrupt` for what is damaged inside the store itself.
  virtual void check() const = 0;
};

}  // namespace tocsin::inline v1
