// The one connection that writes a desk's file: it takes the file, holds its number and stores transactions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tocsin/desk/store.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "sqlite_checksum.hpp"
#include "sqlite_connection.hpp"
#include "sqlite_ledger.hpp"
#include "sqlite_owner.hpp"
#include "sqlite_schema.hpp"

namespace tocsin::inline v1::sqlite {

class writer {
 public:
  // The file has been inspected. Makes an empty one a desk.
  writer(const std::string& path, const sqlite_options& options);
  ~writer();

  const record_layout& layout() const { return layout_; }

  void commit(const store_transaction& changes);
  void save_cursor(std::string_view consumer, std::uint64_t effect);
  // Throws where the file was taken over. Beside any other call.
  void demand_ownership() const;
  std::size_t memory_bytes() const { return connection_.memory_bytes(); }

 private:
  struct statements;

  // The idempotency keys that are remembered: how many, and not later than when the oldest was recorded.
  struct kept_keys {
    std::uint64_t count = 0;
    instant oldest = no_instant;
  };

  void demand_owner();
  void refuse_other_owner(std::int64_t found) const;
  void note(const store_transaction& changes, ledger& now);
  void demand_continuation(const store_transaction& changes) const;
  void write_entry(const entry_change& change, kept_keys& keys);
  void write_key(const entry_change& change, kept_keys& keys);
  void forget_keys(const store_transaction& changes, kept_keys& keys, ledger& now);
  void write_erasure(const aside_change& change);
  void purge(const purged_record& gone);
  void empty_entry(std::uint64_t sequence);
  void cut_log() noexcept;
  void write_definition(const definition_change& change);
  int write_record(const record_change& change);  // by how many it changes the number of closed ones
  int write_fixed(const incident& record);
  void write_text(const record_change& change);

  owner_lock owner_;  // first: it is given up last
  connection connection_;
  record_layout layout_;
  std::unique_ptr<statements> by_;
  checksum sum_;
  std::uint64_t last_sequence_ = 0;
  kept_keys keys_;
  ledger ledger_;
};

}  // namespace tocsin::inline v1::sqlite
