#include <tocsin/escalation/run.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "given.hpp"

using namespace tocsin;
using namespace night;

using act = run_action_kind;

namespace {

// Ann, five minutes later Bob, ten minutes later the end.
escalation_policy two_steps(std::int64_t repeat = 0) {
  return policy({step("ann", 5 * minute), step("bob", 10 * minute)}, repeat);
}

told_oncall nobody_by_night() {
  told_oncall duty;
  duty.groups["day"] = [](instant t) { return t < on_the_day("08:00") ? "" : "cid"; };
  return duty;
}

}  // namespace

TEST_CASE(
    "a step notifies at once, then its delay runs; after the last one the run is exhausted and stays triggered (E2, "
    "E4)") {
  play p(two_steps());
  p.start("03:00").attend("26T03:00");
  CHECK(p.said() ==
        lines{"03:00 started", "03:00 notified 1 ann", "03:05 notified 2 bob", "03:15 escalation_exhausted"});
  CHECK(p.run.state == run_state::triggered);
  CHECK(p.run.exhausted);
  CHECK(p.run.due == never);
}

TEST_CASE("repeat is the number of passes after the first, and waits the last step's delay before each (E2)") {
  play p(two_steps(2));
  p.start("03:00").attend("26T03:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05 notified 2 bob", "03:15 repeated repeat",
                          "03:15 notified 1 ann", "03:20 notified 2 bob", "03:30 repeated repeat",
                          "03:30 notified 1 ann", "03:35 notified 2 bob", "03:45 escalation_exhausted"});
}

TEST_CASE(
    "the next step is due at the scheduled instant plus the delay: a host that is a little late shifts nothing (E2, "
    "GoAlert drifts)") {
  play p(two_steps(1));
  p.start("03:00").advance("03:05:40").advance("03:16:10").advance("03:24:30");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05/03:05:40 notified 2 bob",
                          "03:15/03:16:10 repeated repeat", "03:15/03:16:10 notified 1 ann",
                          "03:20/03:24:30 notified 2 bob"});
  CHECK(shown(p.run.due) == "03:30");
}

TEST_CASE("a repeat for ever goes on until somebody acknowledges (E2)") {
  play p(two_steps(-1));
  p.start("03:00").attend("26T02:59");
  CHECK(p.said().size() == 1 + 24 * 4 * 3 - 1);
  p.act(act::acknowledge, "ann", "26T02:59").attend("31T00:00");
  CHECK(p.said() == lines{"26T02:59 acknowledged by ann"});
}

TEST_CASE("an acknowledgement stops the run; one at the very instant of a step comes before it (E3, D2)") {
  play p(two_steps());
  p.start("03:00").act(act::acknowledge, "ann", "03:05").attend("26T03:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05 acknowledged by ann"});
  play q(two_steps());
  q.start("03:00").advance("03:05").act(act::acknowledge, "ann", "03:05");
  CHECK(q.said() ==
        lines{"03:00 started", "03:00 notified 1 ann", "03:05 notified 2 bob", "03:05 acknowledged by ann"});
}

TEST_CASE("taking an acknowledgement back notifies the current step again with its delay anew (E3)") {
  play p(two_steps());
  p.start("03:00").attend("03:05").act(act::acknowledge, "bob", "03:07").act(act::unacknowledge, "bob", "04:00");
  p.attend("26T03:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05 notified 2 bob", "03:07 acknowledged by bob",
                          "04:00 unacknowledged by bob", "04:00 notified 2 bob", "04:10 escalation_exhausted"});
}

TEST_CASE("an acknowledgement that times out notifies the current step again; a new one begins the time anew (E3)") {
  escalation_policy with = two_steps();
  with.acknowledgement_timeout = 30 * minute;
  play p(with);
  p.start("03:00").act(act::acknowledge, "ann", "03:01").act(act::acknowledge, "ann", "03:20").attend("03:55");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:01 acknowledged by ann",
                          "03:20 acknowledged by ann", "03:50 acknowledgement_timed_out", "03:50 notified 1 ann",
                          "03:55 notified 2 bob"});
  play q(with);
  q.start("03:00").act(act::acknowledge, "ann", "03:01").act(act::unacknowledge, "ann", "03:31").attend("03:31");
  CHECK(q.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:01 acknowledged by ann",
                          "03:31 unacknowledged by ann", "03:31 notified 1 ann"});
}

