#include <tocsin/oncall/rotation.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "given.hpp"
#include "listed_hand_offs.hpp"

using namespace tocsin;
using namespace given;

namespace {

std::vector<std::string> hand_off_texts(const rotation& r, std::int64_t first, std::int64_t last) {
  REQUIRE(lint(r).empty());
  const hand_off_rule rule(r);
  std::vector<std::string> result;
  for (std::int64_t k = first; k <= last; ++k) result.push_back(shown(rule.hand_off(k), r.zone));
  return result;
}

using texts = std::vector<std::string>;

}  // namespace

// ---- known answers

TEST_CASE("a weekly hand-off stays at nine by the local clock through both clock changes (O1, oncall#3261)") {
  const rotation r = turns(rotation_type::weekly, 1, "Europe/Berlin", "2026-03-16T09:00:00", {"ann", "bob"});
  CHECK(hand_off_texts(r, 0, 3) == texts{"2026-03-16T09:00:00+01:00", "2026-03-23T09:00:00+01:00",
                                         "2026-03-30T09:00:00+02:00", "2026-04-06T09:00:00+02:00"});
  CHECK(hand_off_texts(r, 31, 33) ==
        texts{"2026-10-19T09:00:00+02:00", "2026-10-26T09:00:00+01:00", "2026-11-02T09:00:00+01:00"});
}

TEST_CASE("a week over a clock change has 167 or 169 hours, without gap or overlap (O1, oncall#5247)") {
  const rotation_plan plan =
      plan_of(turns(rotation_type::weekly, 1, "Europe/Berlin", "2026-03-16T09:00:00", {"ann", "bob"}));
  const auto spring = plan.shift_at(at("2026-03-29T12:00:00Z"));
  CHECK((spring->until - spring->from).us == (167 * hour).us);
  const auto autumn = plan.shift_at(at("2026-10-25T12:00:00Z"));
  CHECK((autumn->until - autumn->from).us == (169 * hour).us);
  CHECK(plan.shift_at(autumn->until)->from == autumn->until);
  CHECK(plan.shift_at(autumn->until - microsecond)->turn == autumn->turn);
}

TEST_CASE(
    "a hand-off is a local time: begun in summer, it does not drag summer's offset into winter (OneUptime#1890)") {
  const rotation r = turns(rotation_type::daily, 1, "America/New_York", "2026-07-01T08:00:00", {"ann", "bob"});
  CHECK(shown(hand_off_rule(r).hand_off(184), "America/New_York") == "2027-01-01T08:00:00-05:00");
}

TEST_CASE("the week after a clock change is as every other (goalert PR#512)") {
  const rotation r = turns(rotation_type::weekly, 1, "America/Chicago", "2019-10-28T09:00:00", {"ann", "bob"});
  const rotation_plan plan = plan_of(r);
  CHECK(turn_at(plan, "2019-11-04T14:59:59.999999Z") == "ann");
  CHECK(turn_at(plan, "2019-11-04T15:00:00Z") == "bob");
  CHECK(turn_at(plan, "2019-11-11T14:59:59.999999Z") == "bob");
  CHECK(turn_at(plan, "2019-11-11T15:00:00Z") == "ann");
}

TEST_CASE("a missing hand-off is the instant of the jump, a repeated one its first occurrence (O1, goalert PR#1252)") {
  const rotation spring = turns(rotation_type::daily, 1, "Europe/Berlin", "2026-03-28T02:30:00", {"ann", "bob"});
  CHECK(hand_off_texts(spring, 0, 2) ==
        texts{"2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"});
  const rotation autumn = turns(rotation_type::daily, 1, "Europe/Berlin", "2026-10-24T02:30:00", {"ann", "bob"});
  CHECK(hand_off_texts(autumn, 0, 2) ==
        texts{"2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"});
}

TEST_CASE("an hourly rotation keeps to the hours of the local clock (O1, goalert PR#1252)") {
  const rotation r = turns(rotation_type::hourly, 6, "America/Chicago", "2026-03-07T00:00:00", {"ann", "bob", "cid"});
  CHECK(hand_off_texts(r, 3, 6) == texts{"2026-03-07T18:00:00-06:00", "2026-03-08T00:00:00-06:00",
                                         "2026-03-08T06:00:00-05:00", "2026-03-08T12:00:00-05:00"});
}

