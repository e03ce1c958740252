#include <tocsin/escalation/lint.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <tocsin/escalation/draw.hpp>

#include "given.hpp"

using namespace tocsin;
using namespace night;

namespace {

// Schedules that change at whole hours; some people cannot be reached.
class told_coverage final : public lint_source {
 public:
  told_oncall duty;
  std::set<std::string> deaf;
  duration own_rules;

  // Conditions hold as the script says, and for what it does not say.
  mutable std::vector<bool> script;
  mutable std::size_t asked = 0;

  on_call who(const escalation_target& target, instant t) const override { return duty.who(target, t); }
  person_ref manager_of(person_ref one, instant t) const override { return duty.manager_of(one, t); }
  person_ref assignee(instant t) const override { return duty.assignee(t); }
  bool holds(const condition&, const escalation_facts&, instant) const override {
    if (asked == script.size()) script.push_back(true);
    return script[asked++];
  }
  bool has_usable_contact(person_ref one, urgency) const override { return !deaf.contains(key_of(one)); }
  duration longest_rule(person_ref, urgency) const override { return own_rules; }
  instant next_change(const escalation_target& target, instant after) const override {
    if (target.kind != escalation_target_kind::schedule) return never;
    return {(after.us / hour.us + 1) * hour.us};
  }
};

std::vector<std::string> rules(const lint_verdict& verdict) {
  std::vector<std::string> result;
  for (const lint_finding& one : verdict.findings) {
    result.emplace_back(choices(one.rule)[static_cast<std::size_t>(one.rule) - 1]);
  }
  return result;
}

lint_verdict verdict_of(const escalation_policy& p, const told_coverage& duty, const std::string& from = "00:00",
                        const std::string& until = "26T00:00") {
  return lint(escalation_graph(p), duty, on_the_day(from), on_the_day(until));
}

told_coverage office_hours() {
  told_coverage duty;
  duty.duty.groups["office"] = [](instant t) {
    return t >= on_the_day("09:00") && t < on_the_day("17:00") ? "ann" : "";
  };
  return duty;
}

}  // namespace

TEST_CASE("the bounds are those of the worst opening, and say which it is and by which path (E8)") {
  const lint_verdict found = verdict_of(
      policy({step("schedule:office", 20 * minute), step("bob", 10 * minute), step("cid", minute)}), office_hours());
  CHECK(rules(found) == lines{"coverage_gap", "coverage_gap"});
  CHECK(shown(found.findings[0].at) == "00:00");
  CHECK(shown(found.findings[0].until) == "09:00");
  CHECK(shown(found.findings[1].at) == "17:00");
  CHECK(found.notified.time == duration{});
  CHECK(found.last_resort.time == 30 * minute);
  CHECK(shown(found.last_resort.opened_at) == "09:00");
  CHECK(found.last_resort.path == lines{"step_1", "step_2", "step_3"});
  CHECK(found.openings == 24);
}

TEST_CASE(
    "a night without anybody is waited through by a policy that repeats for ever, and the bound is the night (E8, "
    "E4)") {
  const lint_verdict found =
      verdict_of(policy({step("schedule:office", 20 * minute)}, -1), office_hours(), "00:00", "17:00");
  CHECK_FALSE(found.notified.never);
  CHECK(found.notified.time == 9 * hour);
  CHECK(shown(found.notified.opened_at) == "00:00");
  CHECK(found.notified.path.size() == 55);
}

TEST_CASE("a path that notifies nobody is shown with the opening on which it does not (E8)") {
  const lint_verdict found = verdict_of(policy({step("schedule:office", 20 * minute)}), office_hours());
  CHECK(found.notified.never);
  CHECK(rules(found) == lines{"coverage_gap", "coverage_gap", "nobody_notified"});
  CHECK(found.findings[2].path == lines{"step_1", "stop"});
  CHECK(shown(found.findings[2].at) == "00:00");
}

