// Which live records may have paged somebody lately, and which hold pages back (E5). It follows from the records alone, so a
// reload and a fork find it again. It may name too many: whoever asks looks at the record, too.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

class page_index {
 public:
  struct mark {
    std::uint64_t record = 0;
    instant until = no_instant;  // of no use after it
  };

  // In order of id: records that paged the person in a window that may be under way, about any service, or about that one.
  std::span<const mark> paged(person_ref person) const noexcept { return find({person.index, any_service}); }
  std::span<const mark> paged(person_ref person, service_ref service) const noexcept {
    return find({person.index, service.index});
  }
  // Records that hold pages to the person.
  std::span<const mark> held(person_ref person) const noexcept { return find({person.index, held_back}); }

  // Every run of the record, or a run of it that changed.
  void add(const incident& record);
  void add(const incident& record, const record_run& run);
  // The record has ended.
  void forget(const incident& record) noexcept;
  // What was of use until before then may go; nothing is asked of earlier instants any more.
  void forget_before(instant clock) noexcept { over_ = clock; }

  std::size_t memory_bytes() const;

 private:
  struct key {
    std::uint32_t person = 0;
    std::uint32_t service = 0;

    friend bool operator==(const key&, const key&) = default;
  };
  struct key_hash {
    std::size_t operator()(const key& k) const noexcept {
      return std::hash<std::uint64_t>()(std::uint64_t{k.person} << 32 | k.service);
    }
  };
  struct marks {
    std::vector<mark> rising;
    std::size_t sweep_at = 16;  // so many, and what is over goes first
  };
  static constexpr std::uint32_t any_service = UINT32_MAX;
  static constexpr std::uint32_t held_back = UINT32_MAX - 1;

  std::span<const mark> find(const key& k) const noexcept;
  void add(const key& k, mark one);
  void forget(const key& k, std::uint64_t record) noexcept;

  std::unordered_map<key, marks, key_hash> all_;
  instant over_ = no_instant;
};

}  // namespace tocsin::inline v1
