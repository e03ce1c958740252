#include <tocsin/store/memory_store.hpp>

#include <tocsin/base/heap_bytes.hpp>
#include <tocsin/desk/memory.hpp>
#include <tocsin/desk/record_map.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace tocsin::inline v1 {
namespace {

// Bytes end to end in chunks, which never move, each twice as large as the one before up to a megabyte.
class arena {
 public:
  byte_view keep(byte_view data) {
    if (data.size() > chunk_most) return chunks_.emplace_back(data.begin(), data.end());
    if (chunks_.empty() || chunks_[current_].capacity() - chunks_[current_].size() < data.size()) {
      chunks_.emplace_back().reserve(std::max(chunk_size_, data.size()));
      chunk_size_ = std::min(2 * chunk_size_, chunk_most);
      current_ = chunks_.size() - 1;
    }
    std::vector<std::uint8_t>& chunk = chunks_[current_];
    const std::size_t start = chunk.size();
    chunk.insert(chunk.end(), data.begin(), data.end());
    return byte_view(chunk).subspan(start);
  }

  std::size_t memory_bytes() const {
    std::size_t sum = heap_bytes(chunks_);
    for (const auto& chunk : chunks_) sum += heap_bytes(chunk);
    return sum;
  }

 private:
  static constexpr std::size_t chunk_most = 1u << 20;
  std::size_t chunk_size_ = 1u << 14;
  std::deque<std::vector<std::uint8_t>> chunks_;
  std::size_t current_ = 0;
};

struct kept_entry {
  byte_view bytes;
  byte_view aside;
  digest hash;
  instant fired_at;
  bool has_definitions;
};

struct key_of_actor {
  person_ref actor;
  std::string key;

  friend bool operator==(const key_of_actor&, const key_of_actor&) = default;
};

struct key_hash {
  std::size_t operator()(const key_of_actor& k) const noexcept {
    return std::hash<std::string>{}(k.key) * 31 + k.actor.index;
  }
};

class memory_store final : public store {
 public:
  store_contents load() override { return {}; }

  // What may fail comes first and leaves nothing behind; then nothing can fail.
  void commit(const store_transaction& changes) override {
    const std::unique_lock lock(mutex_);
    std::vector<kept_entry> kept;
    kept.reserve(changes.entries.size());
    for (const entry_change& e : changes.entries) {
      kept.push_back({arena_.keep(e.stored.bytes), arena_.keep(e.stored.aside), e.stored.hash, e.stored.fired_at,
                      e.traits.has_definitions});
    }
    std::vector<byte_view> erased;
    for (const aside_change& e : changes.erasures) erased.push_back(arena_.keep(e.aside));
    for (const record_change& r : changes.records) {
      if (is_final(r.record->state_kind)) closed_.reserve(r.record->id);
    }
    const std::size_t before = entries_.size();
    try {
      keep_keys(changes);
      keep_numbers(changes);
      for (const purged_record& r : changes.purged) {
        purged_.emplace(r.id, r);
        purged_numbers_.emplace(r.number, r.id);
      }
      entries_.insert(entries_.end(), kept.begin(), kept.end());
    } catch (...) {
      entries_.resize(before);
      for (; !key_order_.empty() && key_order_.back().of.sequence > before; key_order_.pop_back()) {
        keys_.erase(key_order_.back().key);
      }
      for (const purged_record& r : changes.purged) {
        purged_.erase(r.id);
        purged_numbers_.erase(r.number);
      }
      throw;
    }
    for (const record_change& r : changes.records) {
      if (is_final(r.record->state_kind)) closed_.set(r.record->id, r.record);
    }
    for (std::size_t i = 0; i < erased.size(); ++i) entries_[changes.erasures[i].sequence - 1].aside = erased[i];
    for (const purged_record& r : changes.purged) {
      closed_.set(r.id, nullptr);
      numbers_.erase(r.number);
    }
    for (const std::uint64_t sequence : changes.emptied_entries) {
      entries_[sequence - 1].bytes = {};  // the chunks that they stand in stay
      entries_[sequence - 1].aside = {};
    }
  }

  std::size_t memory_bytes() const override {
    const std::shared_lock lock(mutex_);
    std::size_t sum = arena_.memory_bytes() + heap_bytes(entries_) + closed_.memory_bytes() + heap_bytes(numbers_) +
                      heap_bytes(purged_) + heap_bytes(purged_numbers_) + heap_bytes(keys_) + heap_bytes(key_order_) +
                      heap_bytes(cursors_);
    closed_.each([&](const incident_ptr& record) { return sum += tocsin::memory_bytes(*record), true; });
    for (const auto& [key, known] : keys_) sum += heap_bytes(key.key);
    for (const kept_key& one : key_order_) sum += heap_bytes(one.key.key);
    return sum;
  }

