// Stores that several threads read while their desk commits, as forks on other threads do.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include <tocsin/store/memory_store.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "unit/store/sample.hpp"

using namespace sample;

namespace {

std::uint64_t count_of(const store& s, const record_scan& scan) {
  std::uint64_t found = 0;
  s.scan_closed(scan, [&](const incident_ptr&) { return ++found, true; });
  return found;
}

bool reads_well(const store& s) {
  std::uint64_t entries = 0;
  std::uint64_t last = 0;
  s.scan_entries(0, UINT64_MAX, false, [&](const stored_entry& e) {
    last = e.sequence;
    return ++entries, true;
  });
  const incident_ptr seventh = s.load_closed(7);
  return count_of(s, {record_index::caller}) >= 50 && seventh && seventh->number == 1'007 &&
         s.find_closed_number(1'007) == 7 && entries > 0 && last == entries;
}

void check_readers_of(store& s) {
  store_transaction first = transaction(1, 1);
  for (std::uint64_t id = 1; id <= 50; ++id) add_new(first, record(id, state_kind::closed, id));
  s.commit(first);
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      do {
        if (!reads_well(s)) ++wrong;
      } while (!over);
    });
  }
  for (std::uint64_t sequence = 2; sequence <= 300; ++sequence) {
    store_transaction next = transaction(sequence, sequence);
    add_new(next, record(50 + sequence, state_kind::closed, sequence));
    s.commit(next);
  }
  over = true;
  for (std::thread& one : readers) one.join();
  CHECK(wrong == 0);
  CHECK(count_of(s, {record_index::caller}) == 349);
}

}  // namespace

TEST_CASE("several threads read a store in memory while the owner commits") { check_readers_of(*make_memory_store()); }

TEST_CASE("several threads read a store in a file while the owner commits") {
  const folder here;
  check_readers_of(*open_sqlite_store({.path = here.file(), .durability = durability::normal}));
}