TEST_CASE(
    "the end of a snooze notifies the current step again; a snooze goes before the acknowledgement's time-out (E3)") {
  escalation_policy with = two_steps();
  with.acknowledgement_timeout = 30 * minute;
  play p(with);
  p.start("03:00").act(act::acknowledge, "ann", "03:01");
  p.act({.kind = act::snooze, .by = person("ann"), .until = on_the_day("09:00")}, "03:02").attend("09:05");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:01 acknowledged by ann", "03:02 snoozed by ann",
                          "09:00 snooze_ended", "09:00 notified 1 ann", "09:05 notified 2 bob"});
  p.act({.kind = act::snooze, .by = person("ann"), .until = on_the_day("09:05")}, "09:06");
  CHECK(p.said() == lines{"09:06 refused escalation.snooze_in_past"});
}

TEST_CASE("escalating by hand goes to the next step at once and makes an acknowledged run triggered again (E3)") {
  play p(policy({step("ann", 5 * minute), step("bob", 10 * minute), step("cid", minute)}));
  p.start("03:00").act(act::escalate, "ann", "03:01").act(act::acknowledge, "bob", "03:02");
  p.act(act::escalate, "bob", "03:30");
  CHECK(p.run.state == run_state::triggered);
  p.attend("26T00:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:01 escalated by ann", "03:01 notified 2 bob",
                          "03:02 acknowledged by bob", "03:30 escalated by bob", "03:30 notified 3 cid",
                          "03:31 escalation_exhausted"});
}

TEST_CASE("escalating by hand from the last step ends the path and says so; from there the policy begins again") {
  play p(two_steps());
  p.start("03:00")
      .attend("03:05")
      .act(act::escalate, "bob", "03:06")
      .act(act::escalate, "bob", "03:07")
      .attend("26T00:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05 notified 2 bob", "03:06 escalated by bob",
                          "03:06 escalation_exhausted", "03:07 escalated by bob", "03:07 notified 1 ann",
                          "03:12 notified 2 bob", "03:22 escalation_exhausted"});
}

TEST_CASE("handing over escalates at once (E3)") {
  play p(two_steps());
  p.start("03:00").act(act::acknowledge, "ann", "03:01").act(act::hand_over, "ann", "03:02");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:01 acknowledged by ann",
                          "03:02 handed_over by ann", "03:02 notified 2 bob"});
}

TEST_CASE("resolving, closing and cancelling end a run for good, also one that repeats for ever (E3, D5)") {
  for (const act kind : {act::resolve, act::close, act::cancel}) {
    play p(two_steps(-1));
    p.start("03:00").act(kind, "ann", "03:05");
    CHECK(p.run.state == run_state::ended);
    CHECK(p.run.due == never);
    p.said();
    p.attend("31T00:00");
    CHECK(p.said().empty());
  }
}

TEST_CASE("a late acknowledgement never reopens what is resolved (E6; Grafana OnCall 3161)") {
  play p(two_steps());
  p.start("03:00").act(act::resolve, "bob", "03:02").act(act::acknowledge, "ann", "03:03");
  p.act(act::unacknowledge, "ann", "03:04").act(act::escalate, "ann", "03:05");
  p.act({.kind = act::snooze, .by = person("ann"), .until = on_the_day("04:00")}, "03:06")
      .act(act::close, "ann", "03:07");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:02 ended by bob",
                          "03:03 refused escalation.ended", "03:04 refused escalation.ended",
                          "03:05 refused escalation.ended", "03:06 refused escalation.ended",
                          "03:07 refused escalation.ended"});
  CHECK(p.run.state == run_state::ended);
}

