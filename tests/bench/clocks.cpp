// Agreements on time at scale: three clocks on each live incident. What a clock takes of memory, beside the same desk
// without; how many thresholds and breaches are said in a second, each an entry of its own; and what `advance` costs while
// none is due.
#include <benchmark/benchmark.h>

#include <tocsin/desk/commands.hpp>
#include <tocsin/sla/sla_policy.hpp>

#include "no_store.hpp"
#include "workload.hpp"

namespace {

using namespace bench;
using namespace tocsin;

constexpr std::uint64_t clocks_each = 3;

sla_policy policy_of(const char* key, clock_metric metric, duration target, const char* calendar) {
  sla_policy p{.key = key, .kind = agreement::sla, .metric = metric};
  p.targets = {{.duration = {target.us}}};
  p.calendar = calendar;
  return p;
}

request publish_agreements() {
  publish pack;
  using enum week_day;
  business_calendar_definition office{.key = "office", .zone = "Europe/Vienna"};
  office.weekly = {{{monday, tuesday, wednesday, thursday, friday}, {8, 0}, {12, 0}},
                   {{monday, tuesday, wednesday, thursday, friday}, {13, 0}, {17, 0}}};
  pack.definitions.of<tocsin::business_calendar_definition>() = {office};
  pack.definitions.of<tocsin::sla_policy>() = {
      policy_of("answer", clock_metric::response, 4 * hour, "office"),
      policy_of("acknowledgement", clock_metric::acknowledgement, 2 * hour, "office"),
      policy_of("resolution", clock_metric::resolution, 3 * day, "24x7")};
  pack.definitions.of<tocsin::sla_policy>()[2].thresholds = {{.name = "half", .percent = {50}}};
  return {.at = first_instant, .actor = host_person, .asked = std::move(pack)};
}

// All just logged.
population logged(std::uint64_t count, bool with_clocks, std::shared_ptr<store> where = std::make_shared<no_store>()) {
  population p(0, std::move(where));
  if (with_clocks) p.desk.execute(publish_agreements());
  std::vector<step> steps;
  for (std::uint64_t id = 1; id <= count; ++id) steps.push_back({stage::log, id});
  p.execute(steps, 1000);
  return p;
}

void memory_of_clocks(benchmark::State& state) {
  const auto live = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    const std::size_t empty = bytes_in_use();
    std::size_t without = 0;
    {
      const population p = logged(live, false);
      without = bytes_in_use() - empty;
    }
    const std::size_t before = bytes_in_use();
    const population p = logged(live, true);
    const std::size_t with = bytes_in_use() - before;
    state.counters["bytes_per_clock"] = static_cast<double>(with - without) / static_cast<double>(live * clocks_each);
    state.counters["state_bytes"] = sizeof(clock_state);
  }
}

// The acknowledgement, the answer, the half of the resolution and the whole of it: four entries of each incident.
void clocks_fire(benchmark::State& state) {
  const auto live = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t fired = 0;
  for (auto _ : state) {
    state.PauseTiming();
    {
      population p = logged(live, true);
      const instant end = p.maker.now() + 7 * day;
      state.ResumeTiming();
      for (bool more = true; more;) {
        const advance_result done = p.desk.advance(end, 1000);
        fired += done.fired;
        more = done.more;
      }
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(fired));
}

void clocks_idle(benchmark::State& state) {
  population p = logged(static_cast<std::uint64_t>(state.range(0)), true);
  instant now = p.maker.now();
  for (auto _ : state) {
    now = now + microsecond;
    benchmark::DoNotOptimize(p.desk.advance(now));
  }
}

BENCHMARK(memory_of_clocks)->Name("clocks/memory")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(clocks_fire)->Name("clocks/fire")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(clocks_idle)->Name("clocks/idle")->Arg(20'000);
BENCHMARK(memory_of_clocks)->Name("full/clocks/memory")->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(clocks_fire)->Name("full/clocks/fire")->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(clocks_idle)->Name("full/clocks/idle")->Arg(1'000'000);

}  // namespace
