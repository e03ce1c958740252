// Where other tools are known to be wrong about business time, and what is right. Each case is named after the report.
#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "calendar_sample.hpp"

using namespace calendar_sample;

namespace {

business_calendar office_with_lunch(std::string_view zone) {
  return calendar_of(R"({"key":"c","zone":")" + std::string(zone) + R"(","weekly":[
      {"days":["monday","tuesday","wednesday","thursday","friday"],"start":"08:00","end":"12:00"},
      {"days":["monday","tuesday","wednesday","thursday","friday"],"start":"13:00","end":"17:00"}]})");
}

business_calendar every_day(std::string_view zone) {
  return calendar_of(R"({"key":"c","zone":")" + std::string(zone) +
                     R"(","weekly":[{"days":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],
                        "start":"00:00","end":"24:00"}]})");
}

std::string elapsed(const business_calendar& c, std::string_view a, std::string_view b) {
  return shown(c.elapsed(at(a), at(b)));
}

}  // namespace

TEST_CASE("moment-business-time: a span within lunch is nothing, and never negative") {
  const auto c = office_with_lunch("UTC");
  CHECK(elapsed(c, "2026-11-20T12:15:00Z", "2026-11-20T12:45:00Z") == "PT0S");
  CHECK(elapsed(c, "2026-11-20T11:45:00Z", "2026-11-20T12:45:00Z") == "PT15M");
  CHECK(elapsed(c, "2026-11-20T12:30:00Z", "2026-11-20T13:30:00Z") == "PT30M");
  CHECK(elapsed(c, "2026-11-20T12:45:00Z", "2026-11-23T12:15:00Z") == "PT8H");
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    const instant a = at("2026-11-16T00:00:00Z") + duration{static_cast<std::int64_t>(random() % 1'000'000'000'000)};
    const instant b = a + duration{static_cast<std::int64_t>(random() % 1'000'000'000'000)};
    REQUIRE(c.elapsed(a, b) >= duration{});
  }
}

TEST_CASE("osTicket#2131, PR#4807: with every day closed nothing is ever due, not in 150 days") {
  const auto closed = calendar_of(R"({"key":"c","zone":"America/Chicago"})");
  CHECK(closed.never_open());
  CHECK(closed.add(at("2026-11-20T12:00:00Z"), hour) == never);
  const auto holidays_only = calendar_of(
      R"({"key":"c","zone":"UTC","weekly":[{"days":["friday"],"start":"09:00","end":"17:00"}],
          "holidays":[{"month":1,"day":1,"days":366}]})");
  CHECK(holidays_only.never_open());
}

TEST_CASE("glpi#687, frappe/helpdesk#2075: time from out of hours counts from the next opening") {
  const auto c = office_with_lunch("Europe/Paris");
  CHECK(shown(c.add(at("2026-11-20T22:00:00Z"), 2 * hour)) == "2026-11-23T09:00:00Z");
  CHECK(elapsed(c, "2026-11-20T22:00:00Z", "2026-11-23T09:00:00Z") == "PT2H");
  CHECK(elapsed(c, "2026-11-21T10:00:00Z", "2026-11-22T10:00:00Z") == "PT0S");
}

TEST_CASE("GLPI's days of 86,400 seconds: the day of 25 hours is counted once, the Sunday of 23 hours is not skipped") {
  const auto paris = every_day("Europe/Paris");
  CHECK(elapsed(paris, "2025-10-25T22:30:00Z", "2025-10-26T23:00:00Z") == "P1DT30M");
  const auto sundays =
      calendar_of(R"({"key":"c","zone":"Europe/Paris","weekly":[{"days":["sunday"],"start":"00:00","end":"24:00"}]})");
  CHECK(elapsed(sundays, "2025-10-25T00:00:00Z", "2025-10-28T00:00:00Z") == "P1DT1H");
  CHECK(elapsed(sundays, "2025-03-29T22:30:00Z", "2025-03-31T12:00:00Z") == "PT23H");
  CHECK(shown(office_with_lunch("Europe/Paris").add_business_days(at("2025-03-28T09:00:00Z"), 1)) ==
        "2025-03-31T08:00:00Z");
}

TEST_CASE("glpi#15429, PR#22678: an hour before a deadline is an hour of open time, not 00:00 and not the creation") {
  const auto c = office_with_lunch("Europe/Paris");
  CHECK(shown(c.subtract(at("2026-11-23T07:30:00Z"), hour)) == "2026-11-20T15:30:00Z");
  CHECK(shown(c.subtract(at("2026-11-23T12:30:00Z"), hour)) == "2026-11-23T10:30:00Z");
}

TEST_CASE("biz: a night shift is one window, and a repeated hour is open twice") {
  const auto nights = calendar_of(R"({"key":"c","zone":"America/New_York","weekly":[
      {"days":["saturday"],"start":"22:00","end":"06:00"}]})");
  CHECK(elapsed(nights, "2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z") == "PT9H");
  CHECK(elapsed(nights, "2026-03-07T00:00:00Z", "2026-03-10T00:00:00Z") == "PT7H");
  CHECK(nights.explain(at("2026-10-31T00:00:00Z"), at("2026-11-03T00:00:00Z")).size() == 1);
}

TEST_CASE("Jira's summer and winter calendars: one calendar keeps its local hours through the year") {
  const auto c = office_with_lunch("Europe/London");
  CHECK(shown(c.next_open(at("2026-07-01T00:00:00Z"))) == "2026-07-01T07:00:00Z");
  CHECK(shown(c.next_open(at("2026-12-01T00:00:00Z"))) == "2026-12-01T08:00:00Z");
}

TEST_CASE("frappe/helpdesk#2212, chatwoot#14009: lunch and split shifts are as many windows as one likes") {
  const auto c = office_with_lunch("UTC");
  CHECK(shown(c.add(at("2026-11-20T11:00:00Z"), 2 * hour)) == "2026-11-20T14:00:00Z");
  CHECK(shown(c.next_close(at("2026-11-20T11:00:00Z"))) == "2026-11-20T12:00:00Z");
}

TEST_CASE("the definition that docs/calendar.md shows is one") {
  std::ifstream file(TOCSIN_SOURCE_DIR "/docs/calendar.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string page = text.str();
  const std::size_t begin = page.find("```json\n") + 8;
  const auto c = calendar_of(page.substr(begin, page.find("```", begin) - begin));
  CHECK(elapsed(c, "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z") == "PT6H15M");
  CHECK_FALSE(c.is_business_day(date("2026-07-03")));
}
