#include <tocsin/desk/memory.hpp>

#include <tocsin/base/heap_bytes.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "transaction.hpp"

namespace tocsin::inline v1 {
namespace {

memory_share records(const record_map& live) {
  memory_share sum{"records", live.size(), live.memory_bytes()};
  live.each([&](const incident_ptr& record) { return sum.bytes += memory_bytes(*record), true; });
  return sum;
}

memory_share definitions(const definition_table& all) {
  memory_share sum{"definitions", 0, all.overrides.memory_bytes()};
  for (const definition_type* type : definition_types()) {
    const version_table& table = all.table(*type);
    sum.bytes += table.memory_bytes();
    for (std::uint32_t number = 1; number <= table.size(); ++number) {
      const std::uint32_t latest = table.latest(number);
      sum.count += latest;
      for (std::uint32_t version = 1; version <= latest; ++version) {
        sum.bytes += heap_bytes(type->fields(), table.published(number, version));
      }
    }
  }
  return sum;
}

memory_share words(const lexicon& all) {
  memory_share sum{"words", 0, all.memory_bytes()};
  for (std::size_t kind = 0; kind < word_kind_count; ++kind) sum.count += all.size(static_cast<word_kind>(kind));
  return sum;
}

}  // namespace

std::size_t memory_bytes(const incident& record) {
  std::size_t sum = sizeof record + shared_block_bytes + record.parts.list_bytes();
  if (record.text) {
    sum += sizeof(incident_text) + shared_block_bytes + heap_bytes(incident_text::fields(), record.text.get());
  }
  record.parts.each([&](std::uint8_t number, const void* part) {
    if (const part_type* type = find_part_type(number)) {
      sum += type->size + shared_block_bytes + heap_bytes(type->fields(), part);
    }
  });
  return sum;
}

memory_shares desk::memory() const {
  const desk_state& state = core_->state;
  const std::size_t restricted =
      core_->restricted_texts.size() * (sizeof(std::uint64_t) + tree_node_bytes);  // nodes of a set
  return {
      records(state.live),
      definitions(state.definitions),
      words(state.words),
      {"timers", state.timers.size(), state.timers.memory_bytes()},
      {"texts", core_->texts ? core_->texts->size() : 0, core_->texts ? core_->texts->memory_bytes() + restricted : 0},
      {"indexes", state.live.size(),
       heap_bytes(state.renumbered) + state.events.memory_bytes() + state.pages.memory_bytes() +
           state.turns.memory_bytes() + state.loads.memory_bytes() + state.recurrences.memory_bytes() +
           core_->presences.memory_bytes() + heap_bytes(core_->scanned)},
      {"store", state.counters.sequence, core_->where->memory_bytes()}};
}

std::string memory_document(const desk& d) {
  json_writer to;
  std::uint64_t sum = 0;
  to.begin_object();
  for (const memory_share& share : d.memory()) {
    to.key(share.of);
    to.begin_object();
    to.member("count", static_cast<std::int64_t>(share.count));
    to.member("bytes", static_cast<std::int64_t>(share.bytes));
    to.end_object();
    sum += share.bytes;
  }
  to.member("bytes", static_cast<std::int64_t>(sum));
  to.end_object();
  return to.str();
}

}  // namespace tocsin::inline v1
