// What a desk costs that has no incident yet, where a process has thousands of them: memory, and the time to open it; with
// the built-in definitions alone, and with a pack of its own that all the others have, too.
#include <benchmark/benchmark.h>

#include <malloc.h>

#include <vector>

#include <tocsin/desk/document.hpp>
#include <tocsin/store/memory_store.hpp>

#include "workload.hpp"

namespace {

std::size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// What a vendor gives each of its customers: office hours, and agreements that count in them.
constexpr std::string_view pack = R"({"command":"publish","at":"2026-11-23T07:00:00Z","actor":"host",
  "business_calendars":[{"key":"office","zone":"Europe/Brussels","weekly":[
    {"days":["monday","tuesday","wednesday","thursday","friday"],"start":"09:00","end":"17:00"}],
    "holidays":[{"month":12,"day":25},{"easter":"western","offset_days":1}]}],
  "sla_policies":[
    {"key":"response","kind":"sla","metric":"response","targets":[{"duration":"PT30M"}],"calendar":"office"},
    {"key":"resolution","kind":"sla","metric":"resolution","targets":[{"duration":"PT8H"}],"calendar":"office"}]})";

void desks(benchmark::State& state, bool with_pack) {
  const auto count = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    std::vector<tocsin::desk> all;
    all.reserve(count);
    const std::size_t before = bytes_in_use();
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(tocsin::desk::open(tocsin::make_memory_store()));
      if (with_pack) tocsin::execute_document(all.back(), pack, {});
    }
    state.counters["bytes_per_desk"] = static_cast<double>(bytes_in_use() - before) / static_cast<double>(count);
    benchmark::DoNotOptimize(all.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(desks, built_in, false)->Name("desks")->Arg(2'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(desks, pack, true)->Name("desks/pack")->Arg(2'000)->Unit(benchmark::kMillisecond);

}  // namespace
