// A store that fails on demand, before it does anything: what lies under it is never touched by a call that fails.
#pragma once

#include <memory>
#include <utility>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/store.hpp>
#include <tocsin/store/memory_store.hpp>

namespace office {

class failing_store final : public tocsin::store {
 public:
  explicit failing_store(std::shared_ptr<tocsin::store> under = tocsin::make_memory_store())
      : under_(std::move(under)) {}

  // The n-th call from now fails, once; 0: none.
  void fail_call(int n) { calls_until_failure_ = n; }
  void fail_commit(int n) { commits_until_failure_ = n; }

  tocsin::store_contents load() override { return count(), under_->load(); }
  void commit(const tocsin::store_transaction& changes) override {
    count();
    if (commits_until_failure_ != 0 && --commits_until_failure_ == 0) fail();
    under_->commit(changes);
  }
  bool load_entry(std::uint64_t sequence, tocsin::stored_entry& result) const override {
    return count(), under_->load_entry(sequence, result);
  }
  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const tocsin::stored_entry&)>& visit) const override {
    count();
    under_->scan_entries(from, to, definitions_only, visit);
  }
  tocsin::incident_ptr load_closed(std::uint64_t id) const override { return count(), under_->load_closed(id); }
  std::uint64_t find_closed_number(std::uint64_t number) const override {
    return count(), under_->find_closed_number(number);
  }
  void scan_closed(const tocsin::record_scan& scan,
                   const std::function<bool(const tocsin::incident_ptr&)>& visit) const override {
    count();
    under_->scan_closed(scan, visit);
  }
  std::optional<tocsin::purged_record> find_purged(std::uint64_t id) const override {
    return count(), under_->find_purged(id);
  }
  std::optional<tocsin::purged_record> find_purged_number(std::uint64_t number) const override {
    return count(), under_->find_purged_number(number);
  }
  tocsin::remembered_key find_key(tocsin::person_ref actor, std::string_view key) const override {
    return count(), under_->find_key(actor, key);
  }
  std::uint64_t load_cursor(std::string_view consumer) const override { return count(), under_->load_cursor(consumer); }
  void save_cursor(std::string_view consumer, std::uint64_t effect) override {
    count(), under_->save_cursor(consumer, effect);
  }
  std::uint64_t count_consumers() const override { return count(), under_->count_consumers(); }
  void check() const override { count(), under_->check(); }

 private:
  [[noreturn]] static void fail() { throw tocsin::error(tocsin::status::io, "test.disk", "the disk has gone"); }
  void count() const {
    if (calls_until_failure_ != 0 && --calls_until_failure_ == 0) fail();
  }

  std::shared_ptr<tocsin::store> under_;
  mutable int calls_until_failure_ = 0;
  int commits_until_failure_ = 0;
};

}  // namespace office
