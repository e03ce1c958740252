// A record's past: the entries of its chain, and the record as it was.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <tocsin/desk/entry.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

// Up to where to look: both bounds are included.
struct as_of {
  std::uint64_t sequence = UINT64_MAX;
  instant at = never;  // what had happened by then; of imported histories, their steps up to then
};

// The entries that touched the record, oldest first, no later than `until.sequence`.
std::vector<entry> read_chain(const store& where, const incident& record, std::uint64_t until_sequence);

// The record as it was; null where it was not there yet.
std::shared_ptr<incident> record_as_of(const store& where, const definition_table& known, const incident& record,
                                       const as_of& until);

event_context context_of(const entry& e);

class desk;

// The definitions of a desk, and their words, as they were at the instant; nothing else of it.
std::unique_ptr<const desk_state> definitions_as_of(const desk& d, instant at);

}  // namespace tocsin::inline v1