TEST_CASE("a turn that a clock change empties is used up, and its two hand-offs are one (O1)") {
  const rotation r = turns(rotation_type::hourly, 1, "America/New_York", "2026-03-08T00:00:00", {"ann", "bob", "cid"});
  const rotation_plan plan = plan_of(r);
  CHECK(turn_at(plan, "2026-03-08T06:59:59Z") == "bob");  // 01:59 EST
  CHECK(turn_at(plan, "2026-03-08T07:00:00Z") == "ann");  // 03:00 EDT: cid's two o'clock did not come
  CHECK(turn_at(plan, "2026-03-08T08:00:00Z") == "bob");
  const auto met = hand_offs(plan, at("2026-03-08T06:00:00Z"), at("2026-03-08T08:00:00Z"));
  REQUIRE(met.size() == 3);
  CHECK(met[1].at == at("2026-03-08T07:00:00Z"));
  CHECK(met[1].turn == 3);
  CHECK(keys_of(met[1].people) == "ann");
}

TEST_CASE("an hour that comes twice is one turn of two hours (O1)") {
  const rotation r = turns(rotation_type::hourly, 1, "America/New_York", "2026-11-01T00:00:00", {"ann", "bob", "cid"});
  const rotation_plan plan = plan_of(r);
  const auto shift = plan.shift_at(at("2026-11-01T06:30:00Z"));  // 01:30 EST, the second time
  CHECK(keys_of(shift->people) == "bob");
  CHECK(shift->from == at("2026-11-01T05:00:00Z"));
  CHECK(shift->until == at("2026-11-01T07:00:00Z"));
}

TEST_CASE("the day that Samoa left out empties a turn (O1)") {
  const rotation r =
      turns(rotation_type::daily, 1, "Pacific/Apia", "2011-12-28T09:00:00", {"ann", "bob", "cid", "dee"});
  const rotation_plan plan = plan_of(r);
  // 30 December did not exist: its hand-off is the jump at midnight, ten hours into bob's turn of the 29th.
  CHECK(turn_at(plan, "2011-12-30T09:59:59Z") == "bob");
  CHECK(turn_at(plan, "2011-12-30T10:00:00Z") == "cid");
  CHECK(turn_at(plan, "2011-12-30T19:00:00Z") == "dee");  // 09:00 of the 31st
}

TEST_CASE("Lord Howe's clocks change by half an hour, and so do the turns (O1)") {
  const rotation r = turns(rotation_type::daily, 1, "Australia/Lord_Howe", "2026-10-03T02:15:00", {"ann", "bob"});
  CHECK(hand_off_texts(r, 0, 2) ==
        texts{"2026-10-03T02:15:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"});
}

TEST_CASE("the ends of months clamp and come back (O1)") {
  const rotation r = turns(rotation_type::monthly, 1, "Europe/Berlin", "2026-01-31T09:00:00", {"ann", "bob"});
  CHECK(hand_off_texts(r, 0, 4) == texts{"2026-01-31T09:00:00+01:00", "2026-02-28T09:00:00+01:00",
                                         "2026-03-31T09:00:00+02:00", "2026-04-30T09:00:00+02:00",
                                         "2026-05-31T09:00:00+02:00"});
  CHECK(shown(hand_off_rule(r).hand_off(25), "Europe/Berlin") == "2028-02-29T09:00:00+01:00");
  CHECK(hand_off_rule(r).turn_at(at("2026-02-28T07:59:59Z")) == 0);
  CHECK(hand_off_rule(r).turn_at(at("2026-02-28T08:00:00Z")) == 1);
}

TEST_CASE("custom lengths are real time (O1)") {
  rotation r = turns(rotation_type::custom, 1, "Europe/Berlin", "2026-03-28T09:00:00", {"ann", "bob"});
  r.custom_length = 24 * hour;
  CHECK(hand_off_texts(r, 0, 2) ==
        texts{"2026-03-28T09:00:00+01:00", "2026-03-29T10:00:00+02:00", "2026-03-30T10:00:00+02:00"});
}

