// Connections that read a desk's file beside its writer, one per question at a time.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/store.hpp>

#include "sqlite_checksum.hpp"
#include "sqlite_connection.hpp"
#include "sqlite_schema.hpp"

namespace tocsin::inline v1::sqlite {

class reader {
 public:
  reader(const std::string& path, access how, const record_layout& layout) : connection_(path, how), layout_(layout) {}

  store_contents load();
  bool load_entry(std::uint64_t sequence, stored_entry& result);
  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const stored_entry&)>& visit);
  incident_ptr load_closed(std::uint64_t id);
  std::uint64_t find_closed_number(std::uint64_t number);
  void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit);
  std::optional<purged_record> find_purged(std::uint64_t id);
  std::optional<purged_record> find_purged_number(std::uint64_t number);
  remembered_key find_key(person_ref actor, std::string_view idempotency_key);
  std::uint64_t load_cursor(std::string_view consumer);
  std::uint64_t count_consumers();
  derived_rows load_derived();
  void check();
  void backup(const std::string& path);
  std::size_t memory_bytes() const { return connection_.memory_bytes(); }

 private:
  // Every statement of a reader; each is prepared when it is used first.
  enum class query : std::uint8_t {
    entry,
    entries,
    definition_entries,
    head,
    hash,
    live,
    closed,
    closed_number,
    purged,
    purged_number,
    key,
    cursor,
    consumers,
    count
  };

  statement& use(query which);
  statement& use_scan(const record_scan& scan);
  std::string sql_of(query which) const;
  std::string sql_of(const record_scan& scan) const;
  bool has_columns_index() const;
  std::optional<purged_record> first_purged(query which, std::uint64_t value);
  void demand_sum(const statement& row, int column, std::int64_t sum, const std::string& which) const;

  digest hash_of(std::uint64_t sequence);
  void read_in_chain(const statement& row, stored_entry& result);
  void load_head(store_contents& contents);
  void load_numbers(store_contents& contents);
  void load_live(store_contents& contents);
  void load_turns(store_contents& contents);
  word_kind kind_of(std::string_view text) const;
  void check_file();
  void check_entries();
  void check_records();
  void check_small_rows();
  void check_counts();
  void demand_none(const std::string& sql, const std::string& what);

  connection connection_;
  const record_layout& layout_;
  std::array<std::optional<statement>, static_cast<std::size_t>(query::count)> statements_;
  mutable std::optional<bool> has_columns_index_;
  static constexpr std::size_t kept_scans_max = 16;
  std::map<std::string, statement, std::less<>> scans_;  // by their text
  checksum sum_;
};

// Opens readers as they are needed and keeps a few of them. Any thread may borrow one.
class reader_pool {
 public:
  reader_pool(std::string path, access how, const record_layout& layout)
      : path_(std::move(path)), how_(how), layout_(layout) {}

  // Asks one reader, which nobody else uses meanwhile: a visitor may well ask another one.
  template <class Question>
  auto ask(const Question& question) {
    lease borrowed(*this);
    return question(*borrowed.held);
  }

  // Of those that nobody uses at the moment.
  std::size_t memory_bytes() {
    const std::lock_guard lock(mutex_);
    std::size_t sum = 0;
    for (const auto& one : idle_) sum += one->memory_bytes();
    return sum;
  }

 private:
  static constexpr std::size_t kept_max = 8;

  struct lease {
    explicit lease(reader_pool& from) : pool(from), held(from.take()) {}
    ~lease() { pool.give_back(std::move(held)); }
    lease(const lease&) = delete;
    lease& operator=(const lease&) = delete;

    reader_pool& pool;
    std::unique_ptr<reader> held;
  };

  std::unique_ptr<reader> take();
  void give_back(std::unique_ptr<reader> one) noexcept;

  const std::string path_;
  const access how_;
  const record_layout& layout_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<reader>> idle_;
};

}  // namespace tocsin::inline v1::sqlite
