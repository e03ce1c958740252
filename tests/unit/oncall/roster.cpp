#include <tocsin/oncall/roster.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "given.hpp"

using namespace tocsin;
using namespace given;

namespace {

const std::vector<week_day> working_days = {week_day::monday, week_day::tuesday, week_day::wednesday,
                                            week_day::thursday, week_day::friday};

schedule_layer people(const std::vector<std::string>& keys) { return {.people = keys}; }
schedule_layer turns_of(const std::string& key) { return {.rotation = key}; }

// A schedule "s" in that zone, with daily turns of ann, bob and cid at nine from 1 June 2026, a Monday, as "r".
oncall_book book_in(const std::string& zone_name, const std::vector<schedule_layer>& layers) {
  oncall_book book;
  book.rotations = {
      {no_instant, turns(rotation_type::daily, 1, zone_name, "2026-06-01T09:00:00", {"ann", "bob", "cid"})}};
  book.schedules = {{no_instant, {.key = "s", .zone = zone_name, .layers = layers}}};
  return book;
}

roster roster_of(const oncall_book& book) { return {book, "s", words()}; }

schedule_override change(override_kind kind, const std::vector<std::string>& keys, std::string_view from,
                         std::string_view until) {
  return {.schedule = "s", .kind = kind, .people = keys, .from = at(from), .until = at(until)};
}

schedule_override replacement(const std::string& replaced, const std::string& by) {
  schedule_override one = change(override_kind::replace, {by}, "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z");
  one.replaced = replaced;
  return one;
}

std::string listed(const roster& r, std::string_view from, std::string_view until) {
  std::string result;
  for (const oncall_shift& s : shifts(r, at(from), at(until))) {
    result += key_of(s.person) + " " + shown(s.from) + " " + shown(s.until) + "\n";
  }
  return result;
}

}  // namespace

// ---- layers

TEST_CASE("weekdays of a layer are those of its zone, not of UTC (O2, oncall#4197)") {
  schedule_layer mondays = turns_of("r");
  mondays.restrictions = {{{week_day::monday}, {0, 0}, end_of_day}};
  const roster r = roster_of(book_in("Pacific/Auckland", {mondays}));
  CHECK(who_at(r, "2026-06-07T11:59:59Z") == "nobody");  // Sunday 23:59 in Auckland
  CHECK(who_at(r, "2026-06-07T12:00:00Z") == "ann");
  CHECK(who_at(r, "2026-06-08T11:59:59Z") == "bob");  // one at a time, by turns
  CHECK(who_at(r, "2026-06-08T12:00:00Z") == "nobody");
}

TEST_CASE("restrictions are read in the layer's zone, else the schedule's, never the rotation's (O2)") {
  schedule_layer layer = turns_of("r");
  layer.restrictions = {{working_days, {9, 0}, {17, 0}}};
  oncall_book book = book_in("America/New_York", {layer});
  book.schedules[0].definition.zone = "Europe/Berlin";
  CHECK(who_at(roster_of(book), "2026-06-02T07:00:00Z") == "ann");
  CHECK(who_at(roster_of(book), "2026-06-02T15:00:00Z") == "nobody");
  book.schedules[0].definition.layers[0].zone = "Asia/Tokyo";
  CHECK(who_at(roster_of(book), "2026-06-02T07:59:59Z") == "ann");
  CHECK(who_at(roster_of(book), "2026-06-02T08:00:00Z") == "nobody");
}

TEST_CASE("a window over midnight belongs to the day it starts on, equal bounds are 24 hours (O2, T3)") {
  schedule_layer night = people({"dee"});
  night.restrictions = {{{week_day::friday}, {22, 0}, {6, 0}}};
  schedule_layer whole = people({"eve"});
  whole.restrictions = {{{week_day::sunday}, {8, 0}, {8, 0}}};
  const roster r = roster_of(book_in("UTC", {night, whole}));
  CHECK(listed(r, "2026-06-01T00:00:00Z", "2026-06-08T23:00:00Z") ==
        "eve 2026-06-01T00:00:00Z 2026-06-01T08:00:00Z\n"  // Sunday's still
        "dee 2026-06-05T22:00:00Z 2026-06-06T06:00:00Z\n"
        "eve 2026-06-07T08:00:00Z 2026-06-08T08:00:00Z\n");
}

