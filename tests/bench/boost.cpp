// What Boost does for us, and what it could: the count of days since 1970, the nth weekday of a month, a graph's cycles. Each stands
// beside the other way of doing it.
#include <benchmark/benchmark.h>

#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <algorithm>
#include <random>
#include <vector>

#include <tocsin/time/civil.hpp>

#include "../../src/base/graph.hpp"
#include "../../src/time/nth_weekday.hpp"

namespace {

using namespace tocsin;
using tocsin::detail::digraph;
using tocsin::detail::edge;
using tocsin::detail::vertex;

// ---- a date to its count of days, and back

constexpr std::size_t date_count = 1 << 14;

const std::vector<std::int64_t>& dates() {
  static const auto all = [] {
    std::mt19937_64 random(1);
    std::vector<std::int64_t> made(date_count);
    for (auto& date : made) date = days_from_civil({1900, 1, 1}) + static_cast<std::int64_t>(random() % 109'573);
    return made;
  }();
  return all;
}

template <class Ask>
void each_date(benchmark::State& state, Ask ask) {
  for (auto _ : state) {
    for (const std::int64_t date : dates()) benchmark::DoNotOptimize(ask(date));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(date_count));
}

void count_days(benchmark::State& state) {
  each_date(state, [](std::int64_t date) {
    const civil_date civil = civil_from_days(date);
    return days_from_civil(civil) + weekday(date);
  });
}

void count_days_by_boost(benchmark::State& state) {
  using calendar = boost::gregorian::gregorian_calendar;
  constexpr std::int64_t julian_day_of_1970 = 2'440'588;
  each_date(state, [](std::int64_t date) {
    const auto civil = calendar::from_day_number(static_cast<std::uint32_t>(date + julian_day_of_1970));
    return std::int64_t{calendar::day_number(civil)} - julian_day_of_1970 + calendar::day_of_week(civil);
  });
}

// ---- the nth weekday, for three hundred years

constexpr int first_year = 1900;
constexpr int last_year = 2199;

std::int64_t nth_by_hand(int year, unsigned month, int nth, unsigned name) {
  const std::int64_t first = days_from_civil({year, month, 1});
  return first + floor_mod(std::int64_t{name} - weekday(first), 7) + 7 * (nth - 1);
}

template <class Ask>
void each_year(benchmark::State& state, Ask ask) {
  for (auto _ : state) {
    for (int year = first_year; year <= last_year; ++year) benchmark::DoNotOptimize(ask(year));
  }
  state.SetItemsProcessed(state.iterations() * (last_year - first_year + 1));
}

void nth_weekdays(benchmark::State& state) {
  each_year(state, [](int year) { return *detail::nth_weekday(year, 11, 4, 4); });
}

void nth_weekdays_by_hand(benchmark::State& state) {
  each_year(state, [](int year) { return nth_by_hand(year, 11, 4, 4); });
}

// ---- whether a graph has a cycle

// No cycle, so that all of it is looked at: each vertex leads to three later ones.
std::vector<edge> onward_edges(std::size_t size) {
  std::mt19937_64 random(2);
  std::vector<edge> edges;
  for (std::size_t v = 0; v + 1 < size; ++v) {
    for (int i = 0; i < 3; ++i) {
      edges.push_back({static_cast<vertex>(v), static_cast<vertex>(v + 1 + random() % (size - v - 1))});
    }
  }
  return edges;
}

// Depth-first search with a stack of its own.
bool has_cycle_by_hand(const digraph& g) {
  enum class mark : std::uint8_t { fresh, open, done };
  struct place {
    vertex at;
    std::size_t tried = 0;
  };
  std::vector<mark> marks(g.size());
  std::vector<place> way;
  for (vertex first = 0; first < g.size(); ++first) {
    if (marks[first] != mark::fresh) continue;
    marks[first] = mark::open;
    way.push_back({first});
    while (!way.empty()) {
      place& last = way.back();
      if (last.tried == g.targets(last.at).size()) {
        marks[last.at] = mark::done;
        way.pop_back();
        continue;
      }
      const vertex to = g.targets(last.at)[last.tried++];
      if (marks[to] == mark::open) return true;
      if (marks[to] == mark::done) continue;
      marks[to] = mark::open;
      way.push_back({to});
    }
  }
  return false;
}

template <class Ask>
void each_graph(benchmark::State& state, Ask ask) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const digraph g(size, onward_edges(size));
  for (auto _ : state) benchmark::DoNotOptimize(ask(g));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void cycles(benchmark::State& state) {
  each_graph(state, [](const digraph& g) { return detail::find_cycle(g).empty(); });
}

void cycles_by_hand(benchmark::State& state) {
  each_graph(state, [](const digraph& g) { return !has_cycle_by_hand(g); });
}

BENCHMARK(count_days)->Name("boost/dates/ours");
BENCHMARK(count_days_by_boost)->Name("boost/dates/boost");
BENCHMARK(nth_weekdays)->Name("boost/nth_weekday/boost");
BENCHMARK(nth_weekdays_by_hand)->Name("boost/nth_weekday/by_hand");
BENCHMARK(cycles)->Name("boost/cycle/boost")->Arg(1'000)->Arg(100'000);
BENCHMARK(cycles_by_hand)->Name("boost/cycle/by_hand")->Arg(1'000)->Arg(100'000);

}  // namespace
