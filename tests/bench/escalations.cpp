// Escalations at one time: how many steps of runs fire in a second, each on an incident of its own, with its page.
// Beside it: popping a bare 4-ary heap of as many timers (advance/heap).
#include <benchmark/benchmark.h>

#include "workload.hpp"

namespace {

using namespace bench;
using tocsin::escalation_cause;
using tocsin::escalation_policy;
using tocsin::escalation_target_kind;
using tocsin::minute;

// Two steps of one person each, for every incident that is logged, again and again.
escalation_policy everybody() {
  escalation_policy p;
  p.key = "all";
  p.steps = {{.targets = {{escalation_target_kind::person, "person_1"}}, .delay = 5 * minute},
             {.targets = {{escalation_target_kind::person, "person_2"}}, .delay = 5 * minute}};
  p.repeat = -1;
  p.triggers = {{.on = escalation_cause::logged}};
  return p;
}

void publish_policy(population& p) {
  tocsin::publish pack;
  pack.people = {{.key = "person_1"}, {.key = "person_2"}};
  pack.escalation_policies = {everybody()};
  tocsin::request asked;
  asked.at = p.maker.now();
  asked.actor = tocsin::host_person;
  asked.asked = std::move(pack);
  p.desk.execute(std::move(asked));
}

void escalations_fire(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t fired = 0;
  for (auto _ : state) {
    state.PauseTiming();
    {
      population p(0);
      publish_policy(p);
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

BENCHMARK(escalations_fire)->Name("escalations/fire")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(escalations_fire)->Name("full/escalations/fire")->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