TEST_CASE("an hour that comes twice is served twice, one that is skipped not at all (T4, O2)") {
  schedule_layer layer = people({"dee"});
  layer.restrictions = {{{week_day::sunday}, {2, 0}, {3, 0}}};
  const roster r = roster_of(book_in("Europe/Berlin", {layer}));
  CHECK(listed(r, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z").empty());
  CHECK(listed(r, "2026-10-25T00:00:00Z", "2026-10-26T00:00:00Z") == "dee 2026-10-25T00:00:00Z 2026-10-25T02:00:00Z\n");
}

TEST_CASE("activity hides turns, it does not renumber them (O2)") {
  schedule_layer layer = turns_of("r");
  layer.active_from = at("2026-06-02T12:00:00Z");
  layer.active_until = at("2026-06-03T12:00:00Z");
  const roster r = roster_of(book_in("UTC", {layer}));
  CHECK(listed(r, "2026-06-01T00:00:00Z", "2026-06-10T00:00:00Z") ==
        "bob 2026-06-02T12:00:00Z 2026-06-03T09:00:00Z\n"
        "cid 2026-06-03T09:00:00Z 2026-06-03T12:00:00Z\n");
}

TEST_CASE("layers stand together, or the highest that has somebody does (O2)") {
  schedule_layer office = people({"dee"});
  office.restrictions = {{working_days, {9, 0}, {17, 0}}};
  office.priority = 1;
  schedule_layer also = people({"eve"});
  also.restrictions = {{working_days, {12, 0}, {13, 0}}};
  also.priority = 1;
  oncall_book book = book_in("UTC", {turns_of("r"), office, also});
  CHECK(who_at(roster_of(book), "2026-06-01T12:30:00Z") == "ann+dee+eve");
  book.schedules[0].definition.combination = layer_combination::top_priority;
  CHECK(who_at(roster_of(book), "2026-06-01T12:30:00Z") == "dee+eve");
  CHECK(who_at(roster_of(book), "2026-06-01T09:30:00Z") == "dee");
  CHECK(who_at(roster_of(book), "2026-06-01T18:00:00Z") == "ann");
  book.absences = {{.person = "dee", .from = at("2026-06-01T00:00:00Z"), .until = at("2026-06-02T00:00:00Z")}};
  CHECK(who_at(roster_of(book), "2026-06-01T09:30:00Z") == "ann");  // has nobody, so the next does
}

TEST_CASE("a secondary is the next participant, a shadow hears and is not counted (O4)") {
  schedule_layer secondary = turns_of("r");
  secondary.turns_ahead = 1;
  schedule_layer shadow = people({"dee", "ann"});
  shadow.shadow = true;
  const roster r = roster_of(book_in("UTC", {turns_of("r"), secondary, shadow}));
  const on_call now = r.who(at("2026-06-01T12:00:00Z"));
  CHECK(keys_of(now.people) == "ann+bob");
  CHECK(keys_of(now.shadows) == "dee");  // ann counts already
  CHECK(gaps(r, at("2026-05-31T00:00:00Z"), at("2026-06-02T00:00:00Z")) ==
        std::vector<oncall_span>{{at("2026-05-31T00:00:00Z"), at("2026-06-01T09:00:00Z")}});
}

// ---- overrides

TEST_CASE("overrides act in the order of their acceptance, each on the result of the one before (O2)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  book.overrides = {replacement("ann", "dee"), replacement("dee", "eve")};
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "eve");
  book.overrides = {replacement("dee", "eve"), replacement("ann", "dee")};
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "dee");
}

