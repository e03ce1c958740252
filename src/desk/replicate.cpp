// Entries out of one desk and into another, as bytes: for a standby, a backup, storage of a host's own (docs/journal.md).
#include <tocsin/base/bytes.hpp>
#include <tocsin/base/error.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "transaction.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view magic = "tocsin entries 1";
constexpr std::uint64_t entries_per_commit = 1024;

void write_stored(byte_writer& to, const stored_entry& stored) {
  to.number(stored.sequence);
  to.signed_number(stored.fired_at.us);
  to.bytes(stored.hash);
  to.number(stored.bytes.size());
  to.bytes(stored.bytes);
  to.number(stored.aside.size());
  to.bytes(stored.aside);
}

stored_entry read_stored(byte_reader& from) {
  stored_entry stored;
  stored.sequence = from.number();
  stored.fired_at = {from.signed_number()};
  std::ranges::copy(from.bytes(stored.hash.size()), stored.hash.begin());
  const byte_view bytes = from.bytes(from.number());
  stored.bytes.assign(bytes.begin(), bytes.end());
  const byte_view aside = from.bytes(from.number());
  stored.aside.assign(aside.begin(), aside.end());
  return stored;
}

bool purges(const entry& e) {
  return std::ranges::any_of(e.events, [](const event& h) { return h.body.holds<records_purged>(); });
}

bool erases(const entry& e) {
  return std::ranges::any_of(e.events, [](const event& h) { return h.body.holds<personal_erased>(); });
}

// Every word that the object names has a number that was given.
bool names_known_words(const type_row& type, const void* value, const lexicon& words) {
  switch (type.kind) {
    case field_kind::word:
      return static_cast<std::uint64_t>(type.get(value)) <= words.size(type.refers);
    case field_kind::object:
      return std::ranges::all_of(type.fields(), [&](const field_row& field) {
        return names_known_words(*field.type, field.at(value), words);
      });
    case field_kind::list:
    case field_kind::custom:
      for (std::size_t i = 0, count = type.count(value); i < count; ++i) {
        if (!names_known_words(*type.element, type.item(value, i), words)) return false;
      }
      return true;
    default:
      return true;
  }
}

bool names_known_words(const event_body& body, const lexicon& words) {
  return std::ranges::all_of(body.type()->fields(), [&](const field_row& field) {
    return names_known_words(*field.type, field.at(body.address()), words);
  });
}

}  // namespace

std::vector<std::uint8_t> desk::read_entries(std::uint64_t from, std::size_t bytes_max) const {
  byte_writer to;
  to.text(magic);
  std::size_t count = 0;
  core_->where->scan_entries(std::max<std::uint64_t>(from, 1), core_->state.counters.sequence, false,
                             [&](const stored_entry& stored) {
                               const std::size_t size = stored.bytes.size() + stored.aside.size() + 64;
                               if (count != 0 && to.view().size() + size > bytes_max) return false;
                               write_stored(to, stored);
                               ++count;
                               return true;
                             });
  const byte_view all = to.view();
  return {all.begin(), all.end()};
}

std::uint64_t desk::apply_entries(std::span<const std::uint8_t> bytes) {
  byte_reader from(bytes);
  if (bytes.size() < magic.size() + 1 || from.text() != magic) {
    throw error(status::invalid_argument, "entries.foreign", "the bytes do not begin as those of read_entries do");
  }
  desk_transaction transaction(*this, {});
  std::uint64_t applied = 0;
  std::uint64_t pending = 0;
  while (!from.at_end()) {
    const stored_entry stored = read_stored(from);
    if (stored.sequence <= core_->state.counters.sequence) {
      transaction.work_->demand_same(stored);  // it is here already
      continue;
    }
    if (is_purged(stored)) {
      throw error(status::failed_precondition, "entries.purged",
                  "entry " + std::to_string(stored.sequence) +
                      " was purged where these come from; begin with a backup of that desk",
                  "{\"entry\":" + std::to_string(stored.sequence) + "}");
    }
    transaction.work_->demand_continuation(stored);  // before a byte of it is decoded
    entry e = decode_entry(stored, core_->hasher);
    const bool purge = purges(e);
    if (pending >= entries_per_commit || (pending != 0 && (purge || erases(e)))) {  // what goes must be stored before
      transaction.commit();
      pending = 0;
    }
    transaction.work_->adopt(stored, std::move(e));
    ++applied;
    ++pending;
    if (purge) transaction.commit(), pending = 0;
  }
  transaction.commit();
  return applied;
}

void desk_transaction::work::refuse_to_follow(const stored_entry& stored, const std::string& why) const {
  throw error(status::conflict, "entries.do_not_follow",
              "entry " + std::to_string(stored.sequence) + " does not follow entry " +
                  std::to_string(d.state.counters.sequence) + " of this desk: " + why,
              "{\"entry\":" + std::to_string(stored.sequence) + "}");
}

void desk_transaction::work::demand_continuation(const stored_entry& stored) const {
  const desk_counters& counters = d.state.counters;
  if (stored.sequence != counters.sequence + 1) refuse_to_follow(stored, "entries between them are missing");
  if (chain_hash(d.hasher, counters.hash, stored.bytes) != stored.hash)
    refuse_to_follow(stored, "its hash does not continue the chain");
}

// An entry that another desk made: its events are folded as they are; nothing is decided here.
void desk_transaction::work::adopt(const stored_entry& stored, entry e) {
  desk_counters& counters = d.state.counters;
  const mark before = here();
  try {
    if (stored.sequence == 1 && !d.begins_as_this_library(e)) d.forget_founding(undo);
    is_founding = stored.sequence == 1 && d.begins_as_this_library(e);
    d.founded = true;
    current = std::move(e);
    if (current.actor.index > d.state.words.size(word_kind::person)) refuse_to_follow(stored, "its actor is unknown");
    const event_context context{.sequence = current.sequence,
                                .stated_at = current.stated_at,
                                .recorded_at = current.recorded_at,
                                .actor = current.actor};
    for (const event& happened : current.events) {
      if (happened.record.id > counters.last_id + 1) refuse_to_follow(stored, "records between are missing");
      if (!names_known_words(happened.body, d.state.words)) refuse_to_follow(stored, "it names what nobody published");
      if (happened.record && edit(happened.record.id).last_entry != happened.previous) {
        refuse_to_follow(stored, "the chain of one of its records does not fit");
      }
      apply(happened, context);
    }
    is_founding = false;
    counters.sequence = current.sequence;
    counters.clock = current.recorded_at;
    settle(context);
    counters.hash = stored.hash;
    entry_change& appended = out.entries.emplace_back();
    appended.stored = stored;
    appended.recorded_at = current.recorded_at;
    appended.actor = current.actor;
    appended.command = static_cast<std::uint8_t>(current.asked.number());
    appended.traits = traits_of(current);
    appended.idempotency_key = current.idempotency_key;
  } catch (...) {
    back_to(before);
    throw;
  }
}

// Is the entry that this desk has at that place the same one?
void desk_transaction::work::demand_same(const stored_entry& stored) const {
  stored_entry own;
  const bool pending = stored.sequence > start.counters.sequence;
  if (!pending && d.where->load_entry(stored.sequence, own) && own.hash == stored.hash) return;
  throw error(status::conflict, "entries.do_not_follow",
              "entry " + std::to_string(stored.sequence) + " is not the one that this desk has at that place",
              "{\"entry\":" + std::to_string(stored.sequence) + "}");
}

}  // namespace tocsin::inline v1
