#include <tocsin/escalation/run.hpp>

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include <tocsin/base/json.hpp>

#include "given.hpp"
#include "naive_run.hpp"

using namespace tocsin;
using namespace night;

namespace {

using engine = std::mt19937_64;

std::int64_t pick(engine& random, std::int64_t least, std::int64_t most) {
  return least + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most - least + 1));
}

template <class T>
const T& one_of(engine& random, const std::vector<T>& all) {
  return all[static_cast<std::size_t>(pick(random, 0, std::ssize(all) - 1))];
}

// Who is on call changes every some minutes, and often is nobody.
std::string oncall_at(std::uint64_t seed, std::size_t group, instant t) {
  static const std::vector<std::string> answers = {"", "", "ann", "bob", "ann+cid", "dee+eve+fay"};
  const auto period = static_cast<std::uint64_t>(t.us / (7 * minute.us));
  engine random(seed * 1'000'003 + period * 31 + group);
  return answers[random() % answers.size()];
}

told_oncall random_oncall(std::uint64_t seed) {
  told_oncall duty;
  for (std::size_t i = 0; i < 6; ++i) {
    duty.groups["g" + std::to_string(i)] = [seed, i](instant t) { return oncall_at(seed, i, t); };
  }
  return duty;
}

escalation_policy random_steps(engine& random) {
  static const std::vector<duration> delays = {{}, second, 10 * second, 45 * second, minute, 5 * minute, 11 * minute};
  std::vector<escalation_step> steps;
  const std::int64_t count = pick(random, 1, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    steps.push_back(step("schedule:g" + std::to_string(i), one_of(random, delays)));
  }
  const bool timeless = std::ranges::all_of(steps, [](const escalation_step& s) { return s.delay.us == 0; });
  escalation_policy result = policy(steps, pick(random, timeless ? 0 : -1, 3));
  result.nobody = pick(random, 0, 1) == 0 ? nobody_rule::go_on : nobody_rule::wait;
  if (pick(random, 0, 1) == 0) result.acknowledgement_timeout = one_of(random, delays);
  return result;
}

struct reaction {
  run_action action;
  instant at;
};