TEST_CASE("overrides of one person may overlap (goalert#862)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  book.overrides = {change(override_kind::add, {"dee"}, "2026-06-01T10:00:00Z", "2026-06-01T14:00:00Z"),
                    change(override_kind::add, {"dee"}, "2026-06-01T12:00:00Z", "2026-06-01T16:00:00Z"),
                    change(override_kind::remove, {"ann", "dee"}, "2026-06-01T15:00:00Z", "2026-06-01T15:30:00Z")};
  CHECK(listed(roster_of(book), "2026-06-01T09:00:00Z", "2026-06-01T17:00:00Z") ==
        "ann 2026-06-01T09:00:00Z 2026-06-01T15:00:00Z\n"
        "dee 2026-06-01T10:00:00Z 2026-06-01T15:00:00Z\n"
        "ann 2026-06-01T15:30:00Z 2026-06-01T17:00:00Z\n"
        "dee 2026-06-01T15:30:00Z 2026-06-01T16:00:00Z\n");
}

TEST_CASE("a replace does nothing while the one to be replaced is not on call (O2)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  book.overrides = {replacement("bob", "dee")};
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "ann");
  CHECK(who_at(roster_of(book), "2026-06-02T12:00:00Z") == "dee");
}

TEST_CASE("exclusive overrides come last and blank everything else, the highest rank first (O2)") {
  schedule_layer shadow = people({"hal"});
  shadow.shadow = true;
  oncall_book book = book_in("UTC", {turns_of("r"), shadow});
  schedule_override low = change(override_kind::exclusive, {"dee"}, "2026-06-01T10:00:00Z", "2026-06-01T16:00:00Z");
  schedule_override high = change(override_kind::exclusive, {"eve"}, "2026-06-01T12:00:00Z", "2026-06-01T14:00:00Z");
  schedule_override equal = change(override_kind::exclusive, {"fay"}, "2026-06-01T13:00:00Z", "2026-06-01T15:00:00Z");
  high.rank = equal.rank = 1;
  book.overrides = {high, low, equal,
                    change(override_kind::add, {"gus"}, "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z")};
  const roster r = roster_of(book);
  CHECK(who_at(r, "2026-06-01T09:30:00Z") == "ann+gus");
  CHECK(who_at(r, "2026-06-01T10:00:00Z") == "dee");
  CHECK(who_at(r, "2026-06-01T12:00:00Z") == "eve");
  CHECK(who_at(r, "2026-06-01T13:00:00Z") == "eve+fay");
  CHECK(who_at(r, "2026-06-01T14:00:00Z") == "fay");
  CHECK(who_at(r, "2026-06-01T15:00:00Z") == "dee");
  CHECK(r.who(at("2026-06-01T13:00:00Z")).shadows.empty());
  CHECK(keys_of(r.who(at("2026-06-01T16:00:00Z")).shadows) == "hal");
}

TEST_CASE("an override that is accepted late or withdrawn early leaves history as it was (O3)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  schedule_override one = change(override_kind::add, {"dee"}, "2026-06-01T10:00:00Z", "2026-06-01T16:00:00Z");
  one.accepted_at = at("2026-06-01T11:00:00Z");
  one.withdrawn_at = at("2026-06-01T12:00:00Z");
  book.overrides = {one};
  CHECK(listed(roster_of(book), "2026-06-01T10:00:00Z", "2026-06-01T16:00:00Z") ==
        "ann 2026-06-01T10:00:00Z 2026-06-01T16:00:00Z\n"
        "dee 2026-06-01T11:00:00Z 2026-06-01T12:00:00Z\n");
}

TEST_CASE("a swap is nothing while it is proposed or has lapsed, and two replacements when it is taken (O2)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  shift_swap swap{.key = "x",
                  .schedule = "s",
                  .giver = "ann",
                  .taker = "bob",
                  .from = at("2026-06-01T09:00:00Z"),
                  .until = at("2026-06-02T09:00:00Z"),
                  .back_from = at("2026-06-02T09:00:00Z"),
                  .back_until = at("2026-06-03T09:00:00Z"),
                  .lapses_at = at("2026-05-31T00:00:00Z")};
  CHECK(overrides_of(swap).empty());
  CHECK(state_at(swap, at("2026-05-30T23:59:59Z")) == swap_state::proposed);
  CHECK(state_at(swap, at("2026-05-31T00:00:00Z")) == swap_state::lapsed);
  swap.state = swap_state::accepted;
  CHECK(state_at(swap, at("2026-06-10T00:00:00Z")) == swap_state::accepted);
  book.overrides = overrides_of(swap);
  CHECK(listed(roster_of(book), "2026-06-01T09:00:00Z", "2026-06-04T09:00:00Z") ==
        "bob 2026-06-01T09:00:00Z 2026-06-02T09:00:00Z\n"
        "ann 2026-06-02T09:00:00Z 2026-06-03T09:00:00Z\n"
        "cid 2026-06-03T09:00:00Z 2026-06-04T09:00:00Z\n");
  swap.accepted_at = at("2026-05-31T12:00:00Z");
  CHECK(lint(swap).size() == 1);  // it had lapsed
}

