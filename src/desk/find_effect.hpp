// An effect that the outbox gave, found again in the journal by its id.
#pragma once

#include <optional>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/effect_id.hpp>
#include <tocsin/desk/entry.hpp>

namespace tocsin::inline v1 {

// Nothing if no effect has that id, or if it is of another kind, of another record, or purged.
template <class Effect>
std::optional<Effect> find_effect(const record_lookup& records, record_ref record, std::uint64_t id) {
  stored_entry stored;
  if (!records.where->load_entry(entry_of_effect(id), stored) || is_purged(stored)) return std::nullopt;
  sha256 hasher;
  entry e = decode_entry(stored, hasher);
  const std::size_t place = place_of_effect(id);
  if (place >= e.events.size() || !(e.events[place].record == record)) return std::nullopt;
  Effect* const found = e.events[place].body.template get_if<Effect>();
  return found ? std::optional(std::move(*found)) : std::nullopt;
}

}  // namespace tocsin::inline v1