TEST_CASE("before the start nobody is on call, unless the turns extend, and then no turn is negative (O1)") {
  rotation r = turns(rotation_type::daily, 1, "UTC", "2026-05-01T00:00:00", {"ann", "bob", "cid"});
  CHECK(turn_at(plan_of(r), "2026-04-30T23:59:59Z") == "nobody");
  r.extend = true;
  CHECK(turn_at(plan_of(r), "2026-04-30T23:59:59Z") == "cid");
  CHECK(turn_at(plan_of(r), "2026-04-29T00:00:00Z") == "bob");
  CHECK(turn_at(plan_of(r), "2026-04-27T12:00:00Z") == "cid");
}

TEST_CASE("duty may be the head of each shift (O1)") {
  rotation r = turns(rotation_type::daily, 1, "Europe/Berlin", "2026-03-28T20:00:00", {"ann", "bob"});
  r.on_call = 12 * hour;
  const auto shift = plan_of(r).shift_at(at("2026-03-29T12:00:00Z"));
  CHECK(shown(shift->duty_until, "Europe/Berlin") == "2026-03-29T09:00:00+02:00");  // twelve real hours
  CHECK(shown(shift->until, "Europe/Berlin") == "2026-03-29T20:00:00+02:00");
}

TEST_CASE("hand-offs are there where the same person goes on, at both ends of the window (O1, O3)") {
  const rotation_plan plan = plan_of(turns(rotation_type::daily, 1, "UTC", "2026-05-01T09:00:00", {"ann"}));
  CHECK(hand_offs(plan, at("2026-05-02T09:00:00Z"), at("2026-05-04T09:00:00Z")).size() == 3);
  CHECK(hand_offs(plan, at("2026-05-02T09:00:00.000001Z"), at("2026-05-04T08:59:59Z")).size() == 1);
  CHECK(hand_offs(plan, at("2026-04-01T00:00:00Z"), at("2026-05-01T09:00:00Z")).size() == 1);
}

TEST_CASE("a rotation without participants has hand-offs, a warning, and nobody on call (O1)") {
  const rotation r = turns(rotation_type::daily, 1, "UTC", "2026-05-01T09:00:00", {});
  CHECK(lint(r).empty());
  CHECK(warnings(r).size() == 1);
  const rotation_plan plan = plan_of(r);
  CHECK(turn_at(plan, "2026-05-03T00:00:00Z").empty());
  CHECK(hand_offs(plan, at("2026-05-01T00:00:00Z"), at("2026-05-03T00:00:00Z")).size() == 2);
}

TEST_CASE("turns that count working days only are lost by nobody to a weekend (O1, goalert#55, OneUptime#2413)") {
  rotation r = turns(rotation_type::daily, 1, "Europe/Berlin", "2026-03-02T09:00:00", {"ann", "bob", "cid"});  // Monday
  r.active_days = {week_day::monday, week_day::tuesday, week_day::wednesday, week_day::thursday, week_day::friday};
  const rotation_plan plan = plan_of(r);
  CHECK(turn_at(plan, "2026-03-06T12:00:00Z") == "bob");  // Friday: ann, bob, cid, ann, bob
  CHECK(turn_at(plan, "2026-03-08T12:00:00Z") == "bob");  // the weekend is hers to the end
  CHECK(turn_at(plan, "2026-03-09T07:59:59Z") == "bob");
  CHECK(turn_at(plan, "2026-03-09T08:00:00Z") == "cid");
  CHECK(turn_at(plan, "2026-03-10T08:00:00Z") == "ann");
}

TEST_CASE("hourly turns that count working days stand still at the weekend (O1)") {
  rotation r = turns(rotation_type::hourly, 10, "UTC", "2026-03-06T08:00:00", {"ann", "bob", "cid"});  // Friday
  r.active_days = {week_day::monday, week_day::friday};
  CHECK(hand_off_texts(r, 0, 4) == texts{"2026-03-06T08:00:00Z", "2026-03-06T18:00:00Z", "2026-03-09T04:00:00Z",
                                         "2026-03-09T14:00:00Z", "2026-03-13T00:00:00Z"});
}

TEST_CASE("a start on a day that does not count begins the first turn all the same (O1)") {
  rotation r = turns(rotation_type::daily, 1, "UTC", "2026-03-07T09:00:00", {"ann", "bob"});  // Saturday
  r.active_days = {week_day::monday, week_day::tuesday, week_day::wednesday, week_day::thursday, week_day::friday};
  CHECK(hand_off_texts(r, -1, 2) ==
        texts{"2026-03-06T09:00:00Z", "2026-03-07T09:00:00Z", "2026-03-10T09:00:00Z", "2026-03-11T09:00:00Z"});
}

