// Cases in which a well-known tool is known to be wrong, each with what is right.
#include <doctest/doctest.h>

#include "clock_fixture.hpp"

using namespace tocsin;
using namespace clock_fixture;

namespace {

clock_rules of_metric(clock_metric metric) { return {.metric = metric}; }

business_calendar opened_in(std::string zone, std::string key = "office") {
  business_calendar_definition d{.key = std::move(key), .zone = std::move(zone)};
  using enum week_day;
  d.weekly = {{{monday, tuesday, wednesday, thursday, friday, saturday, sunday}, {0, 0}, {24, 0}}};
  return business_calendar::compile(d);
}

}  // namespace

TEST_CASE("iTop's lost breach: raised while pending beyond the time already spent, then resumed") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 8 * hour, around_the_clock());
  clock.held("2026-07-06T13:00:00Z");
  clock.retarget("2026-07-06T14:00:00Z", granting(4 * hour));
  clock.resumed("2026-07-06T15:00:00Z");
  const clock_reading later = clock.read("2026-07-10T19:00:00Z");
  CHECK(later.breached);
  CHECK(later.breached_at == at("2026-07-06T14:00:00Z"));
  REQUIRE_FALSE(clock.said("2026-07-10T19:00:00Z").empty());
}

TEST_CASE("GLPI's days of 86,400 seconds: the first hour of a day of 25, and the last before one of 23") {
  // Paris, 25 October 2026 (25 hours) and 29 March 2026 (23 hours): a whole day is what the wall clock says.
  const business_calendar paris = opened_in("Europe/Paris");
  CHECK(paris.elapsed(at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")) == 25 * hour);
  const record_clock autumn("2026-10-24T22:30:00Z", {}, 25 * hour, paris);
  CHECK(autumn.read("2026-10-24T23:00:00Z").deadline == at("2026-10-25T23:30:00Z"));
  record_clock spring("2026-03-28T22:30:00Z", {}, {}, paris);
  spring.c.terms[0].target = {target_kind::business_days, 1};  // Sunday, and not skipped
  CHECK(spring.read("2026-03-28T22:30:00Z").deadline == at("2026-03-29T22:00:00Z"));
}

TEST_CASE("glpi#6902, #15605: urgency raised on a pending ticket keeps the time waited") {
  record_clock clock("2026-07-06T06:00:00Z", {}, 16 * hour, office());
  clock.held("2026-07-06T08:00:00Z");
  for (const char* change : {"2026-07-07T08:00:00Z", "2026-07-08T08:00:00Z", "2026-07-09T08:00:00Z"}) {
    clock.retarget(change, granting(4 * hour));
  }
  const clock_reading waiting = clock.read("2026-07-20T08:00:00Z");
  CHECK_FALSE(waiting.breached);
  CHECK(waiting.elapsed == 2 * hour);
}

TEST_CASE("glpi#24481: what is pending is never breached by time alone") {
  record_clock clock("2026-07-06T08:00:00Z", {.metric = clock_metric::assignment}, 2 * hour, around_the_clock());
  clock.c.holder = network.index;
  clock.history.add(clock_fact::assigned(at("2026-07-06T08:00:00Z"), network, {}));
  clock.held("2026-07-06T09:00:00Z");
  CHECK_FALSE(clock.read("2027-07-06T08:00:00Z").breached);
}

TEST_CASE("glpi#23359: time solved and time pending are kept apart") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 8 * hour, around_the_clock());
  clock.held("2026-07-06T09:00:00Z");
  clock.resolved("2026-07-06T10:00:00Z");
  clock.reopened("2026-07-06T13:00:00Z");
  const clock_proof proof = clock.proof("2026-07-06T14:00:00Z");
  CHECK(total(proof, proof_cause::hold) == 1 * hour);
  CHECK(total(proof, proof_cause::resolved) == 3 * hour);
  CHECK(total(proof, proof_cause::counted) == 2 * hour);
}

TEST_CASE("glpi#1911: a team's own clock begins when the team gets the ticket") {
  record_clock clock("2026-07-06T08:00:00Z", of_metric(clock_metric::assignment), 2 * hour, around_the_clock());
  clock.c.holder = network.index;
  clock.history.add(clock_fact::assigned(at("2026-07-06T08:00:00Z"), first_level, {}));
  clock.history.add(clock_fact::assigned(at("2026-07-06T17:00:00Z"), network, {}));
  CHECK(clock.read("2026-07-06T17:00:00Z").deadline == at("2026-07-06T19:00:00Z"));
}

TEST_CASE("glpi#15429: a warning before the deadline walks open time backwards, not to midnight") {
  const record_clock clock("2026-07-03T13:00:00Z", {.thresholds = {{false, -2 * hour.us}}}, 3 * hour, office());
  CHECK(clock.said("2026-07-06T08:00:00Z")[0].at == at("2026-07-03T14:00:00Z"));
}

