#include <tocsin/desk/history.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/incident/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::uint64_t previous_entry(const entry& e, std::uint64_t record) {
  for (const event& happened : e.events) {
    if (happened.record.id == record) return happened.previous;
  }
  throw error(status::corrupt, "journal.chain",
              "entry " + std::to_string(e.sequence) + " does not touch record " + std::to_string(record) +
                  " though its chain says so");
}

entry read(const store& where, std::uint64_t sequence, sha256& hasher) {
  stored_entry stored;
  if (!where.load_entry(sequence, stored)) {
    throw error(status::corrupt, "journal.entry_missing", "entry " + std::to_string(sequence) + " is missing");
  }
  return decode_entry(stored, hasher);
}

}  // namespace

std::vector<entry> read_chain(const store& where, const incident& record, std::uint64_t until_sequence) {
  std::vector<entry> chain;
  sha256 hasher;
  for (std::uint64_t sequence = record.last_entry; sequence != 0;) {
    entry e = read(where, sequence, hasher);
    const std::uint64_t before = previous_entry(e, record.id);
    if (before >= sequence) throw error(status::corrupt, "journal.chain", "the chain of a record does not go back");
    if (sequence <= until_sequence) chain.push_back(std::move(e));
    sequence = before;
  }
  std::ranges::reverse(chain);
  return chain;
}

event_context context_of(const entry& e) {
  return {.sequence = e.sequence, .stated_at = e.stated_at, .recorded_at = e.recorded_at, .actor = e.actor};
}

// An imported history was lived before it was recorded: its steps count from their own instants.
static bool concerns(const entry& e, std::uint64_t record, instant at) {
  if (e.stated_at <= at) return true;
  return std::ranges::any_of(e.events, [&](const event& happened) {
    const auto* imported = happened.body.get_if<record_imported>();
    return imported && happened.record.id == record && imported->history.front().at <= at;
  });
}

std::shared_ptr<incident> record_as_of(const store& where, const definition_table& known, const incident& record,
                                       const as_of& until) {
  std::shared_ptr<incident> result;
  for (const entry& e : read_chain(where, record, until.sequence)) {
    if (!concerns(e, record.id, until.at)) continue;
    if (!result) {
      result = std::make_shared<incident>();
      result->id = record.id;
    }
    event_context context = context_of(e);
    if (e.stated_at > until.at) context.until = until.at;
    for (const event& happened : e.events) {
      if (happened.record.id == record.id) fold(*result, happened.body, context, known);
    }
    fold_entry(*result, context);
  }
  return result;
}

}  // namespace tocsin::inline v1
