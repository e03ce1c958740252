// The records that are not over, by id. Copying shares pages of them, so a fork of a million costs some thousand pointers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <tocsin/base/heap_bytes.hpp>
#include <tocsin/base/sole_owner.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

class record_map {
 public:
  // Null where there is none. The reference is good until the next change.
  const incident_ptr& find(std::uint64_t id) const noexcept {
    const std::size_t index = id / page_size;
    return index < pages_.size() && pages_[index] ? (*pages_[index])[id % page_size] : none_;
  }

  // The record will be needed soon: memory may begin to fetch it.
  void expect(std::uint64_t id) const noexcept {
#if defined(__GNUC__)
    const auto* record = reinterpret_cast<const char*>(find(id).get());
    for (std::size_t line = 0; record && line < sizeof(incident); line += 64) __builtin_prefetch(record + line);
#else
    static_cast<void>(id);
#endif
  }

  // Makes place for the id, so that `set` of it cannot fail.
  void reserve(std::uint64_t id) { slot(id); }

  void set(std::uint64_t id, incident_ptr record) {
    incident_ptr& place = slot(id);
    size_ += (record != nullptr) - static_cast<std::size_t>(place != nullptr);
    place = std::move(record);
  }

  std::size_t size() const noexcept { return size_; }

  // In order of id, until the visitor answers false.
  template <class Visit>
  void each(Visit visit) const {
    for (const auto& p : pages_) {
      if (!p) continue;
      for (const incident_ptr& record : *p) {
        if (record && !visit(record)) return;
      }
    }
  }

  // Its pages; what stands in them is not counted.
  std::size_t memory_bytes() const noexcept {
    std::size_t used = 0;
    for (const auto& p : pages_) used += p != nullptr;
    return heap_bytes(pages_) + used * (sizeof(page) + shared_block_bytes);
  }

 private:
  static inline const incident_ptr none_;
  static constexpr std::size_t page_size = 256;
  using page = std::array<incident_ptr, page_size>;

  incident_ptr& slot(std::uint64_t id) {
    const std::size_t index = id / page_size;
    if (index >= pages_.size()) pages_.resize(index + 1);
    std::shared_ptr<page>& p = pages_[index];
    if (!p) {
      p = std::make_shared<page>();
    } else if (!is_sole_owner(p)) {
      p = std::make_shared<page>(*p);  // a fork looks at it, too
    }
    return (*p)[id % page_size];
  }

  std::vector<std::shared_ptr<page>> pages_;
  std::size_t size_ = 0;
};

}  // namespace tocsin::inline v1