// ---- absences

TEST_CASE("who is absent leaves a gap, the next participant, or a cover, as the rotation says (O4)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  book.absences = {
      {.person = "ann", .cover = "dee", .from = at("2026-06-01T12:00:00Z"), .until = at("2026-06-10T00:00:00Z")}};
  CHECK(who_at(roster_of(book), "2026-06-01T11:59:59Z") == "ann");
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "nobody");
  book.rotations[0].definition.absence = absence_rule::next;
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "bob");
  CHECK(who_at(roster_of(book), "2026-06-02T12:00:00Z") == "bob");  // bob's own turn is not lost
  book.rotations[0].definition.absence = absence_rule::cover;
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "dee");
}

TEST_CASE("a cover who is absent has a cover or leaves a gap; two who cover each other leave a gap (O4)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  book.rotations[0].definition.absence = absence_rule::cover;
  const instant from = at("2026-06-01T00:00:00Z");
  const instant until = at("2026-06-10T00:00:00Z");
  book.absences = {{.person = "ann", .cover = "dee", .from = from, .until = until},
                   {.person = "dee", .cover = "eve", .from = from, .until = until}};
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "eve");
  book.absences[1].cover = "ann";
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "nobody");
  book.absences[1].cover = "";
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "nobody");
}

TEST_CASE("where the next participant stands in, the secondary is the one behind (O4)") {
  schedule_layer secondary = turns_of("r");
  secondary.turns_ahead = 1;
  oncall_book book = book_in("UTC", {turns_of("r"), secondary});
  book.rotations[0].definition.absence = absence_rule::next;
  book.absences = {{.person = "ann", .from = at("2026-06-01T00:00:00Z"), .until = at("2026-06-10T00:00:00Z")}};
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "bob+cid");
  CHECK(who_at(roster_of(book), "2026-06-03T12:00:00Z") == "bob+cid");
}

TEST_CASE("of those who share a turn, the others stay when one is absent (O4)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  book.rotations[0].definition.participants = slots({"ann+dee", "bob"});
  book.rotations[0].definition.absence = absence_rule::next;
  book.absences = {{.person = "ann", .from = at("2026-06-01T00:00:00Z"), .until = at("2026-06-10T00:00:00Z")}};
  CHECK(who_at(roster_of(book), "2026-06-01T12:00:00Z") == "dee");
}

// ---- versions and questions

TEST_CASE("editing a schedule makes a new version from an instant on; what was true then stays (O3)") {
  oncall_book book = book_in("UTC", {turns_of("r")});
  book.schedules.push_back({at("2026-06-02T00:00:00Z"), {.key = "s", .zone = "UTC", .layers = {people({"dee"})}}});
  CHECK(listed(roster_of(book), "2026-06-01T09:00:00Z", "2026-06-03T00:00:00Z") ==
        "ann 2026-06-01T09:00:00Z 2026-06-02T00:00:00Z\n"
        "dee 2026-06-02T00:00:00Z 2026-06-03T00:00:00Z\n");
}

TEST_CASE("publishing lists the shifts that change (O1, O3)") {
  const oncall_book before = book_in("UTC", {turns_of("r")});
  oncall_book after = before;
  rotation next = before.rotations[0].definition;
  next.participants = slots({"ann", "dee", "bob", "cid"});
  after.rotations.push_back({at("2026-06-01T12:00:00Z"), next});
  const auto listed_changes =
      changes(roster_of(before), roster_of(after), at("2026-06-01T00:00:00Z"), at("2026-06-04T09:00:00Z"));
  REQUIRE(listed_changes.size() == 2);  // ann keeps her turn
  CHECK(shown(listed_changes[0].from) == "2026-06-02T09:00:00Z");
  CHECK(keys_of(listed_changes[0].before) == "bob");
  CHECK(keys_of(listed_changes[0].after) == "dee");
  CHECK(keys_of(listed_changes[1].before) == "cid");
  CHECK(keys_of(listed_changes[1].after) == "bob");
}

