// The ids of effects: rising over the journal, and found again from it. Hosts deduplicate by them, and name by them what
// they report on.
#pragma once

#include <cstddef>
#include <cstdint>

#include <tocsin/base/limits.hpp>

namespace tocsin::inline v1 {

inline constexpr std::uint64_t effects_per_entry = 1024;
static_assert(limits::events_per_entry_max < effects_per_entry);

// Of the event at that place of the entry, from 0.
constexpr std::uint64_t effect_id(std::uint64_t sequence, std::size_t place) {
  return sequence * effects_per_entry + place;
}
constexpr std::uint64_t entry_of_effect(std::uint64_t id) { return id / effects_per_entry; }
constexpr std::size_t place_of_effect(std::uint64_t id) { return static_cast<std::size_t>(id % effects_per_entry); }

}  // namespace tocsin::inline v1
