// Which live records stand for what machines reported: by source and key, by source, and the maintenance windows (I4). It
// follows from the records alone, so a reload and a fork find it again. What a command left behind that was taken back
// does no harm: whoever asks looks at the record, too.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tocsin/desk/record_map.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

class event_index {
 public:
  // The newest live record, not ended, that stands for the event; null if there is none. A key of "" is that of the record
  // which stands for what is more than the source may have.
  const incident* find(const record_map& live, std::string_view source, std::string_view key) const noexcept;
  // The watch that expects these heartbeats.
  const incident* find_watch(const record_map& live, std::string_view source, std::string_view key) const noexcept;
  // Incidents of the source that were logged after that instant and are not over; counts up to `most`.
  std::size_t count_since(const record_map& live, std::string_view source, instant after, std::size_t most) const;

  // Maintenance windows that are not over, in order of id, each with its condition (null: it has none).
  template <class Visit>
  void each_window(const record_map& live, Visit visit) const {
    for (const auto& [id, where] : windows_) {
      const incident_ptr& record = live.find(id);
      if (record && record->part<incident_maintenance>() && !is_final(record->state_kind)) visit(*record, where.get());
    }
  }
  bool has_windows() const noexcept { return !windows_.empty(); }

  // The record becomes this; `before` is null for a new one.
  void add(const incident& now, const incident* before, const condition_schema& schema);
  // The record is no longer this, but what is `kept` of it; null: nothing.
  void forget(const incident& gone, const incident* kept) noexcept;

  std::size_t memory_bytes() const;

 private:
  using own_key = std::pair<std::string, std::string>;
  using key_view = std::pair<std::string_view, std::string_view>;
  struct key_hash {
    using is_transparent = void;
    std::size_t operator()(const key_view& k) const noexcept {
      const std::hash<std::string_view> hash;
      return hash(k.first) * 31 + hash(k.second);
    }
    std::size_t operator()(const own_key& k) const noexcept { return (*this)(key_view(k)); }
  };
  struct key_equal {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const noexcept { return key_view(a) == key_view(b); }
  };
  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
  };
  using ids = std::vector<std::uint64_t>;  // rising
  using by_key = std::unordered_map<own_key, ids, key_hash, key_equal>;

  static void add_id(ids& all, std::uint64_t id);
  static void add_to(by_key& all, key_view at, std::uint64_t id);
  static void remove_from(by_key& all, key_view at, std::uint64_t id) noexcept;

  by_key incidents_;
  by_key watches_;
  std::unordered_map<std::string, ids, text_hash, std::equal_to<>> sources_;
  std::map<std::uint64_t, std::shared_ptr<const condition>> windows_;
};

}  // namespace tocsin::inline v1
