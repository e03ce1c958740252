// Linting a policy of a thousand nodes over four weeks of ten schedules: as it is when it is published. Drawing the same.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include <tocsin/escalation/draw.hpp>
#include <tocsin/escalation/lint.hpp>
#include <tocsin/oncall/roster.hpp>

namespace {

using namespace tocsin;

constexpr instant begin{1'798'761'600'000'000};  // 2027-01-01T00:00:00Z
constexpr std::int64_t nodes = 1'000;
constexpr std::int64_t schedules = 10;

std::string node_key(std::int64_t i) { return "node-" + std::to_string(i); }

// Eight notifications, a branch, an assignment that the branch may skip, and so on to the end. A branch that skipped steps
// with delays would have each node looked at once for every time at which it may come: limits::lint_places_max.
escalation_policy make_policy() {
  escalation_policy p{.key = "p"};
  for (std::int64_t i = 0; i < nodes; ++i) {
    escalation_node node{.key = node_key(i)};
    if (i + 1 == nodes) {
      node.kind = node_kind::stop;
    } else if (i % 10 == 9) {
      node.kind = node_kind::branch;
      node.condition.text = "true";
      node.next = node_key(i + 1);
      node.otherwise = node_key(std::min(i + 2, nodes - 1));
    } else if (i != 0 && i % 10 == 0) {
      node.kind = node_kind::assign;
      node.team = "night";
      node.next = node_key(i + 1);
    } else {
      node.kind = node_kind::notify;
      node.targets = {{.kind = escalation_target_kind::schedule, .key = std::to_string(i % schedules)}};
      node.delay = 5 * minute;
      node.next = node_key(i + 1);
    }
    p.nodes.push_back(std::move(node));
  }
  return p;
}

// Weekly rotations; one of them has nobody at night, so that what is looked at differs by the hour.
class ten_schedules final : public lint_source {
 public:
  ten_schedules() {
    lexicon words;
    for (const char* key : {"ann", "bob", "cid"}) words.add(word_kind::person, key);
    for (std::int64_t i = 0; i < schedules; ++i) {
      oncall_book book;
      book.rotations.push_back({no_instant,
                                {.key = "r",
                                 .type = rotation_type::weekly,
                                 .zone = "Europe/Berlin",
                                 .start = midnight_of({2026, 1, 5}) + 9 * hour,
                                 .participants = {{{"ann"}}, {{"bob"}}, {{"cid"}}}}});
      schedule_layer layer{.rotation = "r"};
      if (i == 0) layer.restrictions = {{{}, {6, 0}, {22, 0}}};
      const std::string key = std::to_string(i);
      book.schedules.push_back({no_instant, {.key = key, .zone = "Europe/Berlin", .layers = {layer}}});
      rosters_.emplace_back(book, key, words);
    }
  }

  on_call who(const escalation_target& target, instant at) const override { return of(target).who(at); }
  person_ref manager_of(person_ref, instant) const override { return {}; }
  person_ref assignee(instant) const override { return {}; }
  bool holds(const condition&, const escalation_facts&, instant) const override { return true; }
  bool has_usable_contact(person_ref, urgency) const override { return true; }
  duration longest_rule(person_ref, urgency) const override { return {}; }
  instant next_change(const escalation_target& target, instant after) const override {
    return of(target).next_change(after);
  }

 private:
  const roster& of(const escalation_target& target) const {
    return rosters_[static_cast<std::size_t>(target.key[0] - '0')];
  }

  std::vector<roster> rosters_;
};

void lint_policy(benchmark::State& state) {
  const escalation_graph graph(make_policy());
  const ten_schedules duty;
  std::int64_t openings = 0;
  for (auto _ : state) openings = lint(graph, duty, begin, begin + 28 * day).openings;
  state.counters["openings"] = static_cast<double>(openings);
}

void draw_policy(benchmark::State& state) {
  const escalation_graph graph(make_policy());
  for (auto _ : state) benchmark::DoNotOptimize(draw_svg(graph));
}

BENCHMARK(lint_policy)->Name("escalation/lint/1000_nodes")->Unit(benchmark::kMillisecond);
BENCHMARK(draw_policy)->Name("escalation/draw_svg/1000_nodes")->Unit(benchmark::kMillisecond);

}  // namespace