TEST_CASE("reopening starts a new run at the first step, and its pages are not those of the old one (E3, E6)") {
  play p(two_steps(1));
  p.start("03:00").attend("03:05").act(act::resolve, "bob", "03:06");
  p.act({.kind = act::reopen, .by = person("eve")}, "05:00");
  CHECK(p.run.number == 2);
  p.act({.kind = act::acknowledge, .by = person("bob"), .version = 1}, "05:01").attend("05:05");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05 notified 2 bob", "03:06 ended by bob",
                          "05:00 reopened", "05:00 notified 1 ann", "05:01 refused escalation.old_page",
                          "05:05 notified 2 bob"});
  p.act({.kind = act::reopen, .by = person("eve")}, "05:06");
  CHECK(p.said() == lines{"05:06 refused escalation.not_ended"});
}

TEST_CASE("a reply to a page that is past is refused, with what it cites and where the run is (E6)") {
  play p(two_steps(1));
  p.start("03:00").attend("03:15");
  p.said();
  p.act({.kind = act::acknowledge, .by = person("bob"), .step = 2}, "03:16");
  p.act({.kind = act::acknowledge, .by = person("ann"), .step = 1, .version = 1}, "03:17");
  p.act({.kind = act::escalate, .by = person("ann"), .version = 2}, "03:18");
  p.act({.kind = act::acknowledge, .by = person("ann"), .step = 1, .version = 3}, "03:19");
  CHECK(p.said() == lines{"03:16 refused escalation.old_page", "03:17 refused escalation.old_page",
                          "03:18 refused escalation.old_page", "03:19 acknowledged by ann"});
}

TEST_CASE(
    "a step that finds nobody says so and goes on at once; whoever was paged last may still answer (E4; GoAlert "
    "4548)") {
  play p(policy({step("ann", 5 * minute), step("schedule:day", 10 * minute), step("bob", 10 * minute)}),
         nobody_by_night());
  p.start("03:00").attend("26T00:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05 nobody_on_call 2", "03:05 notified 3 bob",
                          "03:15 escalation_exhausted"});
  escalation_policy waiting = policy({step("ann", 5 * minute), step("schedule:day", 10 * minute), step("bob", minute)});
  waiting.nobody = nobody_rule::wait;
  play q(waiting, nobody_by_night());
  q.start("03:00").attend("03:05").act({.kind = act::acknowledge, .by = person("ann"), .step = 1}, "03:06");
  CHECK(q.said() ==
        lines{"03:00 started", "03:00 notified 1 ann", "03:05 nobody_on_call 2", "03:06 acknowledged by ann"});
  play r(waiting, nobody_by_night());
  r.start("03:00").attend("26T00:00");
  CHECK(r.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05 nobody_on_call 2", "03:15 notified 3 bob",
                          "03:16 escalation_exhausted"});
}

TEST_CASE("a whole pass that found nobody waits the sum of its delays, one minute at least (E4)") {
  play p(policy({step("schedule:day", 5 * minute), step("team:day", 10 * minute)}, -1), nobody_by_night());
  p.start("07:40").attend("08:10");
  CHECK(p.said() == lines{"07:40 started", "07:40 nobody_on_call 1", "07:40 nobody_on_call 2", "07:55 repeated repeat",
                          "07:55 nobody_on_call 1", "07:55 nobody_on_call 2", "08:10 repeated repeat",
                          "08:10 notified 1 cid"});
  play q(policy({step("schedule:day", 10 * second)}, 2), nobody_by_night());
  q.start("07:40").attend("26T00:00");
  CHECK(q.said() == lines{"07:40 started", "07:40 nobody_on_call 1", "07:41 repeated repeat", "07:41 nobody_on_call 1",
                          "07:42 repeated repeat", "07:42 nobody_on_call 1", "07:42 escalation_exhausted"});
}

