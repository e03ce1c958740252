#include "fork_store.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/base/heap_bytes.hpp>
#include <tocsin/desk/memory.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>

namespace tocsin::inline v1 {
namespace {

class fork_store final : public store {
 public:
  fork_store(std::shared_ptr<const store> parent, std::uint64_t base, rewind_record rewind)
      : parent_(std::move(parent)), base_(base), rewind_(std::move(rewind)) {}

  store_contents load() override {
    throw error(status::internal, "fork.load", "a fork takes its records from its parent");
  }

  // What may fail comes first and leaves nothing behind; then nothing can fail.
  void commit(const store_transaction& changes) override {
    std::vector<stored_entry> entries;
    decltype(keys_) keys;
    decltype(closed_) closed;
    decltype(asides_) asides;
    decltype(purged_) purged;
    decltype(emptied_) emptied(changes.emptied_entries.begin(), changes.emptied_entries.end());
    for (const entry_change& e : changes.entries) {
      entries.push_back(e.stored);
      if (!e.idempotency_key.empty()) keys[{e.actor.index, e.idempotency_key}] = {e.stored.sequence, e.recorded_at};
    }
    for (const record_change& r : changes.records) {
      if (is_final(r.record->state_kind)) closed[r.record->id] = r.record;
    }
    for (const aside_change& erased : changes.erasures) asides[erased.sequence] = erased.aside;
    for (const purged_record& gone : changes.purged) purged[gone.id] = gone;
    entries_.insert(entries_.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    put(keys_, keys);
    put(closed_, closed);
    put(asides_, asides);
    put(purged_, purged);
    emptied_.merge(emptied);
  }

  std::size_t memory_bytes() const override {
    std::size_t sum = heap_bytes(entries_) + heap_bytes(closed_) + heap_bytes(keys_) + heap_bytes(asides_) +
                      heap_bytes(purged_) + emptied_.size() * (sizeof(std::uint64_t) + tree_node_bytes);
    for (const stored_entry& e : entries_) sum += heap_bytes(e.bytes) + heap_bytes(e.aside);
    for (const auto& [id, record] : closed_) sum += tocsin::memory_bytes(*record);
    for (const auto& [key, known] : keys_) sum += heap_bytes(key.second);
    for (const auto& [sequence, aside] : asides_) sum += heap_bytes(aside);
    return sum;
  }

  bool load_entry(std::uint64_t sequence, stored_entry& result) const override {
    if (sequence <= base_) {
      if (!parent_->load_entry(sequence, result)) return false;
    } else {
      if (sequence - base_ > entries_.size()) return false;
      result = entries_[sequence - base_ - 1];
    }
    if (const auto erased = asides_.find(sequence); erased != asides_.end()) result.aside = erased->second;
    if (emptied_.contains(sequence)) result.bytes.clear(), result.aside.clear();
    return true;
  }

  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const stored_entry&)>& visit) const override {
    bool go_on = true;
    if (from <= base_) {
      parent_->scan_entries(from, std::min(to, base_), definitions_only, [&](const stored_entry& e) {
        return go_on = visit(emptied_.contains(e.sequence) ? stored_entry{e.sequence, {}, {}, e.hash, e.fired_at} : e);
      });
    }
    for (const stored_entry& e : entries_) {
      if (!go_on) return;
      if (e.sequence >= from && e.sequence <= to) go_on = visit(e);
    }
  }

  incident_ptr load_closed(std::uint64_t id) const override {
    if (purged_.contains(id)) return nullptr;
    if (const auto own = closed_.find(id); own != closed_.end()) return own->second;
    const incident_ptr record = parent_->load_closed(id);
    return record ? as_at_fork(record) : nullptr;
  }

  std::uint64_t find_closed_number(std::uint64_t number) const override {
    for (const auto& [id, record] : closed_) {
      if (record->number == number) return purged_.contains(id) ? 0 : id;
    }
    const std::uint64_t id = parent_->find_closed_number(number);
    return id != 0 && load_closed(id) ? id : 0;
  }

  void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) const override {
    std::map<std::pair<std::int64_t, std::uint64_t>, incident_ptr> own;
    const auto keep = [&](const incident_ptr& record) {
      const std::int64_t key = index_value(*record, scan.index);
      if (key >= scan.least && key <= scan.most) own.emplace(std::pair(key, record->id), record);
    };
    for (const auto& [id, record] : closed_) {
      if (purged_.contains(id)) continue;
      if (record->last_entry > scan.or_touched_after || meets_all(scan.tests, *record)) keep(record);
    }
    record_scan of_parent = scan;
    of_parent.or_touched_after = base_;
    // Where a record may stand elsewhere by now than at the fork, all of the parent's are looked at first.
    if (const field_row* amended = amended_field(scan.index)) {
      of_parent.tests.push_back({.field = amended, .least = scan.least, .most = scan.most, .values = {}});
      of_parent.index = record_index::id;
      of_parent.least = std::numeric_limits<std::int64_t>::min();
      of_parent.most = std::numeric_limits<std::int64_t>::max();
      parent_->scan_closed(of_parent, [&](const incident_ptr& theirs) {
        if (const incident_ptr record = at_fork(theirs, scan)) keep(record);
        return true;
      });
      for (const auto& [at, record] : own) {
        if (!visit(record)) return;
      }
      return;
    }
    auto next = own.begin();
    bool go_on = true;
    parent_->scan_closed(of_parent, [&](const incident_ptr& theirs) {
      const incident_ptr record = at_fork(theirs, scan);
      if (!record) return true;
      const std::pair at{index_value(*record, scan.index), record->id};
      while (go_on && next != own.end() && next->first < at) go_on = visit((next++)->second);
      return go_on = go_on && visit(record);
    });
    while (go_on && next != own.end()) go_on = visit((next++)->second);
  }