TEST_CASE("shifts are merged where they touch and listed by start, then person (O3)") {
  oncall_book book = book_in("UTC", {turns_of("r"), people({"hal"})});
  book.rotations[0].definition.participants = slots({"bob", "ann+bob"});
  CHECK(listed(roster_of(book), "2026-06-01T09:00:00Z", "2026-06-04T12:00:00Z") ==
        "bob 2026-06-01T09:00:00Z 2026-06-04T12:00:00Z\n"
        "hal 2026-06-01T09:00:00Z 2026-06-04T12:00:00Z\n"
        "ann 2026-06-02T09:00:00Z 2026-06-03T09:00:00Z\n"
        "ann 2026-06-04T09:00:00Z 2026-06-04T12:00:00Z\n");
}

TEST_CASE("the gaps of the coming weeks are known before they come (R-C17)") {
  schedule_layer office = turns_of("r");
  office.restrictions = {{working_days, {9, 0}, {17, 0}}};
  const roster r = roster_of(book_in("Europe/Berlin", {office}));
  const auto holes = gaps(r, at("2026-06-05T07:00:00Z"), at("2026-06-09T15:00:00Z"));
  REQUIRE(holes.size() == 2);
  CHECK(shown(holes[0].from, "Europe/Berlin") == "2026-06-05T17:00:00+02:00");
  CHECK(shown(holes[0].until, "Europe/Berlin") == "2026-06-08T09:00:00+02:00");
}

TEST_CASE("the burden is counted in time, nights and weekends by the local clock (O3)") {
  oncall_book book = book_in("Europe/Berlin", {turns_of("r")});
  book.rotations[0].definition =
      turns(rotation_type::weekly, 1, "Europe/Berlin", "2026-10-19T09:00:00", {"ann", "bob"});  // Monday
  const auto shares = fairness(roster_of(book), at("2026-10-19T07:00:00Z"), at("2026-11-02T08:00:00Z"));
  REQUIRE(shares.size() == 2);
  CHECK(key_of(shares[0].person) == "ann");
  CHECK(shares[0].time == 169 * hour);  // the clock is set back in her week
  CHECK(shares[1].time == 168 * hour);
  CHECK(shares[0].night_time == 57 * hour);  // seven nights of eight hours, and the hour that came twice
  CHECK(shares[0].nights == 7);
  CHECK(shares[1].night_time == 56 * hour);
  CHECK(shares[0].weekend_time == 49 * hour);
  CHECK(shares[0].weekends == 1);
  CHECK(shares[0].shifts == 1);
}

TEST_CASE("what a schedule names must be known") {
  CHECK(reason_of([] { roster_of(book_in("UTC", {turns_of("q")})); }) == "roster.unknown_rotation");
  CHECK(reason_of([] { roster_of(book_in("UTC", {people({"zoe"})})); }) == "roster.unknown_person");
  CHECK(reason_of([] { roster(book_in("UTC", {}), "t", words()); }) == "roster.unknown_schedule");
  schedule_layer both = turns_of("r");
  both.people = {"ann"};
  CHECK(reason_of([&] { roster_of(book_in("UTC", {both})); }) == "roster.refused");
  const roster r = roster_of(book_in("UTC", {turns_of("r")}));
  CHECK(reason_of([&] { r.who(never); }) == "oncall.instant_out_of_range");
  CHECK(reason_of([&] { shifts(r, at("2026-06-02T00:00:00Z"), at("2026-06-01T00:00:00Z")); }) == "oncall.window");
}

TEST_CASE("the ends of time are no trap") {
  const roster r = roster_of(book_in("Europe/Berlin", {turns_of("r")}));
  CHECK(r.who(instant_min).people.empty());
  CHECK(r.who(instant_max).people.size() == 1);
  CHECK(r.next_change(instant_max) == never);
  CHECK(r.next_change(instant_min) > instant_min);
}
