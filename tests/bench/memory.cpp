// Memory per live incident: what malloc has handed out, its own overhead included, after so many incidents in all stages
// of their life. `desk` keeps records, timers and the desk itself, with the journal elsewhere (as SQLite does);
// `with_journal` keeps the journal in memory, too.
#include <benchmark/benchmark.h>

#include <malloc.h>

#include <tocsin/store/memory_store.hpp>

#include "workload.hpp"

namespace {

using namespace bench;

// Forgets everything.
class no_store final : public tocsin::store {
 public:
  tocsin::store_contents load() override { return {}; }
  void commit(const tocsin::store_transaction&) override {}
  bool load_entry(std::uint64_t, tocsin::stored_entry&) const override { return false; }
  void scan_entries(std::uint64_t, std::uint64_t, bool,
                    const std::function<bool(const tocsin::stored_entry&)>&) const override {}
  tocsin::incident_ptr load_closed(std::uint64_t) const override { return nullptr; }
  std::uint64_t find_closed_number(std::uint64_t) const override { return 0; }
  void scan_closed(const tocsin::record_scan&, const std::function<bool(const tocsin::incident_ptr&)>&) const override {
  }
  std::uint64_t find_key(std::string_view) const override { return 0; }
  std::uint64_t load_cursor(std::string_view) const override { return 0; }
  void save_cursor(std::string_view, std::uint64_t) override {}
  void check() const override {}
};

std::size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

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
