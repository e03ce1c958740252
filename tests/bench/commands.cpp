// Commands as C++ structs, in memory, entry bytes and hashes included.
// Beside them: a bare prototype that keeps nothing but states and timers, and the hashes of such entries alone.
#include <benchmark/benchmark.h>

#include <tocsin/base/hash.hpp>
#include <tocsin/desk/timer_queue.hpp>

#include "workload.hpp"

namespace {

using namespace bench;

constexpr std::uint64_t lifecycles_measured = 10'000;

// One desk at a time is kept from repetition to repetition, until it has grown by half.
population& populated(std::uint64_t live, in_force what) {
  static std::unique_ptr<population> kept;
  static std::pair<std::uint64_t, in_force> asked;
  if (asked != std::pair(live, what) || !kept || kept->life.live() > live * 3 / 2) {
    kept.reset();
    kept = std::make_unique<population>(live, nullptr, what);
    asked = {live, what};
  }
  return *kept;
}

template <in_force What>
void commands(benchmark::State& state) {
  population& p = populated(static_cast<std::uint64_t>(state.range(0)), What);
  for (auto _ : state) {
    state.PauseTiming();
    const std::vector<step> steps = p.life.run(lifecycles_measured);
    state.ResumeTiming();
    p.execute(steps);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lifecycles_measured * stage_count));
}

// One incident after another, so that memory is warm: what the commands cost the processor.
void commands_warm(benchmark::State& state) {
  population p(1);
  for (auto _ : state) {
    state.PauseTiming();
    const std::vector<step> steps = one_after_another(p.desk.state().counters.last_id + 1, lifecycles_measured);
    state.ResumeTiming();
    p.execute(steps);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lifecycles_measured * stage_count));
}

// As little as can be called a service desk: a table of transitions, a copy of the record for each change, a heap of
// timers. No journal, no events, no texts but the title, no checks.
class bare_desk {
 public:
  void execute(const step& s) {
    if (records_.size() <= s.id) records_.resize(s.id + 1);
    std::shared_ptr<const tocsin::incident>& place = records_[s.id];
    auto copy = place ? std::make_shared<tocsin::incident>(*place) : std::make_shared<tocsin::incident>();
    copy->state.index = table[static_cast<std::size_t>(s.what)][copy->state.index];
    copy->updated_at = at_ = at_ + between_commands;
    if (s.what == stage::log) {
      auto text = std::make_shared<tocsin::incident_text>();
      text->title = title_of(s.id);
      copy->text = std::move(text);
    }
    if (s.what == stage::resolve) {
      copy->auto_close_at = at_ + 5 * tocsin::day;
      timers_.push({copy->auto_close_at, s.id, s.id, tocsin::timer_kind::auto_close});
    }
    ++copy->version;
    place = std::move(copy);
  }

 private:
  // New, in progress, on hold, resolved.
  static constexpr std::uint8_t table[stage_count][5] = {{1, 1, 2, 3, 4}, {0, 2, 2, 3, 4}, {0, 3, 3, 3, 4},
                                                         {0, 1, 2, 2, 4}, {0, 1, 2, 3, 4}, {0, 4, 4, 4, 4},
                                                         {0, 1, 2, 3, 2}};
  std::vector<std::shared_ptr<const tocsin::incident>> records_;
  tocsin::timer_queue timers_;
  tocsin::instant at_ = first_instant;
};

void commands_bare(benchmark::State& state) {
  bare_desk d;
  lifecycles life;
  for (const step& s : life.populate(static_cast<std::uint64_t>(state.range(0)))) d.execute(s);
  for (auto _ : state) {
    state.PauseTiming();
    const std::vector<step> steps = life.run(lifecycles_measured);
    state.ResumeTiming();
    for (const step& s : steps) d.execute(s);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lifecycles_measured * stage_count));
}

// Of the entries that one lifecycle leaves, the hashes alone: the chain, and a salt and a commitment for personal values.
void commands_hashes(benchmark::State& state) {
  population p(1);
  p.execute(one_after_another(2, 1));
  std::vector<tocsin::stored_entry> entries;
  const std::uint64_t last = p.desk.state().counters.sequence;
  for (std::uint64_t sequence = last - stage_count + 1; sequence <= last; ++sequence) {
    entries.push_back(p.desk.read_stored_entry(sequence));
  }
  tocsin::sha256 hasher;
  tocsin::digest hash{};
  for (auto _ : state) {
    for (const tocsin::stored_entry& e : entries) {
      if (!e.aside.empty()) hash = hasher.of(hash, std::span(e.aside).first(16));
      if (!e.aside.empty()) hash = hasher.of(hash, e.aside);
      hash = hasher.of(hash, e.bytes);
    }
  }
  benchmark::DoNotOptimize(hash);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(stage_count));
}

BENCHMARK(commands<in_force::little>)->Name("commands/live")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(commands<in_force::permissions>)
    ->Name("commands/permissions")
    ->Arg(20'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(commands<in_force::policies>)
    ->Name("commands/policies")
    ->Arg(20'000)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(commands_warm)->Name("commands/warm")->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(commands_bare)->Name("commands/bare")->Arg(20'000)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(commands_hashes)->Name("commands/hashes")->Unit(benchmark::kMicrosecond);
BENCHMARK(commands<in_force::little>)
    ->Name("full/commands/live")
    ->Arg(1'000'000)
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(commands_bare)->Name("full/commands/bare")->Arg(1'000'000)->Iterations(5)->Unit(benchmark::kMillisecond);

}  // namespace