TEST_CASE("a pass of steps without delay that would go on for ever takes a minute all the same (E2, E4)") {
  play p(policy({step("ann", {}), step("schedule:day", 5 * minute)}, -1), nobody_by_night());
  p.start("03:00").attend("03:05");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:00 nobody_on_call 2", "03:05 repeated repeat",
                          "03:05 notified 1 ann", "03:05 nobody_on_call 2"});
}

TEST_CASE("recipients are resolved when a step fires, once each per step, whatever names them (E5)") {
  told_oncall duty;
  duty.groups["db"] = [](instant t) { return t < on_the_day("03:10") ? "ann+bob" : "bob+cid"; };
  duty.shadows["db"] = "bob+hal";
  play p(policy({step("bob,schedule:db,team:db,bob", 10 * minute)}, 1), duty);
  p.start("03:00").attend("03:10");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 bob+ann (hal)", "03:10 repeated repeat",
                          "03:10 notified 1 bob+cid (hal)"});
}

TEST_CASE("shadows hear, but a step that found only them found nobody (O4, E4)") {
  told_oncall duty;
  duty.groups["db"] = [](instant) { return ""; };
  duty.shadows["db"] = "hal";
  play p(policy({step("schedule:db", 10 * minute), step("ann", minute)}), duty);
  p.start("03:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 nobody_on_call 1", "03:00 notified 1 (hal)", "03:00 notified 2 ann"});
}

TEST_CASE(
    "a step may ask for all, or for some of those whom it notified; the delays run until they have acknowledged (E1; "
    "GoAlert 4545)") {
  escalation_policy all = policy({step("ann,bob,cid", 5 * minute), step("dee", 5 * minute)});
  all.steps[0].acknowledgement = acknowledgement::all;
  play p(all);
  p.start("03:00").act(act::acknowledge, "ann", "03:01").act(act::acknowledge, "ann", "03:02");
  p.act(act::acknowledge, "eve", "03:03")
      .act(act::acknowledge, "cid", "03:04")
      .act(act::acknowledge, "bob", "03:04:30");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann+bob+cid", "03:01 acknowledged_in_part by ann needs 2",
                          "03:02 refused escalation.already_acknowledged", "03:03 refused escalation.not_notified",
                          "03:04 acknowledged_in_part by cid needs 1", "03:04:30 acknowledged by bob"});
  CHECK(p.run.state == run_state::acknowledged);
  all.steps[0].acknowledgement = acknowledgement::some;
  all.steps[0].needed = 2;
  play q(all);
  q.start("03:00").act(act::acknowledge, "ann", "03:01").attend("03:05").act(act::acknowledge, "bob", "03:06");
  CHECK(q.said() == lines{"03:00 started", "03:00 notified 1 ann+bob+cid", "03:01 acknowledged_in_part by ann needs 1",
                          "03:05 notified 2 dee", "03:06 acknowledged by bob"});
  all.steps[0].needed = 9;  // more than there are: all of them
  play r(all);
  r.start("03:00")
      .act(act::acknowledge, "ann", "03:01")
      .act(act::acknowledge, "bob", "03:02")
      .act(act::acknowledge, "cid", "03:03");
  CHECK(r.said().back() == "03:03 acknowledged by cid");
}

TEST_CASE("a host that was away notifies only the step that is due now, and later delays count from now (D8)") {
  play p(
      policy({step("ann", 5 * minute), step("bob", 10 * minute), step("cid", 10 * minute), step("dee", 10 * minute)}));
  p.start("03:00").advance("03:27:30").attend("26T00:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:25/03:27:30 skipped 4 x2",
                          "03:25/03:27:30 notified 4 dee", "03:37:30 escalation_exhausted"});
}

TEST_CASE(
    "a host that was away for longer than the whole path is not taken for exhausted: the last step is heard (D8, E4)") {
  play p(two_steps());
  p.start("03:00").advance("09:00").attend("26T00:00");
  CHECK(p.said() ==
        lines{"03:00 started", "03:00 notified 1 ann", "03:05/09:00 notified 2 bob", "09:10 escalation_exhausted"});
}

