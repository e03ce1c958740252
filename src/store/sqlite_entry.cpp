#include "sqlite_entry.hpp"

#include <algorithm>

namespace tocsin::inline v1::sqlite {
namespace {

enum place : int { sequence = 1, recorded_at, fired_at, actor, command, flags, sum_of_row, hash, bytes, aside };
constexpr int column(place p) { return p - 1; }

std::int64_t flags_of(entry_traits traits) { return (traits.has_definitions ? 1 : 0) | (traits.has_effects ? 2 : 0); }

// What the row says beside its bytes.
struct margin {
  std::int64_t sequence, recorded_at, fired_at, actor, command, flags;
  std::span<const std::uint8_t> hash;
};

std::int64_t checksum_of(checksum& sum, const margin& m) {
  byte_writer& to = sum.begin();
  for (const std::int64_t value : {m.sequence, m.recorded_at, m.fired_at, m.actor, m.command, m.flags}) {
    to.signed_number(value);
  }
  to.bytes(m.hash);
  return sum.end();
}

instant fired_at_of(const statement& row) {
  return row.is_null(column(fired_at)) ? no_instant : instant{row.integer(column(fired_at))};
}

[[noreturn]] void refuse(const std::string& path, const statement& row, const std::string& why) {
  const std::string which = std::to_string(row.integer(column(sequence)));
  throw file_error(status::corrupt, "store.entry_damaged", path, "entry " + which + " is damaged: " + why,
                   "entry " + which);
}

}  // namespace

void bind_entry(statement& to, const entry_change& change, checksum& sum) {
  const stored_entry& stored = change.stored;
  const margin m{to_stored(stored.sequence),
                 change.recorded_at.us,
                 stored.fired_at.us,
                 change.actor.index,
                 change.command,
                 flags_of(change.traits),
                 stored.hash};
  to.bind(sequence, m.sequence).bind(recorded_at, m.recorded_at).bind(actor, m.actor);
  to.bind(command, m.command).bind(flags, m.flags).bind(sum_of_row, checksum_of(sum, m));
  if (is_set(stored.fired_at)) {
    to.bind(fired_at, m.fired_at);
  } else {
    to.bind_null(fired_at);
  }
  to.bind(hash, m.hash).bind(bytes, stored.bytes).bind(aside, stored.aside);
}

std::uint64_t sequence_of(const statement& row) { return static_cast<std::uint64_t>(row.integer(column(sequence))); }
instant recorded_at_of(const statement& row) { return {row.integer(column(recorded_at))}; }

void read_entry(const std::string& path, const statement& row, const digest& before, checksum& sum,
                stored_entry& result) {
  result.sequence = sequence_of(row);
  result.fired_at = fired_at_of(row);
  const margin m{row.integer(column(sequence)), row.integer(column(recorded_at)), result.fired_at.us,
                 row.integer(column(actor)),    row.integer(column(command)),     row.integer(column(flags)),
                 row.bytes(column(hash))};
  if (m.hash.size() != result.hash.size()) refuse(path, row, "its hash has not 32 bytes");
  if (checksum_of(sum, m) != row.integer(column(sum_of_row))) {
    refuse(path, row, "the checksum of what stands beside its bytes does not fit");
  }
  std::ranges::copy(m.hash, result.hash.begin());
  const auto stored_bytes = row.bytes(column(bytes));
  result.bytes.assign(stored_bytes.begin(), stored_bytes.end());
  const auto stored_aside = row.bytes(column(aside));
  result.aside.assign(stored_aside.begin(), stored_aside.end());
  if (is_purged(result)) {
    if (!result.aside.empty()) refuse(path, row, "it was purged, but values stand beside it");
    return;
  }
  if (chain_hash(sum.hasher(), before, result.bytes) != result.hash) {
    refuse(path, row, "its bytes do not fit the chain of hashes");
  }
}

void refuse_gap(const std::string& path, std::uint64_t missing) {
  const std::string which = "entry " + std::to_string(missing);
  throw file_error(status::corrupt, "store.gap", path, "the journal has a gap: " + which + " is missing", {}, which);
}

}  // namespace tocsin::inline v1::sqlite