std::vector<reaction> random_reactions(engine& random, instant from, std::int64_t seconds) {
  using kind = run_action_kind;
  static const std::vector<kind> kinds = {kind::acknowledge, kind::acknowledge, kind::unacknowledge, kind::escalate,
                                          kind::snooze,      kind::escalate,    kind::resolve,       kind::reopen};
  std::vector<reaction> result;
  const std::int64_t count = pick(random, 0, 8);
  for (std::int64_t i = 0; i < count; ++i) {
    // Often at a whole minute, where steps are due.
    std::int64_t offset = pick(random, 0, seconds);
    if (pick(random, 0, 1) == 0) offset -= offset % 60;
    const instant at = from + offset * second;
    result.push_back({{.kind = one_of(random, kinds),
                       .by = person(one_of(random, names())),
                       .until = at + pick(random, 1, 1'500) * second},
                      at});
  }
  std::ranges::stable_sort(result, {}, &reaction::at);
  for (reaction& r : result) {
    if (r.action.kind != kind::snooze) r.action.until = no_instant;
  }
  return result;
}

std::vector<std::string> play_fast(const escalation_policy& p, const told_oncall& duty, instant from, instant until,
                                   const std::vector<reaction>& reactions) {
  const escalation_graph graph(p);
  escalation_run run;
  std::vector<std::string> log;
  const auto take = [&](const run_answer& answer) {
    for (const run_output& one : answer.outputs) log.push_back(line_of(one, graph));
    if (answer.refusal) log.push_back(shown(run.clock) + " refused " + answer.refusal->reason());
  };
  take(start_run(run, graph, duty, from));
  for (const reaction& r : reactions) {
    while (run.due < r.at) take(advance_run(run, graph, duty, run.due));
    take(act_on_run(run, graph, duty, r.action, r.at));
  }
  while (run.due <= until) take(advance_run(run, graph, duty, run.due));
  return log;
}

std::vector<std::string> play_slowly(const escalation_policy& p, const told_oncall& duty, instant from, instant until,
                                     const std::vector<reaction>& reactions) {
  naive_run slow(p, [&](std::size_t i, instant t) { return duty.groups.at("g" + std::to_string(i))(t); });
  slow.open(from);
  auto next = reactions.begin();
  for (instant t = from; t <= until; t = t + second) {
    for (; next != reactions.end() && next->at == t; ++next) {
      slow.act(next->action.kind, key_of(next->action.by), t, next->action.until);
    }
    slow.tick(t);
  }
  return slow.log;
}

void hold_against_naive(std::uint64_t first, std::uint64_t last) {
  const instant from = on_the_day("03:00");
  constexpr std::int64_t seconds = 90 * 60;
  for (std::uint64_t seed = first; seed < last; ++seed) {
    CAPTURE(seed);
    engine random(seed);
    const escalation_policy p = random_steps(random);
    const told_oncall duty = random_oncall(seed);
    const std::vector<reaction> reactions = random_reactions(random, from, seconds);
    const instant until = from + seconds * second;
    const std::vector<std::string> fast = play_fast(p, duty, from, until, reactions);
    const std::vector<std::string> slow = play_slowly(p, duty, from, until, reactions);
    const auto [left, right] = std::ranges::mismatch(fast, slow);
    if (left == fast.end() && right == slow.end()) continue;
    FAIL("fast: " << (left == fast.end() ? "nothing" : *left)
                  << ", slow: " << (right == slow.end() ? "nothing" : *right));
  }
}

// ---- graphs

// Nodes that lead onward, repeats that lead back; the last one stops.
escalation_policy random_graph(engine& random, bool branches = true) {
  static const std::vector<duration> delays = {{}, second, 30 * second, 2 * minute, 10 * minute};
  const std::int64_t count = pick(random, 2, 9);
  escalation_policy result{.key = "p"};
  const auto key = [](std::int64_t i) { return "n" + std::to_string(i); };
  for (std::int64_t i = 0; i < count; ++i) {
    escalation_node& node = result.nodes.emplace_back();
    node.key = key(i);
    if (i + 1 == count) {
      node.kind = node_kind::stop;
      break;
    }
    node.next = key(pick(random, i + 1, count - 1));
    switch (pick(random, 0, 6)) {
      case 0:
        node.kind = node_kind::wait;
        node.delay = pick(random, 0, 1) == 0 ? second : 3 * minute;
        break;
      case 1:
        if (branches) {
          node.kind = node_kind::branch;
          node.condition.text = "true";
          node.otherwise = key(pick(random, i + 1, count - 1));
          break;
        }
        [[fallthrough]];
      case 2:
        node.kind = node_kind::assign;
        node.level = 2;
        break;
      case 3:
        node.kind = node_kind::repeat;
        node.to = key(pick(random, 0, i));
        node.times = pick(random, 1, 2);
        break;
      default:
        node.kind = node_kind::notify;
        node.targets =
            targets("schedule:g" + std::to_string(pick(random, 0, 5)) + ",team:g" + std::to_string(pick(random, 0, 5)));
        node.delay = one_of(random, delays);
    }
  }
  result.nobody = pick(random, 0, 1) == 0 ? nobody_rule::go_on : nobody_rule::wait;
  return result;
}

const lexicon& words() {
  static const lexicon* all = [] {
    auto* made = new lexicon;
    for (const std::string& name : names()) made->add(word_kind::person, name);
    return made;
  }();
  return *all;
}

// As from a journal.
escalation_run restarted(const escalation_run& run) {
  const document_names named{.words = &words()};
  json_writer to;
  write_run(to, run, named);
  return read_run(to.str(), named);
}

std::vector<std::string> rest_of(escalation_run run, const escalation_graph& graph, const oncall_source& duty,
                                 instant until) {
  std::vector<std::string> log;
  while (run.due <= until) {
    for (const run_output& one : advance_run(run, graph, duty, run.due).outputs) log.push_back(line_of(one, graph));
  }
  return log;
}

}  // namespace

TEST_CASE("runs do as a watch in hand does, second by second, whatever people do (E2-E4, D2)") {
  hold_against_naive(1, 60);
}

TEST_SUITE("full") {
  TEST_CASE("runs do as a watch in hand does, for many policies (E2-E4, D2)") { hold_against_naive(60, 3'000); }
}

TEST_CASE("a restart at any point gives the same remaining sequence (D6; Grafana OnCall 1206)") {
  for (std::uint64_t seed = 1; seed < 300; ++seed) {
    CAPTURE(seed);
    engine random(seed);
    const escalation_graph graph(random_graph(random));
    const told_oncall duty = random_oncall(seed);
    escalation_run run;
    start_run(run, graph, duty, on_the_day("03:00"));
    const instant until = on_the_day("23:00");
    for (int i = 0; i < 5; ++i) {
      const escalation_run again = restarted(run);
      REQUIRE(again == run);
      REQUIRE(rest_of(again, graph, duty, until) == rest_of(run, graph, duty, until));
      if (run.due > until) break;
      advance_run(run, graph, duty, run.due);
    }
  }
}

TEST_CASE("one leap says what many small ones do, where lateness is not in play (D8)") {
  for (std::uint64_t seed = 1; seed < 300; ++seed) {
    CAPTURE(seed);
    engine random(seed);
    escalation_policy p = random_graph(random);
    p.late = late_rule::replay;
    const escalation_graph graph(p);
    const told_oncall duty = random_oncall(seed);
    escalation_run run;
    start_run(run, graph, duty, on_the_day("03:00"));
    const auto without_recording = [&](std::vector<run_output> outputs) {
      std::vector<std::string> log;
      for (run_output& one : outputs) {
        one.recorded_at = one.scheduled_at;
        log.push_back(line_of(one, graph));
      }
      return log;
    };
    escalation_run leapt = run;
    const instant until = on_the_day("23:00");
    const std::vector<std::string> small = rest_of(run, graph, duty, until);
    CHECK(without_recording(advance_run(leapt, graph, duty, until).outputs) == small);
    escalation_run limited = run;
    std::vector<std::string> pieces;
    do {
      for (const std::string& line : without_recording(advance_run(limited, graph, duty, until, 1).outputs)) {
        pieces.push_back(line);
      }
    } while (limited.due <= until);
    CHECK(pieces == small);
    CHECK(limited == leapt);
  }
}

TEST_CASE("a run never falls silent without saying so, and nobody is notified twice for one step (E4, E5; GoAlert)") {
  for (std::uint64_t seed = 1; seed < 500; ++seed) {
    CAPTURE(seed);
    engine random(seed);
    const escalation_graph graph(random_graph(random));
    const told_oncall duty = random_oncall(seed);
    const instant until = on_the_day("28T03:00");
    escalation_run run;
    std::vector<run_output> outputs = start_run(run, graph, duty, on_the_day("03:00")).outputs;
    const auto check = [&] {
      for (const run_output& one : outputs) {
        std::vector<person_ref> all = one.people;
        all.insert(all.end(), one.shadows.begin(), one.shadows.end());
        std::set<std::uint32_t> distinct;
        for (const person_ref somebody : all) distinct.insert(somebody.index);
        CHECK(distinct.size() == all.size());
      }
      const bool waits = run.due != never;
      const bool says_so = run.exhausted || run.state != run_state::triggered;
      CHECK(waits != says_so);
      if (run.exhausted) CHECK(outputs.back().kind == run_output_kind::escalation_exhausted);
    };
    check();
    while (run.due <= until) {
      outputs = advance_run(run, graph, duty, run.due + pick(random, 0, 900) * second).outputs;
      check();
    }
    CHECK(run.exhausted);  // of counted repeats alone
    act_on_run(run, graph, duty, {.kind = run_action_kind::resolve}, until + hour);
    CHECK(run.due == never);
    CHECK_FALSE(run.exhausted);
  }
}

TEST_CASE("a host that is late notifies one step for each time it comes, never a row of them (D8)") {
  for (std::uint64_t seed = 1; seed < 300; ++seed) {
    CAPTURE(seed);
    engine random(seed);
    escalation_policy p = random_graph(random);
    for (escalation_node& node : p.nodes) {
      if (node.kind == node_kind::notify && node.delay.us == 0) node.delay = second;
    }
    const escalation_graph graph(p);
    told_oncall duty;
    for (int i = 0; i < 6; ++i) duty.groups["g" + std::to_string(i)] = [](instant) { return "ann"; };
    escalation_run run;
    start_run(run, graph, duty, on_the_day("03:00"));
    while (run.due < on_the_day("23:00")) {
      const instant late = run.due + 10 * minute;
      const std::vector<run_output> said = advance_run(run, graph, duty, late).outputs;
      std::int64_t pages = 0;
      for (const run_output& one : said) pages += one.kind == run_output_kind::notified ? 1 : 0;
      CHECK(pages <= 1);
      CHECK((run.due > late || run.exhausted));
    }
  }
}