TEST_CASE("what is late by no more than catch_up fires at its scheduled instants, all of it (D8)") {
  play p(policy({step("ann", 5 * minute), step("bob", 2 * minute), step("cid", 10 * minute)}));
  p.start("03:00").advance("03:10");
  CHECK(p.said() ==
        lines{"03:00 started", "03:00 notified 1 ann", "03:05/03:10 notified 2 bob", "03:07/03:10 notified 3 cid"});
  CHECK(shown(p.run.due) == "03:17");
  play q(policy({step("ann", 5 * minute), step("bob", 2 * minute), step("cid", 10 * minute)}));
  q.start("03:00").advance("03:10:01");
  CHECK(q.said() ==
        lines{"03:00 started", "03:00 notified 1 ann", "03:07/03:10:01 skipped 3 x1", "03:07/03:10:01 notified 3 cid"});
  CHECK(shown(q.run.due) == "03:20:01");
}

TEST_CASE("a policy may choose to replay what a late host missed (D8)") {
  escalation_policy with = two_steps();
  with.late = late_rule::replay;
  play p(with);
  p.start("03:00").advance("09:00");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:05/09:00 notified 2 bob",
                          "03:15/09:00 escalation_exhausted"});
}

TEST_CASE("pages that were due before a late resolution are marked superseded (D8, D2)") {
  play p(two_steps());
  p.start("03:00").act(act::resolve, "ann", "03:06");
  CHECK(p.said() ==
        lines{"03:00 started", "03:00 notified 1 ann", "03:05/03:06 notified 2 bob superseded", "03:06 ended by ann"});
}

TEST_CASE("what the end of a snooze brings to a late host is passed over likewise (D8, E3)") {
  play p(two_steps());
  p.start("03:00")
      .act({.kind = act::snooze, .by = person("ann"), .until = on_the_day("04:00")}, "03:01")
      .advance("04:07");
  CHECK(p.said() == lines{"03:00 started", "03:00 notified 1 ann", "03:01 snoozed by ann", "04:00/04:07 snooze_ended",
                          "04:05/04:07 skipped 2 x1", "04:05/04:07 notified 2 bob"});
  CHECK(shown(p.run.due) == "04:17");
}

TEST_CASE("a graph branches, waits in open time, assigns, raises and runs what it is told to (E1)") {
  business_calendar_definition office{.key = "office", .zone = "UTC"};
  office.weekly = {{{week_day::monday, week_day::tuesday, week_day::wednesday, week_day::thursday, week_day::friday},
                    {8, 0},
                    {16, 0}}};
  const business_calendar calendar = business_calendar::compile(office);
  const auto know = [&](std::string_view key) { return key == "office" ? &calendar : nullptr; };
  escalation_policy graph{.key = "p"};
  graph.nodes = {
      {.key = "open", .kind = node_kind::branch, .next = "desk", .calendar = "office", .otherwise = "night"},
      {.key = "desk", .kind = node_kind::notify, .next = "patience", .targets = targets("ann")},
      {.key = "patience", .kind = node_kind::wait, .next = "level_2", .delay = 2 * hour, .calendar = "office"},
      {.key = "night", .kind = node_kind::notify, .next = "level_2", .targets = targets("bob"), .delay = 5 * minute},
      {.key = "level_2", .kind = node_kind::assign, .next = "up", .team = "dba", .level = 2},
      {.key = "up", .kind = node_kind::raise, .next = "further_up", .delay = 5 * minute},
      {.key = "further_up", .kind = node_kind::raise, .next = "major", .delay = 5 * minute},
      {.key = "major", .kind = node_kind::declare_major, .next = "restart"},
      {.key = "restart", .kind = node_kind::run, .next = "stop", .automation = "restart_it"},
      {.key = "stop", .kind = node_kind::stop}};
  told_oncall duty;
  duty.managers = {{"ann", "dee"}, {"bob", "cid"}, {"cid", "eve"}, {"dee", "eve"}};
  play night(graph, duty, know);
  night.start("03:00").attend("26T00:00");
  CHECK(night.said() == lines{"03:00 started", "03:00 notified 2 bob", "03:05 assigned level_2", "03:05 raised 3",
                              "03:05 notified 3 cid", "03:10 raised 4", "03:10 notified 4 eve",
                              "03:15 major_declared major", "03:15 automation_run restart",
                              "03:15 escalation_exhausted"});
  CHECK(night.run.raised == 2);
  CHECK(night.run.reassigned == 1);
  play late(graph, duty, know);  // Friday the 25th, an hour before closing: the other hour is Monday's first
  late.start("15:00").attend("28T09:05");
  CHECK(late.said() == lines{"15:00 started", "15:00 notified 1 ann", "28T09:00 assigned level_2", "28T09:00 raised 3",
                             "28T09:00 notified 3 dee", "28T09:05 raised 4", "28T09:05 notified 4 eve"});
  late.act(act::acknowledge, "eve", "28T09:06").act(act::unacknowledge, "eve", "28T09:07");
  CHECK(late.said() == lines{"28T09:06 acknowledged by eve", "28T09:07 unacknowledged by eve", "28T09:07 raised 4",
                             "28T09:07 notified 4 eve"});
}

