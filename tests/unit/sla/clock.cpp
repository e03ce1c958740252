#include <doctest/doctest.h>

#include "clock_fixture.hpp"

using namespace tocsin;
using namespace clock_fixture;

namespace {

constexpr auto breach = clock_notice_kind::breach;
constexpr auto threshold = clock_notice_kind::threshold;
constexpr auto lifted = clock_notice_kind::breach_lifted;

clock_rules of_metric(clock_metric metric) { return {.metric = metric}; }
clock_rules with_thresholds(std::vector<threshold_mark> marks) { return {.thresholds = std::move(marks)}; }

const clock_notice* find(const std::vector<clock_notice>& notices, clock_notice_kind kind, std::uint32_t index = 0) {
  for (const clock_notice& n : notices) {
    if (n.kind == kind && n.threshold == index) return &n;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a clock runs in open time and its deadline is where elapsed reaches the target (S3, S4, R-A01)") {
  // Friday 16:00 in Vienna (summer time), four hours: one on Friday, three on Monday.
  const record_clock clock("2026-07-03T14:00:00Z", {}, 4 * hour, office());
  const clock_reading now = clock.read("2026-07-03T14:30:00Z");
  CHECK(now.state == clock_state_kind::running);
  CHECK(now.elapsed == 30 * minute);
  CHECK(now.remaining == duration{3 * hour.us + 30 * minute.us});
  CHECK(now.deadline == at("2026-07-06T09:00:00Z"));
  CHECK_FALSE(now.breached);
  CHECK(clock.read("2026-07-05T12:00:00Z").elapsed == 1 * hour);
}

TEST_CASE("a breach comes one microsecond of open time after the deadline (S4)") {
  SUBCASE("within hours") {
    const record_clock clock("2026-07-06T08:00:00Z", {}, 2 * hour, office());
    CHECK_FALSE(clock.read("2026-07-06T10:00:00Z").breached);
    const clock_reading late = clock.read("2026-07-06T10:00:00.000001Z");
    CHECK(late.breached);
    CHECK(late.breached_at == at("2026-07-06T10:00:00.000001Z"));
    CHECK(late.remaining == duration{-1});
    CHECK(late.deadline == at("2026-07-06T10:00:00Z"));
  }
  SUBCASE("a deadline that is a closing instant: just after the next opening") {
    const record_clock clock("2026-07-03T13:00:00Z", {}, 2 * hour, office());
    CHECK(clock.read("2026-07-03T14:00:00Z").deadline == at("2026-07-03T15:00:00Z"));
    CHECK_FALSE(clock.read("2026-07-06T06:00:00Z").breached);
    CHECK(clock.read("2026-07-06T07:00:00Z").breached_at == at("2026-07-06T06:00:00.000001Z"));
  }
}

TEST_CASE("a target of zero is due at the start (S3)") {
  SUBCASE("in open time it is breached by its first microsecond") {
    const record_clock clock("2026-07-06T08:00:00Z", {}, {}, office());
    CHECK(clock.read("2026-07-06T08:00:00Z").deadline == at("2026-07-06T08:00:00Z"));
    CHECK_FALSE(clock.read("2026-07-06T08:00:00Z").breached);
    CHECK(clock.read("2026-07-06T09:00:00Z").breached_at == at("2026-07-06T08:00:00.000001Z"));
  }
  SUBCASE("out of hours it is due at once, and breached when time begins to count") {
    const record_clock clock("2026-07-04T08:00:00Z", {}, {}, office());
    CHECK(clock.read("2026-07-04T09:00:00Z").deadline == at("2026-07-04T08:00:00Z"));
    CHECK_FALSE(clock.read("2026-07-05T08:00:00Z").breached);
    CHECK(clock.read("2026-07-06T09:00:00Z").breached_at == at("2026-07-06T06:00:00.000001Z"));
  }
}

TEST_CASE("a met clock keeps its verdict, in time or late (S3, S6)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 2 * hour, office());
  SUBCASE("at the deadline itself it is in time") {
    clock.resolved("2026-07-06T10:00:00Z");
    const clock_reading later = clock.read("2026-07-09T10:00:00Z");
    CHECK(later.state == clock_state_kind::met);
    CHECK(later.elapsed == 2 * hour);
    CHECK_FALSE(later.breached);
    CHECK(later.deadline == no_instant);
  }
  SUBCASE("a microsecond later it is late") {
    clock.resolved("2026-07-06T10:00:00.000001Z");
    const clock_reading later = clock.read("2026-07-09T10:00:00Z");
    CHECK(later.state == clock_state_kind::met);
    CHECK(later.breached);
    CHECK(later.ended == at("2026-07-06T10:00:00.000001Z"));
  }
  SUBCASE("a lower target afterwards changes nothing") {
    clock.resolved("2026-07-06T09:30:00Z");
    clock.retarget("2026-07-06T11:00:00Z", granting(30 * minute));
    const clock_reading later = clock.read("2026-07-06T12:00:00Z");
    CHECK_FALSE(later.breached);
    CHECK(later.target == granting(2 * hour));
  }
}

TEST_CASE("a paused clock does not breach by time alone, and has no deadline (S3, S4)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 2 * hour, office());
  clock.held("2026-07-06T09:00:00Z");
  const clock_reading waiting = clock.read("2026-08-06T09:00:00Z");
  CHECK(waiting.state == clock_state_kind::paused);
  CHECK(waiting.hold == awaiting_caller);
  CHECK(waiting.elapsed == 1 * hour);
  CHECK(waiting.deadline == no_instant);
  CHECK_FALSE(waiting.breached);
  clock.resumed("2026-08-06T09:00:00Z");
  CHECK(clock.read("2026-08-06T09:10:00Z").deadline == at("2026-08-06T10:00:00Z"));
}

TEST_CASE("a hold inside a hold changes its reason at most, and one resume ends it (S5)") {
  record_clock clock("2026-07-06T08:00:00Z", {.pauses = pause_rule::listed, .pause_reasons = {awaiting_caller}},
                     4 * hour, around_the_clock());
  clock.held("2026-07-06T09:00:00Z", awaiting_caller);
  clock.held("2026-07-06T10:00:00Z", awaiting_caller);
  clock.held("2026-07-06T11:00:00Z", awaiting_vendor);
  CHECK(clock.read("2026-07-06T10:59:00Z").state == clock_state_kind::paused);
  CHECK(clock.read("2026-07-06T11:30:00Z").state == clock_state_kind::running);
  CHECK(clock.read("2026-07-06T11:30:00Z").elapsed == duration{hour.us + 30 * minute.us});
  clock.resumed("2026-07-06T12:00:00Z");
  clock.resumed("2026-07-06T12:30:00Z");
  CHECK(clock.read("2026-07-06T13:00:00Z").elapsed == 3 * hour);
}

TEST_CASE("paused time is open time that is not counted, across a clock change too (S5, T4)") {
  // The night of 24 to 25 October 2026 has 25 hours in Vienna; Monday 26 is a holiday.
  record_clock clock("2026-10-23T06:00:00Z", {}, 20 * hour, office());
  clock.held("2026-10-23T12:00:00Z");
  clock.resumed("2026-10-27T08:00:00Z");
  CHECK(clock.read("2026-10-27T08:00:00Z").elapsed == 6 * hour);
  CHECK(clock.read("2026-10-27T08:00:00Z").deadline == at("2026-10-28T13:00:00Z"));
  const clock_proof proof = clock.proof("2026-10-27T08:00:00Z");
  CHECK(total(proof, proof_cause::hold) == 4 * hour);  // three on Friday, one on Tuesday
  CHECK(total(proof, proof_cause::counted) == 6 * hour);
}

TEST_CASE("a raise beyond the time already spent breaches at once, also while paused (S3, S6)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 8 * hour, around_the_clock());
  clock.held("2026-07-06T13:00:00Z");
  clock.retarget("2026-07-06T14:00:00Z", granting(4 * hour));
  CHECK_FALSE(clock.read("2026-07-06T13:59:59Z").breached);
  const clock_reading raised = clock.read("2026-07-06T14:00:00Z");
  CHECK(raised.state == clock_state_kind::paused);
  CHECK(raised.breached);
  CHECK(raised.breached_at == at("2026-07-06T14:00:00Z"));
  CHECK(raised.remaining == -1 * hour);
  clock.resumed("2026-07-07T08:00:00Z");
  CHECK(clock.read("2026-07-07T09:00:00Z").deadline == at("2026-07-06T12:00:00Z"));  // in the past
}

TEST_CASE("a lowering lifts a breach, and the earlier one stays said (S6)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 1 * hour, around_the_clock());
  clock.retarget("2026-07-06T10:00:00Z", granting(8 * hour));
  const clock_reading now = clock.read("2026-07-06T11:00:00Z");
  CHECK_FALSE(now.breached);
  CHECK(now.lifted_at == at("2026-07-06T10:00:00Z"));
  CHECK(now.deadline == at("2026-07-06T16:00:00Z"));
  const auto said = clock.said("2026-07-06T11:00:00Z");
  REQUIRE(said.size() == 2);
  CHECK(said[0] == clock_notice{breach, 0, 1, at("2026-07-06T09:00:00.000001Z")});
  CHECK(said[1] == clock_notice{lifted, 0, 1, at("2026-07-06T10:00:00Z")});
}

TEST_CASE("a change restarts the clock, or counts anew, where the policy says so (S6)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 8 * hour, around_the_clock());
  SUBCASE("restart: in a new cycle, counted from the change") {
    clock.retarget("2026-07-06T10:00:00Z", granting(4 * hour), change_treatment::restart);
    const clock_reading now = clock.read("2026-07-06T11:00:00Z");
    CHECK(now.cycle == 2);
    CHECK(now.elapsed == 1 * hour);
    CHECK(now.deadline == at("2026-07-06T14:00:00Z"));
    const auto cycles = read_cycles(clock.c, clock.history, at("2026-07-06T11:00:00Z"));
    REQUIRE(cycles.size() == 2);
    CHECK(cycles[0].state == clock_state_kind::cancelled);
    CHECK(cycles[0].cause == clock_end::replaced);
    CHECK(cycles[0].elapsed == 2 * hour);
  }
  SUBCASE("another calendar: what was counted stays counted") {
    clock.swap_calendar("2026-07-06T20:00:00Z", office());
    CHECK(clock.read("2026-07-06T20:00:00Z").elapsed == 12 * hour);
    CHECK(clock.read("2026-07-07T07:00:00Z").elapsed == 13 * hour);
  }
  SUBCASE("another calendar, and recount: by that calendar from the start") {
    clock.swap_calendar("2026-07-06T20:00:00Z", office(), change_treatment::recount);
    CHECK(clock.read("2026-07-06T20:00:00Z").elapsed == 7 * hour);
  }
}

TEST_CASE("a changed policy sees the pauses that were (S5)") {
  record_clock clock("2026-07-06T08:00:00Z", {.pauses = pause_rule::none}, 8 * hour, around_the_clock());
  clock.held("2026-07-06T09:00:00Z");
  CHECK(clock.read("2026-07-06T12:00:00Z").elapsed == 4 * hour);
  clock.swap_rules("2026-07-06T13:00:00Z", {.pauses = pause_rule::all});
  CHECK(clock.read("2026-07-06T14:00:00Z").elapsed == 1 * hour);
}

TEST_CASE("reopening continues, counts all, or begins a cycle (S7, R-N12)") {
  const auto life = [](reopen_treatment treatment) {
    record_clock clock("2026-07-06T08:00:00Z", {.on_reopen = treatment}, 8 * hour, around_the_clock());
    clock.held("2026-07-06T10:00:00Z");
    clock.resolved("2026-07-06T11:00:00Z");
    clock.reopened("2026-07-06T15:00:00Z");
    return clock;
  };
  SUBCASE("continue: the time resolved is free, and it runs though it was resolved from a hold") {
    const clock_reading now = life(reopen_treatment::go_on).read("2026-07-06T16:00:00Z");
    CHECK(now.state == clock_state_kind::running);
    CHECK(now.elapsed == 3 * hour);
    CHECK(now.cycle == 1);
  }
  SUBCASE("count_all: it counts, and may breach at the reopening") {
    record_clock clock("2026-07-06T08:00:00Z", {.on_reopen = reopen_treatment::count_all}, 4 * hour,
                       around_the_clock());
    clock.resolved("2026-07-06T11:00:00Z");
    clock.reopened("2026-07-06T15:00:00Z");
    CHECK_FALSE(clock.read("2026-07-06T14:59:00Z").breached);
    const clock_reading now = clock.read("2026-07-06T15:00:00Z");
    CHECK(now.elapsed == 7 * hour);
    CHECK(now.breached_at == at("2026-07-06T15:00:00Z"));
  }
  SUBCASE("new_cycle: from the reopening on, and the first verdict stays") {
    const record_clock clock = life(reopen_treatment::new_cycle);
    const auto cycles = read_cycles(clock.c, clock.history, at("2026-07-06T16:00:00Z"));
    REQUIRE(cycles.size() == 2);
    CHECK(cycles[0].state == clock_state_kind::met);
    CHECK(cycles[0].elapsed == 2 * hour);
    CHECK(cycles[1].cycle == 2);
    CHECK(cycles[1].elapsed == 1 * hour);
  }
}

TEST_CASE("the response clock ends with an answer, is stopped by resolving, and goes on if none was given (S2)") {
  record_clock clock("2026-07-06T08:00:00Z", of_metric(clock_metric::response), 1 * hour, around_the_clock());
  SUBCASE("answered") {
    clock.responded("2026-07-06T08:30:00Z");
    CHECK(clock.read("2026-07-06T12:00:00Z").state == clock_state_kind::met);
  }
  SUBCASE("work begun is an answer; an acknowledgement is not") {
    clock.history.add(clock_fact::acknowledged(at("2026-07-06T08:10:00Z")));
    CHECK(clock.read("2026-07-06T08:20:00Z").state == clock_state_kind::running);
    clock.history.add(clock_fact::work_begun(at("2026-07-06T08:30:00Z")));
    CHECK(clock.read("2026-07-06T08:40:00Z").state == clock_state_kind::met);
  }
  SUBCASE("resolved without an answer, and reopened") {
    clock.resolved("2026-07-06T08:30:00Z");
    CHECK(clock.read("2026-07-06T09:00:00Z").state == clock_state_kind::stopped);
    clock.reopened("2026-07-06T10:00:00Z");
    CHECK(clock.read("2026-07-06T10:00:00Z").deadline == at("2026-07-06T10:30:00Z"));
  }
  SUBCASE("answered, resolved, reopened: it stays met") {
    clock.responded("2026-07-06T08:30:00Z");
    clock.resolved("2026-07-06T09:30:00Z");
    clock.reopened("2026-07-06T10:00:00Z");
    CHECK(clock.read("2026-07-06T12:00:00Z").state == clock_state_kind::met);
    CHECK_FALSE(clock.read("2026-07-06T12:00:00Z").breached);
  }
}

TEST_CASE("the update clock of an audience other than the requester starts at the opening (S2)") {
  clock_rules rules = of_metric(clock_metric::update);
  rules.audience = visibility::stakeholder;
  rules.starts = update_start::opening;
  record_clock clock("2026-07-06T08:00:00Z", rules, 2 * hour, around_the_clock());
  CHECK(clock.read("2026-07-06T09:00:00Z").elapsed == 1 * hour);
  CHECK(clock.read("2026-07-06T10:00:00.000001Z").breached);
  clock.history.add(clock_fact::updated(at("2026-07-06T09:30:00Z"), visibility::requester));
  CHECK(clock.read("2026-07-06T09:45:00Z").cycle == 1);
  clock.history.add(clock_fact::updated(at("2026-07-06T10:00:00Z"), visibility::stakeholder));
  CHECK(clock.read("2026-07-06T10:30:00Z").cycle == 2);
  CHECK(clock.read("2026-07-06T10:30:00Z").elapsed == 30 * minute);
  CHECK_FALSE(clock.read("2026-07-06T12:00:00Z").breached);
}

TEST_CASE("without a word on it, only the requester's update clock waits for the response (S2)") {
  sla_policy policy{.key = "cadence", .metric = clock_metric::update};
  CHECK(start_of(policy) == update_start::response);
  policy.audience = visibility::stakeholder;
  CHECK(start_of(policy) == update_start::opening);
  policy.starts = update_start::response;
  CHECK(start_of(policy) == update_start::response);
  policy.metric = clock_metric::resolution;
  policy.starts = update_start::unset;
  CHECK(start_of(policy) == update_start::unset);
}

TEST_CASE("the update clock starts after the response, and each update begins it anew (S2)") {
  record_clock clock("2026-07-06T08:00:00Z", of_metric(clock_metric::update), 2 * hour, around_the_clock());
  CHECK(clock.read("2026-07-06T20:00:00Z").state == clock_state_kind::unset);
  clock.responded("2026-07-06T09:00:00Z");
  CHECK(clock.read("2026-07-06T09:30:00Z").deadline == at("2026-07-06T11:00:00Z"));
  clock.history.add(clock_fact::updated(at("2026-07-06T10:00:00Z"), visibility::internal));
  CHECK(clock.read("2026-07-06T10:00:00Z").cycle == 1);
  clock.history.add(clock_fact::updated(at("2026-07-06T10:30:00Z"), visibility::requester));
  CHECK(clock.read("2026-07-06T10:30:00Z").deadline == at("2026-07-06T12:30:00Z"));
  clock.resolved("2026-07-06T12:00:00Z");
  CHECK(clock.read("2026-07-06T20:00:00Z").state == clock_state_kind::stopped);
  const auto cycles = read_cycles(clock.c, clock.history, at("2026-07-06T20:00:00Z"));
  REQUIRE(cycles.size() == 2);
  CHECK(cycles[0].state == clock_state_kind::met);
}

TEST_CASE("an assignment clock measures one team's time; a record that comes back continues or starts anew (S2)") {
  const auto life = [](return_treatment treatment) {
    record_clock clock("2026-07-06T08:00:00Z", {.metric = clock_metric::assignment, .comes_back = treatment}, 4 * hour,
                       around_the_clock());
    clock.c.holder = network.index;
    clock.history.add(clock_fact::assigned(at("2026-07-06T08:00:00Z"), first_level, {}));
    clock.history.add(clock_fact::assigned(at("2026-07-06T10:00:00Z"), network, alice));
    clock.history.add(clock_fact::assigned(at("2026-07-06T11:00:00Z"), first_level, {}));
    clock.history.add(clock_fact::assigned(at("2026-07-06T15:00:00Z"), network, bob));
    return clock;
  };
  SUBCASE("continue") {
    const record_clock clock = life(return_treatment::go_on);
    CHECK(clock.read("2026-07-06T09:00:00Z").state == clock_state_kind::unset);
    CHECK(clock.read("2026-07-06T12:00:00Z").state == clock_state_kind::met);
    const clock_reading now = clock.read("2026-07-06T16:00:00Z");
    CHECK(now.elapsed == 2 * hour);
    CHECK(now.deadline == at("2026-07-06T18:00:00Z"));
    const clock_proof proof = clock.proof("2026-07-06T16:00:00Z");
    CHECK(total(proof, proof_cause::not_started) == 2 * hour);
    CHECK(total(proof, proof_cause::elsewhere) == 4 * hour);
    const auto shares = attribute(clock.c, clock.history, at("2026-07-06T16:00:00Z"));
    REQUIRE(shares.size() == 2);
    CHECK(shares[0] == clock_share{network, alice, 1 * hour});
    CHECK(shares[1] == clock_share{network, bob, 1 * hour});
  }
  SUBCASE("anew") {
    const clock_reading now = life(return_treatment::anew).read("2026-07-06T16:00:00Z");
    CHECK(now.cycle == 2);
    CHECK(now.elapsed == 1 * hour);
  }
}

TEST_CASE("a metric of one's own goes by its conditions: cancel before stop, stop before pause (S2)") {
  record_clock clock("2026-07-06T08:00:00Z", of_metric(clock_metric::custom), 4 * hour, around_the_clock());
  const auto now_true = [&](std::string_view when, condition_truths truths) {
    clock.history.add(clock_fact::conditions(at(when), the_policy, truths));
  };
  CHECK(clock.read("2026-07-06T09:00:00Z").state == clock_state_kind::unset);
  now_true("2026-07-06T09:00:00Z", {.start = true});
  now_true("2026-07-06T10:00:00Z", {.start = true, .pause = true});
  CHECK(clock.read("2026-07-06T11:00:00Z").state == clock_state_kind::paused);
  now_true("2026-07-06T11:00:00Z", {});
  CHECK(clock.read("2026-07-06T12:00:00Z").elapsed == 2 * hour);
  now_true("2026-07-06T12:00:00Z", {.pause = true, .stop = true});
  CHECK(clock.read("2026-07-06T13:00:00Z").state == clock_state_kind::met);
  CHECK(total(clock.proof("2026-07-06T13:00:00Z"), proof_cause::condition) == 1 * hour);
}

TEST_CASE("thresholds are percentages in integers, or open time around the deadline (S8)") {
  const record_clock clock("2026-07-06T06:00:00Z",
                           with_thresholds({{true, 75}, {true, 100}, {false, -hour.us}, {false, 2 * hour.us}}),
                           8 * hour, office());
  const auto said = clock.said("2026-07-08T12:00:00Z");
  REQUIRE(said.size() == 5);
  CHECK(said[0] == clock_notice{threshold, 0, 1, at("2026-07-06T12:00:00Z")});
  CHECK(said[1] == clock_notice{threshold, 2, 1, at("2026-07-06T13:00:00Z")});
  CHECK(said[2] == clock_notice{threshold, 1, 1, at("2026-07-06T14:00:00Z")});
  CHECK(said[3] == clock_notice{breach, 0, 1, at("2026-07-06T14:00:00.000001Z")});
  CHECK(said[4] == clock_notice{threshold, 3, 1, at("2026-07-07T07:00:00Z")});
}

TEST_CASE("a percentage is reached at the first microsecond with elapsed * 100 >= target * percent (S8)") {
  // A third of a microsecond does not exist: 33 % of 10 microseconds is reached at 4.
  const record_clock clock("2026-07-06T08:00:00Z", with_thresholds({{true, 33}}), duration{10}, around_the_clock());
  CHECK(clock.said("2026-07-06T09:00:00Z")[0].at == at("2026-07-06T08:00:00.000004Z"));
}

TEST_CASE("a change that jumps over several thresholds says each once, in order; back again says none twice (S8)") {
  record_clock clock("2026-07-06T08:00:00Z", with_thresholds({{true, 90}, {true, 50}, {true, 75}}), 10 * hour,
                     around_the_clock());
  clock.retarget("2026-07-06T14:00:00Z", granting(6 * hour));
  clock.retarget("2026-07-06T14:30:00Z", granting(10 * hour));
  const auto said = clock.said("2026-07-06T16:00:00Z");
  std::string order;
  for (const clock_notice& n : said) order += n.kind == threshold ? std::to_string(n.threshold) : "b";
  CHECK(order.substr(0, 4) == "1120");  // 50 % of ten hours; then 50, 75, 90 % of six
  CHECK(std::count(order.begin(), order.end(), '1') == 2);
  CHECK(find(said, threshold, 2) != nullptr);
  CHECK(said[1].at == at("2026-07-06T14:00:00Z"));
}

TEST_CASE("date targets are instants: not moved by pauses, breached when they pass (S9)") {
  record_clock clock("2026-07-06T08:00:00Z", with_thresholds({{false, -2 * hour.us}, {true, 100}}), {}, office());
  clock.c.terms[0].target = {target_kind::date, at("2026-07-10T15:00:00Z").us};  // Friday 17:00
  clock.held("2026-07-06T09:00:00Z");
  const clock_reading waiting = clock.read("2026-07-08T09:00:00Z");
  CHECK(waiting.state == clock_state_kind::paused);
  CHECK(waiting.deadline == at("2026-07-10T15:00:00Z"));
  CHECK(waiting.elapsed == duration{});
  CHECK_FALSE(clock.read("2026-07-10T15:00:00Z").breached);
  const clock_reading late = clock.read("2026-07-11T09:00:00Z");
  CHECK(late.breached_at == at("2026-07-10T15:00:00.000001Z"));
  const auto said = clock.said("2026-07-11T09:00:00Z");
  REQUIRE(said.size() == 3);
  CHECK(said[0].at == at("2026-07-10T13:00:00Z"));
  CHECK(said[1].at == at("2026-07-10T15:00:00Z"));
}

TEST_CASE("a target of business days is the last closing of the n-th day (S9, T8)") {
  record_clock clock("2026-10-23T08:00:00Z", {}, {}, office());
  clock.c.terms[0].target = {target_kind::business_days, 1};  // Friday on; Monday is a holiday
  CHECK(clock.read("2026-10-23T09:00:00Z").deadline == at("2026-10-27T16:00:00Z"));
  clock.c.terms[0].target = {target_kind::business_days, 0};
  CHECK(clock.read("2026-10-23T09:00:00Z").deadline == at("2026-10-23T15:00:00Z"));
}

TEST_CASE("agreed maintenance is left out where the policy says so, and shows in the proof (S13)") {
  record_clock clock("2026-07-06T08:00:00Z", {.excludes_maintenance = true}, 4 * hour, around_the_clock());
  clock.history.maintenance = {{at("2026-07-06T09:00:00Z"), at("2026-07-06T11:00:00Z")}};
  CHECK(clock.read("2026-07-06T08:30:00Z").deadline == at("2026-07-06T14:00:00Z"));
  CHECK(clock.read("2026-07-06T12:00:00Z").elapsed == 2 * hour);
  CHECK(total(clock.proof("2026-07-06T12:00:00Z"), proof_cause::maintenance) == 2 * hour);
  clock.rules().excludes_maintenance = false;
  CHECK(clock.read("2026-07-06T12:00:00Z").elapsed == 4 * hour);
}

TEST_CASE("a breach may be excused, and is still one (S13)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 1 * hour, around_the_clock());
  clock.history.add(clock_fact::excused(at("2026-07-06T10:00:00Z"), the_policy, alice));
  const clock_reading now = clock.read("2026-07-06T11:00:00Z");
  CHECK(now.breached);
  CHECK(now.excused);
}

TEST_CASE("a withdrawn policy cancels its clock with the cause, for good (S6)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 1 * hour, around_the_clock());
  clock.history.add(clock_fact::withdrawn(at("2026-07-06T08:30:00Z"), the_policy, clock_end::withdrawn));
  clock.resolved("2026-07-06T09:00:00Z");
  clock.reopened("2026-07-06T10:00:00Z");
  const clock_reading now = clock.read("2026-07-06T20:00:00Z");
  CHECK(now.state == clock_state_kind::cancelled);
  CHECK(now.cause == clock_end::withdrawn);
  CHECK_FALSE(now.breached);
}

TEST_CASE("a fact is never before the one recorded before it (S2)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 4 * hour, around_the_clock());
  clock.held("2026-07-06T10:00:00Z");
  clock.resolved("2026-07-06T09:00:00Z");
  CHECK(clock.read("2026-07-06T11:00:00Z").ended == at("2026-07-06T10:00:00Z"));
}

TEST_CASE("a stop stated at an earlier instant lifts a breach that was said (S2)") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 1 * hour, around_the_clock());
  clock_state state = begin_clock(clock.c, clock.history);
  CHECK(state.next_due == at("2026-07-06T09:00:00.000001Z"));
  auto notice = take_notice(state, clock.c.terms[0], clock.history, at("2026-07-06T09:00:20Z"));
  REQUIRE(notice);
  CHECK(notice->kind == breach);
  clock.resolved("2026-07-06T08:59:50Z");
  apply(state, clock.history.facts.back(), clock.c.terms[0], clock.history);
  notice = take_notice(state, clock.c.terms[0], clock.history, at("2026-07-06T09:00:20Z"));
  REQUIRE(notice);
  CHECK(notice->kind == lifted);
  CHECK(state.state == clock_state_kind::met);
  CHECK_FALSE(is_breached(state, clock.c.terms[0], clock.history, at("2026-07-06T10:00:00Z")));
}

TEST_CASE("a target that open time never reaches has no deadline, and says so (T5)") {
  business_calendar_definition d{.key = "one_day", .zone = "UTC"};
  d.special_hours.push_back({.date = civil_date{2026, 7, 6}, .windows = {{{8, 0}, {10, 0}}}});
  const business_calendar one_day = business_calendar::compile(d);
  const record_clock clock("2026-07-06T08:00:00Z", {}, 4 * hour, one_day);
  const clock_reading now = clock.read("2026-07-08T08:00:00Z");
  CHECK(now.deadline == never);
  CHECK(verdict_of(clock.c, now).never_due);
}
