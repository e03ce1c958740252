// `advance`: how many auto-close timers fire in a second, and what it costs where nothing is due.
// Beside it: popping a bare 4-ary heap of as many timers.
#include <benchmark/benchmark.h>

#include <tocsin/desk/timer_queue.hpp>

#include "workload.hpp"

namespace {

using namespace bench;

constexpr std::uint64_t per_call = 1000;

// All resolved, to be closed by silence, in a shuffled order.
void resolve_all(population& p, std::uint64_t count) {
  std::vector<step> steps;
  for (std::uint64_t id = 1; id <= count; ++id) steps.push_back({stage::log, id});
  std::vector<step> resolved;
  for (std::uint64_t id = 1; id <= count; ++id) resolved.push_back({stage::resolve, id});
  std::shuffle(resolved.begin(), resolved.end(), std::mt19937_64(1));
  p.execute(steps, 1000);
  p.execute(resolved, 1000);
}

void advance_fires(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t fired = 0;
  for (auto _ : state) {
    state.PauseTiming();
    {
      population p(0);
      resolve_all(p, count);
      const tocsin::instant end = p.maker.now() + 6 * tocsin::day;
      state.ResumeTiming();
      for (bool more = true; more;) {
        const tocsin::advance_result done = p.desk.advance(end, per_call);
        fired += done.fired;
        more = done.more;
      }
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(fired));
}

void advance_idle(benchmark::State& state) {
  population p(0);
  resolve_all(p, static_cast<std::uint64_t>(state.range(0)));
  tocsin::instant now = p.maker.now();
  for (auto _ : state) {
    now = now + tocsin::microsecond;
    benchmark::DoNotOptimize(p.desk.advance(now));
  }
}

void heap_pops(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  std::mt19937_64 random(1);
  for (auto _ : state) {
    state.PauseTiming();
    tocsin::timer_queue heap;
    for (std::uint64_t id = 1; id <= count; ++id) {
      heap.push({{static_cast<std::int64_t>(random() >> 20)}, id, id, tocsin::timer_kind::auto_close});
    }
    state.ResumeTiming();
    std::uint64_t sum = 0;
    for (; !heap.empty(); heap.pop()) sum += heap.top().id;
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

BENCHMARK(advance_fires)->Name("advance/fires")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(heap_pops)->Name("advance/heap")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(advance_idle)->Name("advance/idle")->Arg(20'000);
BENCHMARK(advance_fires)->Name("full/advance/fires")->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(heap_pops)->Name("full/advance/heap")->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(advance_idle)->Name("full/advance/idle")->Arg(1'000'000);

}  // namespace