  std::optional<purged_record> find_purged(std::uint64_t id) const override {
    if (const auto own = purged_.find(id); own != purged_.end()) return own->second;
    return parent_->find_purged(id);
  }

  std::optional<purged_record> find_purged_number(std::uint64_t number) const override {
    for (const auto& [id, gone] : purged_) {
      if (gone.number == number) return gone;
    }
    return parent_->find_purged_number(number);
  }

  remembered_key find_key(person_ref actor, std::string_view key) const override {
    if (const auto own = keys_.find({actor.index, std::string(key)}); own != keys_.end()) return own->second;
    const remembered_key theirs = parent_->find_key(actor, key);
    return theirs.sequence <= base_ ? theirs : remembered_key{};
  }

  std::uint64_t load_cursor(std::string_view) const override { return 0; }
  void save_cursor(std::string_view, std::uint64_t) override {}
  std::uint64_t count_consumers() const override { return 0; }
  void check() const override {}

 private:
  template <class Map>
  static void put(Map& all, Map& added) noexcept {
    while (!added.empty()) {
      auto done = all.insert(added.extract(added.begin()));
      if (!done.inserted) done.position->second = std::move(done.node.mapped());
    }
  }

  // The indexed field that may change after the end, because it was erased; null: the index is of another.
  static const field_row* amended_field(record_index index) {
    if (index != record_index::caller) return nullptr;
    return &*std::ranges::find(incident::fields(), "caller", &field_row::name);
  }

  // What the fork has of a record that the parent shows; null where it is not to be shown.
  incident_ptr at_fork(const incident_ptr& theirs, const record_scan& scan) const {
    if (closed_.contains(theirs->id) || purged_.contains(theirs->id)) return nullptr;
    if (theirs->last_entry <= base_) return theirs;
    const incident_ptr whole = scan.only ? parent_->load_closed(theirs->id) : theirs;
    const incident_ptr record = whole ? as_at_fork(whole) : nullptr;
    return record && meets_all(scan.tests, *record) ? record : nullptr;
  }

  // Null where it was not closed yet: then the fork has it among its live records.
  incident_ptr as_at_fork(const incident_ptr& record) const {
    if (record->last_entry <= base_) return record;
    incident_ptr then = rewind_(*parent_, *record, base_);
    return then && is_final(then->state_kind) ? then : nullptr;
  }

  std::shared_ptr<const store> parent_;
  std::uint64_t base_;
  rewind_record rewind_;
  std::vector<stored_entry> entries_;
  std::map<std::uint64_t, incident_ptr> closed_;
  std::map<std::pair<std::uint32_t, std::string>, remembered_key> keys_;  // by actor and key
  std::map<std::uint64_t, std::vector<std::uint8_t>> asides_;
  std::map<std::uint64_t, purged_record> purged_;
  std::set<std::uint64_t> emptied_;
};

class empty_store final : public store {
 public:
  store_contents load() override { return {}; }
  void commit(const store_transaction&) override {
    throw error(status::internal, "store.empty", "an empty store takes nothing");
  }
  bool load_entry(std::uint64_t, stored_entry&) const override { return false; }
  void scan_entries(std::uint64_t, std::uint64_t, bool,
                    const std::function<bool(const stored_entry&)>&) const override {}
  incident_ptr load_closed(std::uint64_t) const override { return nullptr; }
  std::uint64_t find_closed_number(std::uint64_t) const override { return 0; }
  void scan_closed(const record_scan&, const std::function<bool(const incident_ptr&)>&) const override {}
  std::optional<purged_record> find_purged(std::uint64_t) const override { return std::nullopt; }
  std::optional<purged_record> find_purged_number(std::uint64_t) const override { return std::nullopt; }
  remembered_key find_key(person_ref, std::string_view) const override { return {}; }
  std::uint64_t load_cursor(std::string_view) const override { return 0; }
  void save_cursor(std::string_view, std::uint64_t) override {}
  std::uint64_t count_consumers() const override { return 0; }
  void check() const override {}
};

}  // namespace

std::unique_ptr<store> make_empty_store() { return std::make_unique<empty_store>(); }

std::unique_ptr<store> make_fork_store(std::shared_ptr<const store> parent, std::uint64_t base, rewind_record rewind) {
  return std::make_unique<fork_store>(std::move(parent), base, std::move(rewind));
}

}  // namespace tocsin::inline v1
