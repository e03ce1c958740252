// The store of a fork: its parent's as it was at the fork, and what the fork adds, in memory.
#pragma once

#include <functional>
#include <memory>

#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

// `rewind` answers a record as it was at an earlier sequence.
using rewind_record = std::function<incident_ptr(const store&, const incident&, std::uint64_t sequence)>;

// A store that has nothing and takes nothing.
std::unique_ptr<store> make_empty_store();

std::unique_ptr<store> make_fork_store(std::shared_ptr<const store> parent, std::uint64_t base, rewind_record rewind);

}  // namespace tocsin::inline v1
