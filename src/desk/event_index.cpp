#include <tocsin/desk/event_index.hpp>
#include <tocsin/model/monitoring.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_watch(const incident_monitoring& m) { return m.expires_after.us != 0; }

// Calls `visit(source, key)` for each event that the record stands for.
template <class Visit>
void each_key(const incident_monitoring& m, Visit visit) {
  if (!m.source.empty()) visit(std::string_view(m.source), std::string_view(m.dedup_key));
  for (const bundled_event& b : m.bundled) visit(std::string_view(b.source), std::string_view(b.dedup_key));
}

bool stands_for(const incident& record, std::string_view source, std::string_view key) {
  bool found = false;
  if (const auto* m = record.part<incident_monitoring>()) {
    each_key(*m, [&](std::string_view s, std::string_view k) { found = found || (s == source && k == key); });
  }
  return found;
}

}  // namespace

const incident* event_index::find(const record_map& live, std::string_view source,
                                  std::string_view key) const noexcept {
  const auto found = incidents_.find(key_view(source, key));
  if (found == incidents_.end()) return nullptr;
  for (auto id = found->second.rbegin(); id != found->second.rend(); ++id) {
    const incident_ptr& record = live.find(*id);
    if (record && !is_final(record->state_kind) && stands_for(*record, source, key)) return record.get();
  }
  return nullptr;
}

const incident* event_index::find_watch(const record_map& live, std::string_view source,
                                        std::string_view key) const noexcept {
  const auto found = watches_.find(key_view(source, key));
  if (found == watches_.end()) return nullptr;
  for (auto id = found->second.rbegin(); id != found->second.rend(); ++id) {
    const incident_ptr& record = live.find(*id);
    if (record && !is_final(record->state_kind) && stands_for(*record, source, key)) return record.get();
  }
  return nullptr;
}

std::size_t event_index::count_since(const record_map& live, std::string_view source, instant after,
                                     std::size_t most) const {
  const auto found = sources_.find(source);
  if (found == sources_.end()) return 0;
  std::size_t count = 0;
  for (auto id = found->second.rbegin(); id != found->second.rend() && count < most; ++id) {
    const incident_ptr& record = live.find(*id);
    const auto* m = record ? record->part<incident_monitoring>() : nullptr;
    if (!m || m->source != source) continue;
    if (record->recorded_at <= after) break;  // ids rise with the desk's clock
    if (!is_final(record->state_kind)) ++count;
  }
  return count;
}

void event_index::add_id(ids& all, std::uint64_t id) {
  const auto place = std::ranges::lower_bound(all, id);
  if (place == all.end() || *place != id) all.insert(place, id);
}

void event_index::add_to(by_key& all, key_view at, std::uint64_t id) {
  const auto found = all.find(at);
  add_id(found != all.end() ? found->second : all[own_key(at)], id);
}

void event_index::remove_from(by_key& all, key_view at, std::uint64_t id) noexcept {
  const auto found = all.find(at);
  if (found == all.end()) return;
  std::erase(found->second, id);
  if (found->second.empty()) all.erase(found);
}

void event_index::add(const incident& now, const incident* before, const condition_schema& schema) {
  if (is_final(now.state_kind)) return;
  if (const auto* window = now.part<incident_maintenance>(); window && !before) {
    const std::string& where = window->maintenance_where.text;
    windows_[now.id] = where.empty() ? nullptr : std::make_shared<const condition>(compile_condition(where, schema));
  }
  const auto* const kept = now.part<incident_monitoring>();
  const auto* const was = before ? before->part<incident_monitoring>() : nullptr;
  if (!kept || kept == was) return;
  const incident_monitoring& m = *kept;
  const bool watch = is_watch(m);
  each_key(m, [&](std::string_view source, std::string_view key) {
    if (before && stands_for(*before, source, key)) return;
    add_to(watch ? watches_ : incidents_, {source, key}, now.id);
  });
  if (watch || m.source.empty() || was) return;
  const auto found = sources_.find(std::string_view(m.source));
  add_id(found != sources_.end() ? found->second : sources_[m.source], now.id);
}

void event_index::forget(const incident& gone, const incident* kept) noexcept {
  if (gone.part<incident_maintenance>() && !kept) windows_.erase(gone.id);
  const auto* const was = gone.part<incident_monitoring>();
  const auto* const now = kept ? kept->part<incident_monitoring>() : nullptr;
  if (!was || was == now) return;
  const incident_monitoring& m = *was;
  each_key(m, [&](std::string_view source, std::string_view key) {
    if (kept && stands_for(*kept, source, key)) return;
    remove_from(is_watch(m) ? watches_ : incidents_, {source, key}, gone.id);
  });
  if (m.source.empty() || now) return;
  const auto found = sources_.find(std::string_view(m.source));
  if (found == sources_.end()) return;
  std::erase(found->second, gone.id);
  if (found->second.empty()) sources_.erase(found);
}

std::size_t event_index::memory_bytes() const {
  std::size_t sum = heap_bytes(incidents_) + heap_bytes(watches_) + heap_bytes(sources_) + heap_bytes(windows_);
  for (const by_key* all : {&incidents_, &watches_}) {
    for (const auto& [key, found] : *all) sum += heap_bytes(key.first) + heap_bytes(key.second) + heap_bytes(found);
  }
  for (const auto& [source, found] : sources_) sum += heap_bytes(source) + heap_bytes(found);
  return sum;
}

}  // namespace tocsin::inline v1