TEST_CASE("a step that only somebody hears who cannot be reached does not count (E8; Grafana OnCall 1326)") {
  told_coverage duty;
  duty.deaf = {"ann"};
  const lint_verdict found = verdict_of(policy({step("ann", 20 * minute), step("bob", minute)}), duty);
  CHECK(rules(found) == lines{"no_usable_contact"});
  CHECK(found.findings[0].path == lines{"step_1"});
  CHECK(found.notified.time == 20 * minute);
  const lint_verdict last = verdict_of(policy({step("bob", 20 * minute), step("ann", minute)}), duty);
  CHECK(rules(last) == lines{"no_usable_contact", "last_resort_unheard"});
}

TEST_CASE(
    "steps that mean nobody, take no time, or are too short for the personal rules are found (E8, E2; Grafana OnCall "
    "934)") {
  told_coverage duty;
  duty.duty.groups["none"] = [](instant) { return ""; };
  duty.own_rules = 10 * minute;
  CHECK(rules(verdict_of(policy({step("team:none", 20 * minute), step("ann", {}), step("bob", 5 * minute)}), duty)) ==
        lines{"empty_step", "zero_delay", "shorter_than_own_rules"});
  CHECK(rules(verdict_of(policy({step("", 20 * minute), step("ann", 10 * minute)}), duty)) == lines{"empty_step"});
}

TEST_CASE("a node to which no path leads is found (E8)") {
  escalation_policy graph{.key = "p"};
  graph.nodes = {{.key = "page", .kind = node_kind::notify, .next = "stop", .targets = targets("ann"), .delay = minute},
                 {.key = "lost", .kind = node_kind::notify, .next = "stop", .targets = targets("bob"), .delay = minute},
                 {.key = "stop", .kind = node_kind::stop}};
  CHECK(rules(verdict_of(graph, {})) == lines{"unreachable_node"});
}

TEST_CASE("what goes round for ever in no time is refused, what takes time is not (E2)") {
  const auto refused = [](std::vector<escalation_step> steps, std::int64_t repeat) {
    try {
      const escalation_graph graph(policy(std::move(steps), repeat));
      return false;
    } catch (const error&) {
      return true;
    }
  };
  CHECK(refused({step("ann", {}), step("bob", {})}, -1));
  CHECK_FALSE(refused({step("ann", {}), step("bob", {})}, 3));
  CHECK_FALSE(refused({step("ann", {}), step("bob", second)}, -1));
}

TEST_CASE("a window must go forward, and not too far") {
  const escalation_graph graph(policy({step("ann", minute)}));
  const told_coverage duty;
  CHECK_THROWS_AS(lint(graph, duty, on_the_day("03:00"), on_the_day("03:00")), error);
  CHECK_THROWS_AS(lint(graph, duty, on_the_day("03:00"), on_the_day("03:00") + 367 * day), error);
  CHECK_THROWS_AS(lint(graph, duty, no_instant, never), error);
}

// ---- against running every path

namespace {

using engine = std::mt19937_64;

std::int64_t pick(engine& random, std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most - least + 1));
}

// `safe`: every path comes to a last step that is heard.
escalation_policy random_graph(engine& random, bool safe) {
  static const duration delays[] = {{}, second, 7 * minute, 40 * minute};
  const std::int64_t count = pick(random, 2, 7);
  escalation_policy result{.key = "p"};
  const auto key = [](std::int64_t i) { return "n" + std::to_string(i); };
  for (std::int64_t i = 0; i < count; ++i) {
    escalation_node& node = result.nodes.emplace_back();
    node.key = key(i);
    if (i + 1 == count) {
      node.kind = node_kind::stop;
      break;
    }
    node.next = key(pick(random, i + 1, std::max(i + 1, count - (safe ? 2 : 1))));
    const std::int64_t kind = pick(random, 0, 7);
    if (safe && i + 2 == count) {
      node.kind = node_kind::notify;
      node.targets = targets("bob");
      node.delay = minute;
    } else if (kind <= 3) {
      node.kind = node_kind::notify;
      node.targets = targets(pick(random, 0, 3) == 0 ? "hal" : "schedule:g" + std::to_string(pick(random, 0, 2)));
      node.delay = delays[pick(random, 0, 3)];
    } else if (kind == 4) {
      node.kind = node_kind::wait;
      node.delay = delays[pick(random, 1, 3)];
    } else if (kind == 5) {
      node.kind = node_kind::repeat;
      node.to = key(pick(random, 0, i));
      node.times = pick(random, 1, 2);
    } else {
      node.kind = node_kind::branch;
      node.condition.text = "true";
      node.otherwise = key(pick(random, i + 1, std::max(i + 1, count - (safe ? 2 : 1))));
    }
  }
  result.nobody = pick(random, 0, 1) == 0 ? nobody_rule::go_on : nobody_rule::wait;
  return result;
}