TEST_CASE("what cannot be is said with its place (O1)") {
  CHECK(lint(turns(rotation_type::daily, 1, "Mars/Olympus", "2026-03-07T09:00:00", {})).size() == 1);
  CHECK(lint(turns(rotation_type::daily, 0, "UTC", "2026-03-07T09:00:00", {})).size() == 1);
  CHECK(lint(turns(rotation_type::custom, 1, "UTC", "2026-03-07T09:00:00", {})).size() == 1);
  CHECK(lint(turns(rotation_type::daily, 1, "UTC", "2026-03-07T09:00:00", {"ann+ann"})).size() == 1);
  rotation r = turns(rotation_type::weekly, 1, "UTC", "2026-03-07T09:00:00", {});
  r.active_days = {week_day::monday};
  CHECK(lint(r).size() == 1);
  CHECK(reason_of([] { plan_of(turns(rotation_type::daily, 1, "UTC", "2026-03-07T09:00:00", {"zoe"})); }) ==
        "rotation.unknown_person");
}

TEST_CASE("hand-offs that lie outside of the years accepted are none") {
  rotation r = turns(rotation_type::weekly, 10'000, "Europe/Berlin", "2026-03-07T09:00:00", {"ann", "bob"});
  r.extend = true;
  const rotation_plan plan = plan_of(r);
  CHECK(turn_at(plan, "2199-12-31T23:59:59.999999Z") == "ann");
  CHECK(plan.next_hand_off(instant_max) == never);
  CHECK(turn_at(plan, "1900-01-01T00:00:00Z") == "bob");
  CHECK(hand_off_rule(r).hand_off(INT64_MAX) == never);
  CHECK(hand_off_rule(r).hand_off(INT64_MIN) == no_instant);
}

TEST_CASE("turns follow on one another whenever they begin around a clock change (O1, oncall PR#4103, PR#4481)") {
  for (const char* change : {"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"}) {
    for (int hours = -60; hours <= 60; ++hours) {
      rotation r = turns(rotation_type::hourly, 5, "Europe/Berlin", "2026-01-01T00:00:00", {"ann", "bob", "cid"});
      r.start = zone_of(r.zone).to_local(at(change) + hours * hour);
      const rotation_plan plan = plan_of(r);
      const instant end = at(change) + 5 * day;
      for (instant t = plan.next_hand_off(at(change) - 5 * day); t < end;) {
        const auto shift = plan.shift_at(t);
        REQUIRE(shift);
        REQUIRE(shift->from == t);
        REQUIRE(shift->until > t);
        REQUIRE(plan.next_hand_off(t) == shift->until);
        t = shift->until;
      }
    }
  }
}

// ---- the closed form against a list that steps from date to date

namespace {

constexpr const char* zones_with_oddities[] = {
    "Europe/Berlin",    "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",    "Africa/Casablanca",
    "America/St_Johns", "Asia/Kolkata",     "America/Santiago",    "Africa/Cairo",    "Europe/Dublin",
    "Antarctica/Troll", "Asia/Gaza",        "Pacific/Chatham",     "America/Asuncion"};

rotation random_rotation(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<std::int64_t>(random() % n); };
  rotation r{.key = "r",
             .type = static_cast<rotation_type>(1 + below(5)),
             .length = 1 + below(4),
             .zone = zones_with_oddities[below(std::size(zones_with_oddities))]};
  r.start = midnight_of({static_cast<int>(1990 + below(45)), static_cast<unsigned>(1 + below(12)),
                         static_cast<unsigned>(1 + below(28))}) +
            below(96) * duration{15 * minute.us};
  if (below(4) == 0) r.start = r.start + 3 * day;  // the ends of months too
  if (r.type == rotation_type::hourly) r.length = 1 + below(30);
  if (r.type == rotation_type::custom) {
    r.length = 1;
    r.custom_length = (1 + below(3'000)) * minute;
  }
  r.extend = below(2) == 0;
  if (r.type <= rotation_type::daily && below(2) == 0) {
    for (unsigned d = 1; d <= 7; ++d) {
      if (below(2) == 0) r.active_days.push_back(static_cast<week_day>(d));
    }
  }
  return r;
}

void compare_with_list(const rotation& r, std::mt19937& random) {
  INFO(choices(r.type)[static_cast<std::size_t>(r.type) - 1], " ", r.length, " ", r.zone, " from ", r.start.us,
       " active ", r.active_days.size());
  REQUIRE(lint(r).empty());
  const hand_off_rule rule(r);
  constexpr std::int64_t turns_listed = 60;
  const auto listed = listed_hand_offs(r, turns_listed);
  for (std::int64_t k = -turns_listed; k <= turns_listed; ++k) {
    const instant expected = listed.at(k);
    REQUIRE_MESSAGE(rule.hand_off(k) == expected, "turn ", k, ": ", shown(rule.hand_off(k)), " for ", shown(expected));
  }
  const auto latest_turn = [&](instant t) {
    std::int64_t k = -turns_listed;
    while (k < turns_listed && listed.at(k + 1) <= t) ++k;
    return k;
  };
  for (std::int64_t k = -turns_listed; k < turns_listed; ++k) {
    for (const instant t : {listed.at(k), listed.at(k + 1) - microsecond,
                            listed.at(k) + duration{static_cast<std::int64_t>(random()) % (40 * hour.us)}}) {
      if (t < listed.at(-turns_listed) || t >= listed.at(turns_listed)) continue;
      REQUIRE_MESSAGE(rule.turn_at(t) == latest_turn(t), shown(t));
    }
  }
}

// A rotation that begins a little before a clock change of its zone.
rotation near_clock_change(std::mt19937& random) {
  rotation r = random_rotation(random);
  const zone where = zone_of(r.zone);
  const instant change = where.next_transition(instant{(r.start.us)});
  if (change == never) return r;
  const auto back = static_cast<std::int64_t>(random() % 96) * duration{15 * minute.us};
  r.start = where.to_local(change - back);
  r.start.us -= r.start.us % minute.us;
  return r;
}

}  // namespace

TEST_CASE("the closed form gives the hand-offs that a calendar gives, page by page (O1)") {
  std::mt19937 random(20260322);
  for (int i = 0; i < 25; ++i) {
    compare_with_list(random_rotation(random), random);
    compare_with_list(near_clock_change(random), random);
  }
}

TEST_SUITE("full") {
  TEST_CASE("the closed form gives the hand-offs that a calendar gives, for many rotations (O1)") {
    std::mt19937 random(19700101);
    for (int i = 0; i < 700; ++i) {
      compare_with_list(random_rotation(random), random);
      compare_with_list(near_clock_change(random), random);
    }
  }
}

// ---- versions

namespace {

rotation_plan two_versions(const rotation& before, std::string_view change, const rotation& after) {
  const std::vector<dated<rotation>> versions = {{no_instant, before}, {at(change), after}};
  return {versions, words()};
}

}  // namespace

TEST_CASE("a new version keeps the holder until the next hand-off and goes on from there (O1)") {
  const rotation before = turns(rotation_type::daily, 1, "UTC", "2026-05-01T09:00:00", {"ann", "bob", "cid"});
  rotation after = turns(rotation_type::daily, 1, "UTC", "2026-01-01T12:00:00", {"dee", "bob", "eve", "ann"});
  const rotation_plan plan = two_versions(before, "2026-05-02T10:00:00Z", after);
  CHECK(turn_at(plan, "2026-05-02T09:59:59Z") == "bob");
  CHECK(turn_at(plan, "2026-05-02T10:00:00Z") == "bob");
  CHECK(turn_at(plan, "2026-05-02T12:00:00Z") == "eve");  // behind bob, not by the new start
  CHECK(turn_at(plan, "2026-05-03T12:00:00Z") == "ann");
  CHECK(turn_at(plan, "2026-05-04T12:00:00Z") == "dee");
  const auto held = plan.shift_at(at("2026-05-02T09:30:00Z"));
  CHECK(held->until == at("2026-05-02T12:00:00Z"));  // one shift, whatever was published in it
  CHECK(held->from == at("2026-05-02T09:00:00Z"));
}

TEST_CASE("a holder who is taken out finishes the turn; then comes who stood behind (O1)") {
  const rotation before = turns(rotation_type::daily, 1, "UTC", "2026-05-01T09:00:00", {"ann", "bob", "cid"});
  rotation after = before;
  after.participants = slots({"ann", "cid", "dee"});
  const rotation_plan plan = two_versions(before, "2026-05-02T10:00:00Z", after);
  CHECK(turn_at(plan, "2026-05-03T08:59:59Z") == "bob");
  CHECK(turn_at(plan, "2026-05-03T09:00:00Z") == "cid");
  CHECK(turn_at(plan, "2026-05-04T09:00:00Z") == "dee");
  CHECK(turn_at(plan, "2026-05-05T09:00:00Z") == "ann");
}

TEST_CASE("publishing what is the same changes nothing, at whatever instant (O1)") {
  const rotation r =
      turns(rotation_type::hourly, 7, "Europe/Berlin", "2026-03-28T09:00:00", {"ann", "bob", "ann", "cid"});
  const rotation_plan once = plan_of(r);
  for (const char* change : {"2026-03-28T08:00:00Z", "2026-03-29T01:00:00Z", "2026-04-03T13:37:00Z"}) {
    const rotation_plan twice = two_versions(r, change, r);
    for (instant t = at("2026-03-28T00:00:00Z"); t < at("2026-04-10T00:00:00Z"); t = t + 30 * minute) {
      const auto a = once.shift_at(t);
      const auto b = twice.shift_at(t);
      REQUIRE(a.has_value() == b.has_value());
      if (!a) continue;
      REQUIRE_MESSAGE(keys_of(a->people) == keys_of(b->people), shown(t), " with ", change);
      REQUIRE(a->from == b->from);
      REQUIRE(a->until == b->until);
      REQUIRE(once.next_hand_off(t) == twice.next_hand_off(t));
    }
  }
}

TEST_CASE("who holds the turn goes on until a new version that starts later hands off (O1)") {
  const rotation before = turns(rotation_type::daily, 1, "UTC", "2026-05-01T09:00:00", {"ann", "bob"});
  const rotation after = turns(rotation_type::daily, 1, "UTC", "2026-05-10T09:00:00", {"ann", "bob"});
  const rotation_plan plan = two_versions(before, "2026-05-02T10:00:00Z", after);
  CHECK(turn_at(plan, "2026-05-08T00:00:00Z") == "bob");
  CHECK(turn_at(plan, "2026-05-10T09:00:00Z") == "ann");
  CHECK(plan.next_hand_off(at("2026-05-02T10:00:00Z")) == at("2026-05-10T09:00:00Z"));
}

TEST_CASE("three versions in one turn leave it to one holder (O1)") {
  const rotation a = turns(rotation_type::weekly, 1, "UTC", "2026-05-04T09:00:00", {"ann", "bob", "cid"});
  rotation b = a;
  b.participants = slots({"bob", "cid"});
  rotation c = a;
  c.participants = slots({"bob", "ann", "cid"});
  const std::vector<dated<rotation>> versions = {
      {no_instant, a}, {at("2026-05-05T00:00:00Z"), b}, {at("2026-05-06T00:00:00Z"), c}};
  const rotation_plan plan(versions, words());
  CHECK(turn_at(plan, "2026-05-10T00:00:00Z") == "ann");
  CHECK(plan.shift_at(at("2026-05-04T12:00:00Z"))->until == at("2026-05-11T09:00:00Z"));
  CHECK(turn_at(plan, "2026-05-11T09:00:00Z") == "cid");  // behind ann in the order now in force
  CHECK(turn_at(plan, "2026-05-18T09:00:00Z") == "bob");
}

TEST_CASE("the circle behind a turn is that of the version in force (O1, O4)") {
  const rotation before = turns(rotation_type::daily, 1, "UTC", "2026-05-01T09:00:00", {"ann", "bob", "cid"});
  rotation after = before;
  after.participants = slots({"ann", "cid"});
  const rotation_plan plan = two_versions(before, "2026-05-02T10:00:00Z", after);
  const auto held = plan.shift_at(at("2026-05-02T11:00:00Z"));
  CHECK(plan.circle_size(*held) == 3);
  CHECK(keys_of(plan.people_after(*held, 0)) == "bob");
  CHECK(keys_of(plan.people_after(*held, 1)) == "cid");
  CHECK(keys_of(plan.people_after(*held, 2)) == "ann");
  CHECK(keys_of(plan.people_after(*held, 3)) == "bob");
  const auto own = plan.shift_at(at("2026-05-03T11:00:00Z"));
  CHECK(plan.circle_size(*own) == 2);
  CHECK(keys_of(plan.people_after(*own, 1)) == "ann");
}
