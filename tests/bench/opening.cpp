// Opening a desk file: with few closed incidents, and with many. Nearly all live ones are the newest; some linger, spread
// over the whole history: one of twenty, as far as there is a history. Beside it: reading the live rows and nothing else.
#include <tocsin/incident/commands.hpp>

#include <benchmark/benchmark.h>

#include "file.hpp"

namespace {

using namespace bench;

constexpr std::uint64_t lingering_one_in = 20;

struct history {
  std::uint64_t closed;
  std::uint64_t live;
};

// Each closed one has three entries: logged, resolved, confirmed.
void write_history(const desk_file& file, const history& asked) {
  population p(0, open_file(file, false));
  const std::uint64_t lingering = std::min(asked.live, asked.closed) / lingering_one_in;
  const std::uint64_t lingers_every = asked.closed / lingering + 1;
  const std::uint64_t all = asked.closed + asked.live;
  std::uint64_t closed = 0;
  for (std::uint64_t id = 1; id <= all;) {
    tocsin::desk_transaction transaction(p.desk, {});
    for (const std::uint64_t end = std::min(id + 500, all + 1); id < end; ++id) {
      transaction.execute(p.maker.make({stage::log, id}));
      if (closed == asked.closed || id % lingers_every == 0) continue;
      transaction.execute(p.maker.make({stage::resolve, id}));
      tocsin::request confirmed = p.maker.make({stage::take, id});
      confirmed.asked = tocsin::confirm_resolution{{id}, {}};
      transaction.execute(std::move(confirmed));
      ++closed;
    }
    transaction.commit();
  }
}

// Built once, for all that measures it.
const desk_file& history_file(const history& asked) {
  static std::vector<std::pair<std::uint64_t, std::unique_ptr<desk_file>>> files;
  const std::uint64_t key = asked.closed * 1'000'003 + asked.live;
  for (const auto& [known, file] : files) {
    if (known == key) return *file;
  }
  auto file = std::make_unique<desk_file>("history-" + std::to_string(asked.closed) + "-" + std::to_string(asked.live));
  write_history(*file, asked);
  return *files.emplace_back(key, std::move(file)).second;
}

history history_in(const benchmark::State& state) {
  return {static_cast<std::uint64_t>(state.range(0)), static_cast<std::uint64_t>(state.range(1))};
}

void opening(benchmark::State& state) {
  const desk_file& file = history_file(history_in(state));
  for (auto _ : state) {
    const auto d = tocsin::desk::open(open_file(file, true));
    state.counters["live"] = static_cast<double>(d.state().live.size());
    state.counters["closed"] = static_cast<double>(d.state().counters.closed_count);
  }
}

void opening_rows(benchmark::State& state) {
  bare_sqlite db(history_file(history_in(state)).path());
  sqlite3_stmt* live = db.prepare(
      "SELECT i.*, t.* FROM incident AS i INDEXED BY incident_ended LEFT JOIN incident_text AS t ON t.id = i.id"
      " WHERE i.ended_at IS NULL ORDER BY i.id");
  for (auto _ : state) {
    std::int64_t sum = 0;
    while (sqlite3_step(live) == SQLITE_ROW)
      sum += sqlite3_column_int64(live, 0) + sqlite3_column_bytes(live, sqlite3_column_count(live) - 1);
    sqlite3_reset(live);
    benchmark::DoNotOptimize(sum);
  }
}

// NAME/closed/live
BENCHMARK(opening)
    ->Name("opening/tocsin")
    ->Args({1'000, 10'000})
    ->Args({100'000, 10'000})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(opening_rows)
    ->Name("opening/rows")
    ->Args({1'000, 10'000})
    ->Args({100'000, 10'000})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(opening)
    ->Name("full/opening/tocsin")
    ->Args({1'000, 100'000})
    ->Args({1'000'000, 100'000})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(opening_rows)
    ->Name("full/opening/rows")
    ->Args({1'000, 100'000})
    ->Args({1'000'000, 100'000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
