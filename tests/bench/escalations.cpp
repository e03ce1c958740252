// Escalations at one time: how many steps of runs fire in a second, each on an incident of its own, with its page; and the
// same where a storm holds nearly all of them, and bundles them. Beside it: as many timers popped off a plain binary heap,
// and pushed again. And overrides of a schedule, published one by one.
#include <benchmark/benchmark.h>

#include <queue>
#include <string>

#include <tocsin/desk/commands.hpp>
#include "workload.hpp"

namespace {

using namespace bench;
using tocsin::escalation_cause;
using tocsin::escalation_policy;
using tocsin::escalation_target_kind;
using tocsin::minute;

enum class storms { any_number, held };

// Two steps of one person each, for every incident that is logged, again and again.
escalation_policy everybody(storms kind) {
  escalation_policy p;
  p.key = "all";
  p.steps = {{.targets = {{escalation_target_kind::person, "person_1"}}, .delay = 5 * minute},
             {.targets = {{escalation_target_kind::person, "person_2"}}, .delay = 5 * minute}};
  p.repeat = -1;
  p.triggers = {{.on = escalation_cause::logged}};
  if (kind == storms::any_number) p.storms = {.person_pages = -1, .service_pages = -1};
  return p;
}

void publish_policy(population& p, storms kind) {
  tocsin::publish pack;
  pack.definitions.of<tocsin::person>() = {{.key = "person_1"}, {.key = "person_2"}};
  pack.definitions.of<tocsin::escalation_policy>() = {everybody(kind)};
  tocsin::request asked;
  asked.at = p.maker.now();
  asked.actor = tocsin::host_person;
  asked.asked = std::move(pack);
  p.desk.execute(std::move(asked));
}

void escalations_fire(benchmark::State& state, storms kind) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t fired = 0;
  for (auto _ : state) {
    state.PauseTiming();
    {
      population p(0);
      publish_policy(p, kind);
      std::vector<step> steps;
      for (std::uint64_t id = 1; id <= count; ++id) steps.push_back({stage::log, id});
      p.execute(steps, 1000);
      const tocsin::instant end = p.maker.now() + 5 * minute;
      state.ResumeTiming();
      fired += p.desk.advance(end).fired;
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(fired));
}

struct later {
  bool operator()(const tocsin::timer& a, const tocsin::timer& b) const { return b < a; }
};

void timers_pop_and_push(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  std::priority_queue<tocsin::timer, std::vector<tocsin::timer>, later> heap;
  for (std::uint64_t id = 1; id <= count; ++id) {
    const std::uint64_t mixed = id * 2'654'435'761U % 1'000'000;
    heap.push({tocsin::instant{static_cast<std::int64_t>(mixed)}, id, id, tocsin::timer_kind::escalation});
  }
  for (auto _ : state) {
    for (std::uint64_t i = 0; i < count; ++i) {
      tocsin::timer next = heap.top();
      heap.pop();
      next.due = next.due + 5 * minute;
      heap.push(next);
    }
    benchmark::DoNotOptimize(heap.top());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

// An hour each, one after the other.
void publish_overrides(benchmark::State& state) {
  const std::int64_t count = state.range(0);
  for (auto _ : state) {
    population p(0);
    tocsin::publish pack;
    pack.definitions.of<tocsin::person>() = {{.key = "person_1"}, {.key = "person_2"}};
    pack.definitions.of<tocsin::schedule>() = {
        {.key = "days", .zone = "Europe/Brussels", .layers = {{.people = {"person_1"}}}}};
    const auto tell = [&](tocsin::publish what) {
      tocsin::request asked;
      asked.at = p.maker.now();
      asked.actor = tocsin::host_person;
      asked.asked = std::move(what);
      p.desk.execute(std::move(asked));
    };
    tell(std::move(pack));
    for (std::int64_t i = 0; i < count; ++i) {
      tocsin::schedule_override one;
      one.key = "o" + std::to_string(i);
      one.schedule = "days";
      one.kind = tocsin::override_kind::replace;
      one.people = {"person_2"};
      one.replaced = "person_1";
      one.from = p.maker.now() + tocsin::duration{i * tocsin::hour.us};
      one.until = one.from + tocsin::hour;
      tocsin::publish more;
      more.definitions.of<tocsin::schedule_override>().push_back(std::move(one));
      tell(std::move(more));
    }
  }
  state.SetItemsProcessed(state.iterations() * count);
}

BENCHMARK_CAPTURE(escalations_fire, fire, storms::any_number)
    ->Name("escalations/fire")
    ->Arg(20'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(escalations_fire, storm, storms::held)
    ->Name("escalations/storm")
    ->Arg(20'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(timers_pop_and_push)->Name("escalations/heap")->Arg(20'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(publish_overrides)
    ->Name("escalations/overrides")
    ->Arg(1'000)
    ->Arg(10'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(escalations_fire, fire, storms::any_number)
    ->Name("full/escalations/fire")
    ->Arg(100'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
