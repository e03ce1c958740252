// Who is on call: questions a second to a schedule of ten layers, at random instants of ten years.
// Beside it: the shifts of those years written out, and a binary search in them; and the same questions to the first week.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <tocsin/oncall/roster.hpp>

namespace {

using namespace tocsin;

constexpr instant begin{1'577'836'800'000'000};  // 2020-01-01T00:00:00Z
constexpr duration ten_years = 3653 * day;
constexpr std::size_t questions = 1 << 14;
constexpr std::int64_t people = 40;

std::string person_key(std::int64_t number) { return "person-" + std::to_string(number); }

const lexicon& words() {
  static const lexicon* all = [] {
    auto* made = new lexicon;
    for (std::int64_t i = 0; i < people; ++i) made->add(word_kind::person, person_key(i));
    return made;
  }();
  return *all;
}

// Ten rotations of all kinds in five zones, half of them at working hours; a hundred overrides and fifty absences a year.
oncall_book make_book() {
  static constexpr const char* zones[] = {"Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney",
                                          "America/Sao_Paulo"};
  oncall_book book;
  schedule s{.key = "s", .zone = "Europe/Berlin"};
  std::mt19937_64 random(1);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  for (std::int64_t i = 0; i < 10; ++i) {
    rotation r{.key = "r" + std::to_string(i),
               .type = static_cast<rotation_type>(1 + i % 4),
               .length = i % 4 == 0 ? 12 : 1,
               .zone = zones[i % 5],
               .start = midnight_of({2020, 1, 1}) + 9 * hour,
               .absence = absence_rule::next};
    for (std::int64_t k = 0; k < 7; ++k) r.participants.push_back({{person_key((i * 7 + k) % people)}});
    schedule_layer layer{.rotation = r.key};
    if (i % 2 == 1) {
      layer.restrictions = {
          {{week_day::monday, week_day::tuesday, week_day::wednesday, week_day::thursday, week_day::friday},
           {9, 0},
           {17, 0}}};
    }
    s.layers.push_back(std::move(layer));
    book.rotations.push_back({no_instant, std::move(r)});
  }
  book.schedules = {{no_instant, std::move(s)}};
  for (int i = 0; i < 1'000; ++i) {
    const instant from = begin + below(ten_years.us / hour.us) * hour;
    book.overrides.push_back({.schedule = "s",
                              .kind = override_kind::replace,
                              .people = {person_key(below(people))},
                              .replaced = person_key(below(people)),
                              .from = from,
                              .until = from + 12 * hour});
  }
  for (int i = 0; i < 500; ++i) {
    const instant from = begin + below(ten_years.us / day.us) * day;
    book.absences.push_back({.person = person_key(below(people)), .from = from, .until = from + 5 * day});
  }
  return book;
}

std::vector<instant> instants_within(duration window) {
  std::mt19937_64 random(2);
  std::vector<instant> result(questions);
  for (instant& t : result) {
    t = begin + day + duration{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(window.us))};
  }
  return result;
}

void who(benchmark::State& state, duration window) {
  const roster r(make_book(), "s", words());
  const std::vector<instant> at = instants_within(window);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(r.who(at[i++ % questions]));
  state.SetItemsProcessed(state.iterations());
}

// What a system does that computes shifts ahead: the same answers, with all ten years in memory.
void written_out(benchmark::State& state) {
  struct piece {
    instant from;
    on_call people;
  };
  const roster r(make_book(), "s", words());
  std::vector<piece> pieces;
  for (instant t = begin; t < begin + ten_years + 2 * day; t = r.next_change(t)) pieces.push_back({t, r.who(t)});
  state.counters["pieces"] = static_cast<double>(pieces.size());
  const std::vector<instant> at = instants_within(ten_years);
  std::size_t i = 0;
  for (auto _ : state) {
    const on_call found = std::prev(std::ranges::upper_bound(pieces, at[i++ % questions], {}, &piece::from))->people;
    benchmark::DoNotOptimize(&found);
  }
  state.SetItemsProcessed(state.iterations());
}

void list_year(benchmark::State& state) {
  const roster r(make_book(), "s", words());
  std::size_t count = 0;
  for (auto _ : state) count += shifts(r, begin + 365 * day, begin + 730 * day).size();
  state.SetItemsProcessed(static_cast<std::int64_t>(count));
}

BENCHMARK_CAPTURE(who, ten_years, ten_years)->Name("oncall/who/ten_years");
BENCHMARK_CAPTURE(who, first_week, 7 * day)->Name("oncall/who/first_week");
BENCHMARK(written_out)->Name("oncall/written_out");
BENCHMARK(list_year)->Name("oncall/shifts_of_a_year")->Unit(benchmark::kMillisecond);

}  // namespace
