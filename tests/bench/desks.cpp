// What a desk costs that has the built-in definitions and no incident yet, where a process has thousands of them: memory, and
// the time to open it.
#include <benchmark/benchmark.h>

#include <malloc.h>

#include <vector>

#include <tocsin/store/memory_store.hpp>

#include "workload.hpp"

namespace {

std::size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

void desks(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    std::vector<tocsin::desk> all;
    all.reserve(count);
    const std::size_t before = bytes_in_use();
    for (std::size_t i = 0; i < count; ++i) all.push_back(tocsin::desk::open(tocsin::make_memory_store()));
    state.counters["bytes_per_desk"] = static_cast<double>(bytes_in_use() - before) / static_cast<double>(count);
    benchmark::DoNotOptimize(all.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(desks)->Name("desks")->Arg(2'000)->Unit(benchmark::kMillisecond);

}  // namespace
