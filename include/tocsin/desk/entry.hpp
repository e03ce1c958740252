// An entry of the journal: when, who, what was asked, what followed; and its bytes, which are fixed for ever
// (docs/journal.md describes them).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/bytes.hpp>
#include <tocsin/base/field_bytes.hpp>
#include <tocsin/base/hash.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

inline constexpr std::uint8_t entry_format = 1;
inline constexpr std::uint8_t entry_format_with_key = 2;  // the idempotency key stands behind a commitment, too

struct entry {
  std::uint64_t sequence = 0;        // from 1, without gaps
  instant recorded_at = no_instant;  // the desk's clock; never earlier than that of the entry before
  instant stated_at = no_instant;    // what the command said; earlier within the tolerance (D1)
  person_ref actor;
  std::string idempotency_key;
  command asked;  // empty: a timer fired
  std::vector<event> events;
};

// The bytes of one entry and what stands beside them.
struct stored_entry {
  std::uint64_t sequence = 0;
  std::vector<std::uint8_t> bytes;  // hashed; empty: the entry was purged
  std::vector<std::uint8_t> aside;  // personal values with their salts: not hashed, may be erased (D10)
  digest hash{};                    // of the hash before and the bytes
  instant fired_at = no_instant;    // of a timer: the `now` of the advance that fired it (D8); not hashed
};

void encode_entry(const entry& e, byte_writer& to, commitment_writer& personal_values);

// Throws `not_found` for an entry that was purged, `corrupt` for bytes that are none of an entry, `unsupported` for those
// of a newer library.
entry decode_entry(const stored_entry& stored, sha256& hasher);

// What stands beside an entry without what names the person with this key; the same where nothing does.
std::vector<std::uint8_t> aside_without_person(const stored_entry& stored, std::string_view key, sha256& hasher);

// What stands beside an entry without what it says of the record in personal members; with `texts`, in those that can be
// erased besides, too. What a command says belongs to the record that it is about, or that it made.
std::vector<std::uint8_t> aside_without_record(const stored_entry& stored, record_ref record, bool texts,
                                               sha256& hasher);

// The hash that an entry has in the chain.
digest chain_hash(sha256& hasher, const digest& before, byte_view bytes);

inline bool is_purged(const stored_entry& stored) { return stored.bytes.empty(); }

// Does the entry publish definitions; has it effects? Without decoding the whole of it.
struct entry_traits {
  bool has_definitions = false;
  bool has_effects = false;
};
entry_traits traits_of(const entry& e);

}  // namespace tocsin::inline v1