TEST_CASE("ServiceNow's rounded percentage: 99.995 per cent of the target is no breach") {
  const record_clock clock("2026-07-06T00:00:00Z", {.thresholds = {{true, 100}}}, 100'000 * second, around_the_clock());
  const clock_reading nearly = clock.read("2026-07-07T03:46:35Z");  // 99,995 seconds
  CHECK_FALSE(nearly.breached);
  CHECK(nearly.thresholds.empty());
  CHECK(clock.read("2026-07-07T03:46:40Z").thresholds.size() == 1);
  CHECK_FALSE(clock.read("2026-07-07T03:46:40Z").breached);
  CHECK(clock.read("2026-07-07T03:46:40.000001Z").breached);
}

TEST_CASE("Zammad's overwritten pauses: two stays in one minute of a day both count, to the second") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 8 * hour, around_the_clock());
  clock.held("2026-07-06T09:00:05Z");
  clock.resumed("2026-07-06T09:00:15Z");
  clock.held("2026-07-06T09:00:20Z");
  clock.resumed("2026-07-06T09:00:50Z");
  CHECK(clock.read("2026-07-06T10:00:00Z").elapsed == 2 * hour - 40 * second);
}

TEST_CASE("zammad#904: a ticket merged into another escalates no more") {
  record_clock clock("2026-07-06T08:00:00Z", of_metric(clock_metric::response), 1 * hour, around_the_clock());
  clock.history.add(clock_fact::cancelled(at("2026-07-06T08:30:00Z"), clock_end::duplicate));
  const clock_reading later = clock.read("2026-07-08T08:00:00Z");
  CHECK(later.state == clock_state_kind::cancelled);
  CHECK(later.cause == clock_end::duplicate);
  CHECK(clock.said("2026-07-08T08:00:00Z").empty());
}

TEST_CASE("zammad#5177: the update clock does not run before the first response") {
  const record_clock clock("2026-07-06T08:00:00Z", of_metric(clock_metric::update), 1 * hour, around_the_clock());
  CHECK(clock.read("2026-07-09T08:00:00Z").state == clock_state_kind::unset);
  CHECK(clock.said("2026-07-09T08:00:00Z").empty());
}

TEST_CASE("zammad#2579: the outcome is there with the first resolving, and computed on reading") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 1 * hour, around_the_clock());
  clock.resolved("2026-07-06T08:30:00Z");
  CHECK(clock.read("2026-07-06T08:30:00Z").state == clock_state_kind::met);
  CHECK(clock.read("2026-07-06T08:30:00Z").elapsed == 30 * minute);
}

TEST_CASE("frappe's hold time added to the creation: it is cut out where it was, holidays and all") {
  // Held from Thursday to the Tuesday after the holiday: sixteen open hours, not five days.
  record_clock clock("2026-10-22T06:00:00Z", {}, 20 * hour, office());
  clock.held("2026-10-22T08:00:00Z");
  clock.resumed("2026-10-27T07:00:00Z");
  CHECK(clock.read("2026-10-27T07:00:00Z").elapsed == 2 * hour);
  CHECK(clock.read("2026-10-27T07:00:00Z").deadline == at("2026-10-28T16:00:00Z"));
}

TEST_CASE("frappe/helpdesk#1554: what is shown as paused does not tick") {
  record_clock clock("2026-07-06T08:00:00Z", {.pauses = pause_rule::none}, 8 * hour, around_the_clock());
  clock.held("2026-07-06T09:00:00Z");
  CHECK(clock.read("2026-07-06T10:00:00Z").state == clock_state_kind::running);
  clock.rules().pauses = pause_rule::all;
  const clock_reading paused = clock.read("2026-07-06T10:00:00Z");
  CHECK(paused.state == clock_state_kind::paused);
  CHECK(clock.read("2026-07-06T11:00:00Z").elapsed == paused.elapsed);
}

TEST_CASE("frappe/helpdesk#2075: a ticket of a day off begins to count at the first open moment") {
  record_clock clock("2026-07-04T10:00:00Z", of_metric(clock_metric::response), 2 * hour, office());
  clock.responded("2026-07-06T06:10:00Z");
  CHECK(clock.read("2026-07-06T06:10:00Z").elapsed == 10 * minute);
}

TEST_CASE("chatwoot#10178: resolving ends the clocks of answers, whoever spoke last") {
  record_clock clock("2026-07-06T08:00:00Z", of_metric(clock_metric::update), 1 * hour, around_the_clock());
  clock.responded("2026-07-06T08:10:00Z");
  clock.resolved("2026-07-06T08:30:00Z");
  CHECK(clock.read("2026-07-08T08:30:00Z").state == clock_state_kind::stopped);
  CHECK(clock.said("2026-07-08T08:30:00Z").empty());
}

TEST_CASE("JSM's reconstruction: a cycle met under the old goal is met under a new one") {
  record_clock clock("2026-07-06T08:00:00Z", {}, 4 * hour, around_the_clock());
  clock.resolved("2026-07-06T11:00:00Z");
  clock.retarget("2026-07-07T08:00:00Z", granting(2 * hour));
  const clock_reading later = clock.read("2026-07-08T08:00:00Z");
  CHECK(later.state == clock_state_kind::met);
  CHECK_FALSE(later.breached);
}
