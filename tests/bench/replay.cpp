// Replaying a journal from SQLite: reading, decoding and folding every entry; and `verify`, which also computes the chain
// of hashes again and compares every record. Beside them: stepping over the rows and touching their bytes.
#include <benchmark/benchmark.h>

#include <tocsin/base/hash.hpp>
#include <tocsin/desk/history.hpp>

#include "file.hpp"

namespace {

using namespace bench;

constexpr std::uint64_t live = 20'000;  // with three and a half entries each

struct journal {
  desk_file file{"journal"};
  population filled{live, open_file(file, false)};
};

journal& written() {
  static journal one;
  return one;
}

void replay(benchmark::State& state) {
  const tocsin::desk& d = written().filled.desk;
  const std::uint64_t end = d.state().counters.sequence;
  tocsin::sha256 hasher;
  for (auto _ : state) {
    std::vector<tocsin::incident> records(live + 1);
    d.storage().scan_entries(1, end, false, [&](const tocsin::stored_entry& stored) {
      const tocsin::entry e = tocsin::decode_entry(stored, hasher);
      const tocsin::event_context context = tocsin::context_of(e);
      std::uint64_t touched = 0;
      for (const tocsin::event& happened : e.events) {
        if (!happened.record) continue;
        touched = happened.record.id;
        tocsin::fold(records[touched], happened.body, context, d.state().definitions);
      }
      if (touched != 0) tocsin::fold_entry(records[touched], context);
      return true;
    });
    benchmark::DoNotOptimize(records.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(end));
}

void replay_verify(benchmark::State& state) {
  const tocsin::desk& d = written().filled.desk;
  for (auto _ : state) benchmark::DoNotOptimize(d.verify().head);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(d.state().counters.sequence));
}

void replay_rows(benchmark::State& state) {
  const std::uint64_t end = written().filled.desk.state().counters.sequence;
  bare_sqlite db(written().file.path());
  sqlite3_stmt* rows = db.prepare("SELECT sequence, fired_at, hash, bytes, aside FROM entry ORDER BY sequence");
  for (auto _ : state) {
    std::int64_t sum = 0;
    while (sqlite3_step(rows) == SQLITE_ROW) {
      for (int column = 2; column < 5; ++column) {
        const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(rows, column));
        if (bytes) sum += bytes[sqlite3_column_bytes(rows, column) - 1];
      }
    }
    sqlite3_reset(rows);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(end));
}

BENCHMARK(replay)->Name("replay/fold")->Unit(benchmark::kMillisecond);
BENCHMARK(replay_verify)->Name("replay/verify")->Unit(benchmark::kMillisecond);
BENCHMARK(replay_rows)->Name("replay/rows")->Unit(benchmark::kMillisecond);

}  // namespace
