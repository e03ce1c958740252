#include <tocsin/store/sqlite_store.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "sqlite_file.hpp"
#include "sqlite_reader.hpp"
#include "sqlite_writer.hpp"

namespace tocsin::inline v1 {
namespace {

class sqlite_store final : public store {
 public:
  // Without a writer it only reads.
  sqlite_store(std::string path, sqlite::access to_read, std::unique_ptr<sqlite::writer> writer,
               sqlite::record_layout layout)
      : path_(std::move(path)),
        writer_(std::move(writer)),
        layout_(std::move(layout)),
        readers_(path_, to_read, layout_) {}

  store_contents load() override {
    return readers_.ask([](sqlite::reader& r) { return r.load(); });
  }
  void commit(const store_transaction& changes) override { to_write().commit(changes); }

  bool load_entry(std::uint64_t sequence, stored_entry& result) const override {
    return readers_.ask([&](sqlite::reader& r) { return r.load_entry(sequence, result); });
  }
  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const stored_entry&)>& visit) const override {
    readers_.ask([&](sqlite::reader& r) { r.scan_entries(from, to, definitions_only, visit); });
  }
  incident_ptr load_closed(std::uint64_t id) const override {
    return readers_.ask([&](sqlite::reader& r) { return r.load_closed(id); });
  }
  std::uint64_t find_closed_number(std::uint64_t number) const override {
    return readers_.ask([&](sqlite::reader& r) { return r.find_closed_number(number); });
  }
  void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) const override {
    readers_.ask([&](sqlite::reader& r) { r.scan_closed(scan, visit); });
  }
  std::optional<purged_record> find_purged(std::uint64_t id) const override {
    return readers_.ask([&](sqlite::reader& r) { return r.find_purged(id); });
  }
  std::optional<purged_record> find_purged_number(std::uint64_t number) const override {
    return readers_.ask([&](sqlite::reader& r) { return r.find_purged_number(number); });
  }
  remembered_key find_key(person_ref actor, std::string_view idempotency_key) const override {
    return readers_.ask([&](sqlite::reader& r) { return r.find_key(actor, idempotency_key); });
  }
  std::uint64_t load_cursor(std::string_view consumer) const override {
    return readers_.ask([&](sqlite::reader& r) { return r.load_cursor(consumer); });
  }
  void save_cursor(std::string_view consumer, std::uint64_t effect) override {
    to_write().save_cursor(consumer, effect);
  }
  std::uint64_t count_consumers() const override {
    return readers_.ask([](sqlite::reader& r) { return r.count_consumers(); });
  }
  void demand_ownership() const override {
    if (writer_) writer_->demand_ownership();
  }
  std::size_t memory_bytes() const override {
    const std::lock_guard lock(counting_);  // connections are of one thread at a time
    return readers_.memory_bytes() + (writer_ ? writer_->memory_bytes() : 0);
  }
  void backup(const std::string& path) const override {
    const std::string to = sqlite::absolute_path(path);
    sqlite::make_new_file(to);
    try {
      readers_.ask([&](sqlite::reader& r) { r.backup(to); });
    } catch (...) {
      sqlite::remove_file(to);  // half a copy is none
      throw;
    }
  }
  std::optional<derived_rows> load_derived() const override {
    return readers_.ask([](sqlite::reader& r) { return r.load_derived(); });
  }
  void check() const override {
    readers_.ask([](sqlite::reader& r) { r.check(); });
  }

 private:
  sqlite::writer& to_write() {
    if (writer_) return *writer_;
    throw sqlite::file_error(status::failed_precondition, "store.read_only", path_, "it was opened to be read only");
  }

  const std::string path_;
  const std::unique_ptr<sqlite::writer> writer_;  // before the readers: the last to close tidies the log up
  const sqlite::record_layout layout_;
  mutable sqlite::reader_pool readers_;
  mutable std::mutex counting_;
};

std::unique_ptr<store> open_to_read(const std::string& path) {
  const sqlite::access how = sqlite::must_be_read_as_it_is(path) ? sqlite::access::read_as_it_is : sqlite::access::read;
  try {
    const sqlite::connection probe(path, how);
    sqlite::check_version(probe);
    sqlite::record_layout layout = sqlite::read_layout(probe);
    sqlite::check_indexes(probe);
    return std::make_unique<sqlite_store>(path, how, nullptr, std::move(layout));
  } catch (const error& e) {
    if (e.code() == status::io && sqlite::has_log(path)) sqlite::refuse_unreadable_log(path, e.what());
    throw;
  }
}

}  // namespace

std::unique_ptr<store> open_sqlite_store(const sqlite_options& options) {
  const std::string path = sqlite::absolute_path(options.path);
  sqlite::inspect_file(path, options);
  if (options.read_only) return open_to_read(path);
  auto writer = std::make_unique<sqlite::writer>(path, options);
  sqlite::record_layout layout = writer->layout();
  return std::make_unique<sqlite_store>(path, sqlite::access::read, std::move(writer), std::move(layout));
}

}  // namespace tocsin::inline v1