told_coverage random_coverage(engine& random) {
  told_coverage duty;
  duty.deaf = {"hal", "gus"};
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t seed = random();
    duty.duty.groups["g" + std::to_string(i)] = [seed](instant t) -> std::string {
      static const std::vector<std::string> answers = {"", "", "ann", "gus", "gus+bob"};
      engine of_hour(seed + static_cast<std::uint64_t>(t.us / hour.us));
      return answers[of_hour() % answers.size()];
    };
  }
  return duty;
}

// The worst case by running every path, condition by condition.
struct exhausted_paths {
  bool never = false;
  duration time;
};

exhausted_paths run_every_path(const escalation_graph& graph, const told_coverage& duty, instant opened_at) {
  exhausted_paths worst;
  duty.script.clear();
  for (;;) {
    duty.asked = 0;
    escalation_run run;
    std::vector<run_output> said = start_run(run, graph, duty, opened_at).outputs;
    while (run.due != tocsin::never) {
      for (run_output& one : advance_run(run, graph, duty, run.due).outputs) said.push_back(std::move(one));
    }
    const auto heard = std::ranges::find_if(said, [&](const run_output& one) {
      return one.kind == run_output_kind::notified &&
             std::ranges::any_of(one.people, [&](person_ref p) { return duty.has_usable_contact(p, urgency::high); });
    });
    if (heard == said.end()) {
      worst.never = true;
    } else {
      worst.time = std::max(worst.time, heard->scheduled_at - opened_at);
    }
    duty.script.resize(duty.asked);
    while (!duty.script.empty() && !duty.script.back()) duty.script.pop_back();
    if (duty.script.empty()) return worst;
    duty.script.back() = false;
  }
}

}  // namespace

TEST_CASE("the linter's bound is that of running every path, both ways, on small random graphs (E8)") {
  std::int64_t silent = 0;
  std::int64_t heard = 0;
  for (std::uint64_t seed = 1; seed < 400; ++seed) {
    CAPTURE(seed);
    engine random(seed);
    const escalation_policy p = random_graph(random, seed % 2 == 0);
    const told_coverage duty = random_coverage(random);
    const escalation_graph graph(p);
    exhausted_paths worst;
    for (instant at = on_the_day("00:00"); at < on_the_day("06:00"); at = at + hour) {
      const exhausted_paths one = run_every_path(graph, duty, at);
      worst.never = worst.never || one.never;
      worst.time = std::max(worst.time, one.time);
    }
    const lint_verdict found = lint(graph, duty, on_the_day("00:00"), on_the_day("06:00"));
    REQUIRE(found.notified.never == worst.never);
    if (!worst.never) REQUIRE(found.notified.time == worst.time);
    ++(worst.never ? silent : heard);
  }
  CHECK(silent > 50);
  CHECK(heard > 50);
}

// ---- drawings

TEST_CASE("a drawing shows nodes, times and ways back, and quotes what the picture's language would read (E1)") {
  escalation_policy p = policy({step("ann", 5 * minute), step("schedule:a\"b", minute)}, 2);
  const escalation_graph graph(p);
  CHECK(draw_mermaid(graph) ==
        "flowchart TD\n"
        "  start(( ))\n"
        "  n0[\"step_1<br>notify<br>ann\"]\n"
        "  n1[\"step_2<br>notify<br>schedule a#34;b\"]\n"
        "  n2([\"repeat<br>repeat\"])\n"
        "  n3(((\"stop<br>stop\")))\n"
        "  start --> n0\n"
        "  n0 -->|\"PT5M\"| n1\n"
        "  n1 -->|\"PT1M\"| n2\n"
        "  n2 -.->|\"2 times\"| n0\n"
        "  n2 --> n3\n");
  CHECK(draw_dot(graph).find("n1 [shape=box, label=\"step_2\\nnotify\\nschedule a\\\"b\"];") != std::string::npos);
}