  bool load_entry(std::uint64_t sequence, stored_entry& result) const override {
    const std::shared_lock lock(mutex_);
    if (sequence == 0 || sequence > entries_.size()) return false;
    result = stored(sequence);
    return true;
  }

  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const stored_entry&)>& visit) const override {
    stored_entry next;
    for (std::uint64_t sequence = std::max<std::uint64_t>(from, 1); sequence <= to; ++sequence) {
      {
        const std::shared_lock lock(mutex_);
        if (sequence > entries_.size()) return;
        if (definitions_only && !entries_[sequence - 1].has_definitions) continue;
        next = stored(sequence);
      }
      if (!visit(next)) return;
    }
  }

  incident_ptr load_closed(std::uint64_t id) const override {
    const std::shared_lock lock(mutex_);
    return closed_.find(id);
  }

  std::uint64_t find_closed_number(std::uint64_t number) const override {
    const std::shared_lock lock(mutex_);
    const auto found = numbers_.find(number);
    if (found != numbers_.end()) return closed_.find(found->second) ? found->second : 0;
    const incident_ptr& same = closed_.find(number);
    return same && same->number == number ? number : 0;
  }

  void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) const override {
    std::vector<std::pair<std::int64_t, incident_ptr>> found;
    {
      const std::shared_lock lock(mutex_);
      closed_.each([&](const incident_ptr& record) {
        const std::int64_t value = index_value(*record, scan.index);
        if (value < scan.least || value > scan.most) return true;
        if (record->last_entry > scan.or_touched_after || meets_all(scan.tests, *record)) {
          found.emplace_back(value, record);
        }
        return true;
      });
    }
    std::ranges::stable_sort(found, {}, [](const auto& item) { return std::pair(item.first, item.second->id); });
    for (const auto& [value, record] : found) {
      if (!visit(record)) return;
    }
  }

  std::optional<purged_record> find_purged(std::uint64_t id) const override {
    const std::shared_lock lock(mutex_);
    const auto found = purged_.find(id);
    return found == purged_.end() ? std::nullopt : std::optional(found->second);
  }

  std::optional<purged_record> find_purged_number(std::uint64_t number) const override {
    const std::shared_lock lock(mutex_);
    const auto found = purged_numbers_.find(number);
    return found == purged_numbers_.end() ? std::nullopt : std::optional(purged_.at(found->second));
  }

  remembered_key find_key(person_ref actor, std::string_view key) const override {
    const std::shared_lock lock(mutex_);
    const auto found = keys_.find({actor, std::string(key)});
    return found == keys_.end() ? remembered_key{} : found->second;
  }

  std::uint64_t load_cursor(std::string_view consumer) const override {
    const std::shared_lock lock(mutex_);
    const auto found = cursors_.find(consumer);
    return found == cursors_.end() ? 0 : found->second;
  }

  void save_cursor(std::string_view consumer, std::uint64_t effect) override {
    const std::unique_lock lock(mutex_);
    cursors_.insert_or_assign(std::string(consumer), effect);
  }

  std::uint64_t count_consumers() const override {
    const std::shared_lock lock(mutex_);
    return cursors_.size();
  }

  void check() const override {}

 private:
  stored_entry stored(std::uint64_t sequence) const {
    const kept_entry& e = entries_[sequence - 1];
    return {sequence, {e.bytes.begin(), e.bytes.end()}, {e.aside.begin(), e.aside.end()}, e.hash, e.fired_at};
  }

  // Only of records whose number is not their id. An entry too many does no harm: it is held against the record.
  void keep_numbers(const store_transaction& changes) {
    for (const record_change& r : changes.records) {
      if (is_final(r.record->state_kind) && r.record->number != r.record->id) numbers_[r.record->number] = r.record->id;
    }
  }

  // Keys are in the order of their entries, so the oldest are at the front.
  void keep_keys(const store_transaction& changes) {
    for (const entry_change& e : changes.entries) {
      if (e.idempotency_key.empty()) continue;
      const remembered_key remembered{e.stored.sequence, e.recorded_at};
      key_order_.push_back({remembered, {e.actor, e.idempotency_key}});
      keys_[key_order_.back().key] = remembered;
    }
    const auto may_go = [&](const kept_key& oldest) {
      return !is_latest(oldest) || oldest.of.recorded_at < changes.keys_since || keys_.size() > changes.keys_max;
    };
    while (!key_order_.empty() && may_go(key_order_.front())) {
      if (is_latest(key_order_.front())) keys_.erase(key_order_.front().key);
      key_order_.pop_front();
    }
  }

  struct kept_key {
    remembered_key of;
    key_of_actor key;
  };

  // A key that was used again belongs to its later entry.
  bool is_latest(const kept_key& one) const {
    const auto found = keys_.find(one.key);
    return found != keys_.end() && found->second.sequence == one.of.sequence;
  }

  mutable std::shared_mutex mutex_;  // forks read while their parent commits
  arena arena_;
  std::deque<kept_entry> entries_;
  record_map closed_;
  std::unordered_map<std::uint64_t, std::uint64_t> numbers_;
  std::unordered_map<std::uint64_t, purged_record> purged_;  // by id
  std::unordered_map<std::uint64_t, std::uint64_t> purged_numbers_;
  std::unordered_map<key_of_actor, remembered_key, key_hash> keys_;
  std::deque<kept_key> key_order_;
  std::map<std::string, std::uint64_t, std::less<>> cursors_;
};

}  // namespace

std::unique_ptr<store> make_memory_store() { return std::make_unique<memory_store>(); }

}  // namespace tocsin::inline v1
