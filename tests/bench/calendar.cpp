// Business time: questions at random instants of twenty years, over hours and over years, and what compiling costs.
// Beside the questions: a plain binary search over the open intervals of those years, with running totals.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <string_view>
#include <vector>

#include <tocsin/base/json.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace {

using namespace tocsin;

constexpr std::size_t questions = 1 << 16;

const instant first = *parse_rfc3339("2016-01-01T00:00:00Z");
const instant last = *parse_rfc3339("2036-01-01T00:00:00Z");

// Lunch breaks, night shifts at the weekend, holidays by rule, a zone with summer time.
constexpr std::string_view definition_json = R"({"key":"desk","zone":"America/New_York","weekly":[
  {"days":["monday","tuesday","wednesday","thursday","friday"],"start":"08:30","end":"12:00"},
  {"days":["monday","tuesday","wednesday","thursday","friday"],"start":"12:45","end":"17:15"},
  {"days":["friday","saturday"],"start":"22:00","end":"06:00"}],
  "holidays":[{"month":1,"day":1,"substitutions":[{"falls_on":"sunday","observed_on":"monday"}]},
  {"month":1,"nth":3,"week_day":"monday"},{"month":5,"nth":-1,"week_day":"monday"},
  {"month":7,"day":4,"substitutions":[{"falls_on":"saturday","observed_on":"friday"},{"falls_on":"sunday","observed_on":"monday"}]},
  {"month":9,"nth":1,"week_day":"monday"},{"month":11,"nth":4,"week_day":"thursday"},
  {"month":12,"day":25,"substitutions":[{"falls_on":"sunday","observed_on":"monday"}]},
  {"easter":"western","offset_days":-2}]})";

business_calendar_definition definition() {
  business_calendar_definition d;
  read_object(definition_json, business_calendar_definition::fields(), &d, {}, "a business calendar");
  return d;
}

const business_calendar& calendar() {
  static const business_calendar compiled = business_calendar::compile(definition());
  return compiled;
}

// The floor: intervals in order, and the open time before each.
class interval_search {
 public:
  interval_search() : intervals_(calendar().explain(first, last)) {
    std::int64_t total = 0;
    for (const open_interval& i : intervals_) {
      before_.push_back(total);
      total += (i.end - i.start).us;
    }
  }

  duration elapsed(instant from, instant to) const { return {position(to) - position(from)}; }

  instant add(instant t, duration d) const {
    const std::int64_t wanted = position(t) + d.us;
    const auto after = std::lower_bound(before_.begin(), before_.end(), wanted);
    const auto i = static_cast<std::size_t>(after - before_.begin()) - 1;
    return intervals_[i].start + duration{wanted - before_[i]};
  }

 private:
  std::int64_t position(instant t) const {
    const auto after = std::upper_bound(intervals_.begin(), intervals_.end(), t,
                                        [](instant at, const open_interval& i) { return at < i.start; });
    if (after == intervals_.begin()) return 0;
    const auto i = static_cast<std::size_t>(after - intervals_.begin()) - 1;
    return before_[i] + (std::min(t, intervals_[i].end) - intervals_[i].start).us;
  }

  std::vector<open_interval> intervals_;
  std::vector<std::int64_t> before_;
};

const interval_search& searched() {
  static const interval_search floor;
  return floor;
}

struct asked {
  std::vector<instant> from;
  std::vector<instant> to;
  std::vector<duration> open;
};

// Spans that last from a tenth of that long up to all of it.
const asked& asked_over(duration longest) {
  static std::vector<std::pair<duration, asked>> kept;
  for (const auto& [of, questions_kept] : kept) {
    if (of == longest) return questions_kept;
  }
  std::mt19937_64 random(7);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  asked a;
  for (std::size_t i = 0; i < questions; ++i) {
    const duration span{longest.us / 10 + below(longest.us * 9 / 10)};
    const instant t = first + duration{below((last - first - span).us - day.us * 5)};
    a.from.push_back(t);
    a.to.push_back(t + span);
    a.open.push_back(duration{std::max<std::int64_t>(1, calendar().elapsed(t, t + span).us)});
  }
  kept.reserve(2);
  kept.emplace_back(longest, std::move(a));
  return kept.back().second;
}

constexpr duration hours = 30 * hour;
constexpr duration years = 3 * 365 * day;

template <class Calendar>
void add(benchmark::State& state, const Calendar& (*which)(), duration longest) {
  const Calendar& c = which();
  const asked& a = asked_over(longest);
  for (auto _ : state) {
    for (std::size_t i = 0; i < questions; ++i) benchmark::DoNotOptimize(c.add(a.from[i], a.open[i]));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(questions));
}

template <class Calendar>
void elapsed(benchmark::State& state, const Calendar& (*which)(), duration longest) {
  const Calendar& c = which();
  const asked& a = asked_over(longest);
  for (auto _ : state) {
    for (std::size_t i = 0; i < questions; ++i) benchmark::DoNotOptimize(c.elapsed(a.from[i], a.to[i]));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(questions));
}

// All the years accepted, of which twenty are a fifteenth.
void compile(benchmark::State& state) {
  const business_calendar_definition d = definition();
  std::size_t bytes = 0;
  for (auto _ : state) bytes = business_calendar::compile(d).memory_bytes();
  state.counters["bytes"] = static_cast<double>(bytes);
}

BENCHMARK_CAPTURE(add, calendar_hours, calendar, hours)->Name("calendar/add/hours");
BENCHMARK_CAPTURE(add, searched_hours, searched, hours)->Name("calendar/add_by_search/hours");
BENCHMARK_CAPTURE(add, calendar_years, calendar, years)->Name("calendar/add/years");
BENCHMARK_CAPTURE(add, searched_years, searched, years)->Name("calendar/add_by_search/years");
BENCHMARK_CAPTURE(elapsed, calendar_hours, calendar, hours)->Name("calendar/elapsed/hours");
BENCHMARK_CAPTURE(elapsed, searched_hours, searched, hours)->Name("calendar/elapsed_by_search/hours");
BENCHMARK_CAPTURE(elapsed, calendar_years, calendar, years)->Name("calendar/elapsed/years");
BENCHMARK_CAPTURE(elapsed, searched_years, searched, years)->Name("calendar/elapsed_by_search/years");
BENCHMARK(compile)->Name("calendar/compile")->Unit(benchmark::kMillisecond);

}  // namespace
