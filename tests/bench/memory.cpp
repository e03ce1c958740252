// Memory per live incident: what malloc has handed out, its own overhead included, after so many incidents in all stages
// of their life. `desk` keeps records, timers and the desk itself, with the journal elsewhere (as SQLite does);
// `with_journal` keeps the journal in memory, too.
#include <benchmark/benchmark.h>

#include <tocsin/store/memory_store.hpp>

#include "no_store.hpp"
#include "workload.hpp"

namespace {

using namespace bench;

void memory(benchmark::State& state, bool with_journal) {
  const auto live = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    const std::size_t before = bytes_in_use();
    std::shared_ptr<tocsin::store> where;
    if (with_journal) {
      where = tocsin::make_memory_store();
    } else {
      where = std::make_shared<no_store>();
    }
    const population p(live, std::move(where));
    state.counters["bytes_per_incident"] = static_cast<double>(bytes_in_use() - before) / static_cast<double>(live);
    state.counters["record_bytes"] = sizeof(tocsin::incident);
  }
}

BENCHMARK_CAPTURE(memory, desk, false)->Name("memory/desk")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(memory, journal, true)
    ->Name("memory/with_journal")
    ->Arg(20'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(memory, desk, false)
    ->Name("full/memory/desk")
    ->Arg(1'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(memory, journal, true)
    ->Name("full/memory/with_journal")
    ->Arg(1'000'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