TEST_CASE(
    "a run says which version it goes by, and one that follows the live policy finds its place in the new one (E5)") {
  const escalation_graph old_one(policy({step("ann", 5 * minute), step("bob", 10 * minute)}), 1);
  const escalation_graph new_one(policy({step("ann", 5 * minute), step("cid", minute), step("dee", minute)}, 1), 2);
  const told_oncall duty;
  escalation_run run;
  start_run(run, old_one, duty, on_the_day("03:00"));
  follow_version(run, old_one, new_one);
  const run_answer next = advance_run(run, new_one, duty, on_the_day("03:05"));
  REQUIRE(next.outputs.size() == 1);
  CHECK(line_of(next.outputs[0], new_one) == "03:05 notified 2 cid");
  CHECK(next.outputs[0].policy_version == 2);
  follow_version(run, new_one, old_one);
  const run_answer back = advance_run(run, old_one, duty, on_the_day("03:06"));
  CHECK(line_of(back.outputs[0], old_one) == "03:06 escalation_exhausted");
}

TEST_CASE("what can never come is said to be exhausted, not waited for (E4)") {
  play p(policy({step("ann", 366 * day)}));
  const told_oncall duty;
  const run_answer done = start_run(p.run, p.graph, duty, at("2199-06-01T00:00:00Z"));
  CHECK(done.outputs.back().kind == run_output_kind::escalation_exhausted);
  CHECK(p.run.due == never);
}

TEST_CASE("a run does not go back, nor beyond the instants that are accepted (D1, T1)") {
  play p(two_steps());
  p.start("03:00").attend("03:05");
  CHECK_THROWS_AS(p.advance("03:04"), error);
  CHECK_THROWS_AS(advance_run(p.run, p.graph, told_oncall{}, never), error);
}

TEST_CASE("a graph that goes round without a repeat is refused, and so is what leads nowhere (E8)") {
  const auto refusal = [](const escalation_policy& p) -> std::string {
    try {
      const escalation_graph graph(p);
    } catch (const error& e) {
      return e.what();
    }
    return "";
  };
  CHECK(refusal({.key = "p",
                 .nodes = {{.key = "a", .kind = node_kind::notify, .next = "b", .targets = targets("ann")},
                           {.key = "b", .kind = node_kind::wait, .next = "a", .delay = minute}}}) ==
        "/nodes: they go round without a repeat: a -> b -> a");
  CHECK(refusal({.key = "p", .nodes = {{.key = "a", .kind = node_kind::notify, .targets = targets("ann")}}}) ==
        "/nodes/0/next: it leads nowhere; a path ends with a stop node");
  CHECK(refusal({.key = "p"}) == ": it has neither steps nor nodes");
}
