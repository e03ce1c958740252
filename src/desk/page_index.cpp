#include <tocsin/desk/page_index.hpp>
#include <tocsin/model/escalation_record.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

std::span<const page_index::mark> page_index::find(const key& k) const noexcept {
  const auto found = all_.find(k);
  return found == all_.end() ? std::span<const mark>() : std::span<const mark>(found->second.rising);
}

void page_index::add(const key& k, mark one) {
  marks& to = all_[k];
  if (to.rising.size() >= to.sweep_at) {
    std::erase_if(to.rising, [&](const mark& m) { return m.until < over_; });
    to.sweep_at = 2 * to.rising.size() + 16;
  }
  const auto place = std::ranges::lower_bound(to.rising, one.record, {}, &mark::record);
  if (place == to.rising.end() || place->record != one.record) {
    to.rising.insert(place, one);
  } else {
    place->until = std::max(place->until, one.until);
  }
}

void page_index::add(const incident& record, const record_run& run) {
  if (is_final(record.state_kind)) return;
  for (const page_window& w : run.windows) {
    add({w.person.index, any_service}, {record.id, w.until});
    add({w.person.index, w.service.index}, {record.id, w.service_until});
  }
  for (const paged_person& p : run.paged) {
    if (is_set(p.held_until)) add({p.person.index, held_back}, {record.id, p.held_until});
  }
}

void page_index::add(const incident& record) {
  for (const record_run& run : runs_of(record)) add(record, run);
}

void page_index::forget(const key& k, std::uint64_t record) noexcept {
  const auto found = all_.find(k);
  if (found == all_.end()) return;
  std::erase_if(found->second.rising, [&](const mark& m) { return m.record == record; });
  if (found->second.rising.empty()) all_.erase(found);
}

void page_index::forget(const incident& record) noexcept {
  for (const record_run& run : runs_of(record)) {
    for (const page_window& w : run.windows) {
      forget({w.person.index, any_service}, record.id);
      forget({w.person.index, w.service.index}, record.id);
    }
    for (const paged_person& p : run.paged) forget({p.person.index, held_back}, record.id);
  }
}

std::size_t page_index::memory_bytes() const {
  std::size_t sum = heap_bytes(all_);
  for (const auto& [of, found] : all_) sum += heap_bytes(found.rising);
  return sum;
}

}  // namespace tocsin::inline v1
