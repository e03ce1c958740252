#include <tocsin/time/business_calendar.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <tocsin/time/calendar_book.hpp>
#include <tocsin/time/calendar_question.hpp>

#include "calendar_sample.hpp"

using namespace calendar_sample;

namespace {

constexpr std::string_view work_days = R"(["monday","tuesday","wednesday","thursday","friday"])";
constexpr std::string_view all_days = R"(["monday","tuesday","wednesday","thursday","friday","saturday","sunday"])";

std::string window(std::string_view days, std::string_view start, std::string_view end) {
  return R"({"days":)" + std::string(days) + R"(,"start":")" + std::string(start) + R"(","end":")" + std::string(end) +
         R"("})";
}

// A calendar with these weekly windows, and whatever other members.
business_calendar in_zone(std::string_view zone, const std::string& weekly, const std::string& more = "") {
  return calendar_of(R"({"key":"c","zone":")" + std::string(zone) + R"(","weekly":[)" + weekly + "]" +
                     (more.empty() ? "" : "," + more) + "}");
}

business_calendar office(std::string_view zone, const std::string& more = "") {
  return in_zone(zone, window(work_days, "09:00", "17:00"), more);
}

// Open all day, every day, but for what `more` says.
business_calendar every_day(std::string_view zone, const std::string& more = "") {
  return in_zone(zone, window(all_days, "00:00", "24:00"), more);
}

// "08:00-12:00 13:00-17:00": what is open on that date, by the clock of UTC.
std::string hours(const business_calendar& c, std::string_view day_text) {
  const instant midnight{midnight_of(date(day_text)).us};
  std::string text;
  for (const open_interval& i : c.explain(midnight, midnight + day)) {
    const std::string end = i.end == midnight + day ? "24:00" : shown(i.end).substr(11, 5);
    text += (text.empty() ? "" : " ") + shown(i.start).substr(11, 5) + '-' + end;
  }
  return text;
}

bool is_holiday(const business_calendar& every_day_but, std::string_view day_text) {
  return hours(every_day_but, day_text).empty();
}

std::string add(const business_calendar& c, std::string_view t, duration d) { return shown(c.add(at(t), d)); }
std::string subtract(const business_calendar& c, std::string_view t, duration d) { return shown(c.subtract(at(t), d)); }
std::string elapsed(const business_calendar& c, std::string_view a, std::string_view b) {
  return shown(c.elapsed(at(a), at(b)));
}
std::string next_open(const business_calendar& c, std::string_view t) { return shown(c.next_open(at(t))); }
std::string next_close(const business_calendar& c, std::string_view t) { return shown(c.next_close(at(t))); }
std::string previous_close(const business_calendar& c, std::string_view t) { return shown(c.previous_close(at(t))); }
std::string days_after(const business_calendar& c, std::string_view t, std::int64_t n) {
  return shown(c.add_business_days(at(t), n));
}
std::string end_of_day_after(const business_calendar& c, std::string_view t, std::int64_t n) {
  return shown(c.end_of_business_day(at(t), n));
}

std::string holiday_json(const std::string& members) { return R"("holidays":[{)" + members + "}]"; }

std::string path_of(const std::string& json) {
  try {
    calendar_of(json);
  } catch (const error& refusal) {
    const std::string detail = refusal.detail();
    const std::size_t begin = detail.find("\"path\":\"") + 8;
    return detail.substr(begin, detail.find('"', begin) - begin);
  }
  return "accepted";
}

std::string with(const std::string& members) { return R"({"key":"c","zone":"UTC",)" + members + "}"; }

}  // namespace

// ---- T3: what a calendar is made of

TEST_CASE("windows of a week may come in any order, overlap and touch (T3)") {
  const auto c = in_zone(
      "UTC", window(R"(["monday"])", "13:00", "15:00") + "," + window(R"(["monday","tuesday"])", "08:00", "12:00") +
                 "," + window(R"(["monday"])", "14:00", "16:00") + "," + window(R"(["monday"])", "16:00", "17:30:15"));
  CHECK(hours(c, "2026-11-23") == "08:00-12:00 13:00-17:30");
  CHECK(elapsed(c, "2026-11-23T13:00:00Z", "2026-11-23T23:00:00Z") == "PT4H30M15S");
  CHECK(hours(c, "2026-11-24") == "08:00-12:00");
  CHECK(hours(c, "2026-11-25") == "");
}

TEST_CASE(
    "a window whose end is not after its start runs into the next day, and belongs to the day it starts on (T3)") {
  const auto night = in_zone("UTC", window(R"(["friday"])", "22:00", "06:00"));
  CHECK(hours(night, "2026-11-20") == "22:00-24:00");
  CHECK(hours(night, "2026-11-21") == "00:00-06:00");
  CHECK(next_close(night, "2026-11-20T12:00:00Z") == "2026-11-21T06:00:00Z");
  CHECK(night.is_business_day(date("2026-11-20")));
  CHECK_FALSE(night.is_business_day(date("2026-11-21")));
}

TEST_CASE("equal bounds mean 24 hours, and 24:00 may end a window (T3)") {
  const auto shift = in_zone("UTC", window(R"(["monday"])", "08:00", "08:00"));
  CHECK(hours(shift, "2026-11-23") == "08:00-24:00");
  CHECK(hours(shift, "2026-11-24") == "00:00-08:00");
  const auto to_midnight = in_zone("UTC", window(R"(["monday"])", "08:00", "24:00"));
  CHECK(hours(to_midnight, "2026-11-23") == "08:00-24:00");
  CHECK(hours(to_midnight, "2026-11-24") == "");
  const auto zero_to_zero = in_zone("UTC", window(R"(["monday"])", "00:00", "00:00"));
  CHECK(hours(zero_to_zero, "2026-11-23") == "00:00-24:00");
  CHECK(hours(zero_to_zero, "2026-11-24") == "");
}

TEST_CASE("a holiday blanks its own date, so the part of a night shift beyond midnight stays (T3)") {
  const std::string nights = window(all_days, "22:00", "06:00");
  const auto c = in_zone("UTC", nights, holiday_json(R"("date":"2026-12-25")"));
  CHECK(hours(c, "2026-12-24") == "00:00-06:00 22:00-24:00");
  CHECK(hours(c, "2026-12-25") == "");
  CHECK(hours(c, "2026-12-26") == "00:00-06:00 22:00-24:00");
  CHECK_FALSE(c.is_business_day(date("2026-12-25")));
}

TEST_CASE("an open date is taken out of the holidays (T3)") {
  const auto c = office("UTC", holiday_json(R"("month":12,"day":25)") + R"(,"open_dates":["2026-12-25"])");
  CHECK(hours(c, "2025-12-25") == "");
  CHECK(hours(c, "2026-12-25") == "09:00-17:00");
}

TEST_CASE("special hours replace the windows that start on a date; none of them close it (T3)") {
  const auto c = in_zone("UTC", window(all_days, "22:00", "06:00"),
                         R"("special_hours":[{"date":"2026-12-24","windows":[{"start":"10:00","end":"12:00"},
                            {"start":"23:00","end":"01:00"}]},{"date":"2026-12-31"}])");
  CHECK(hours(c, "2026-12-24") == "00:00-06:00 10:00-12:00 23:00-24:00");
  CHECK(hours(c, "2026-12-25") == "00:00-01:00 22:00-24:00");
  CHECK(hours(c, "2026-12-31") == "00:00-06:00");
  CHECK(hours(c, "2027-01-01") == "22:00-24:00");
}

TEST_CASE("a break is cut out of its date, whatever window is open there (T3)") {
  const auto c = in_zone("UTC", window(work_days, "09:00", "17:00") + "," + window(R"(["monday"])", "22:00", "06:00"),
                         R"("breaks":[{"date":"2026-11-24","start":"05:00","end":"09:30"},
                                      {"date":"2026-11-24","start":"12:00","end":"13:00"},
                                      {"date":"2026-11-23","start":"23:00","end":"24:00"}])");
  CHECK(hours(c, "2026-11-23") == "09:00-17:00 22:00-23:00");
  CHECK(hours(c, "2026-11-24") == "00:00-05:00 09:30-12:00 13:00-17:00");
}

TEST_CASE(
    "open date comes before holiday, holiday before break, break before special hours, those before the week (T3)") {
  const std::string holiday_and_special =
      holiday_json(R"("date":"2026-12-24")") +
      R"(,"special_hours":[{"date":"2026-12-24","windows":[{"start":"10:00","end":"14:00"}]}],
          "breaks":[{"date":"2026-12-24","start":"11:00","end":"12:00"}])";
  CHECK(hours(office("UTC", holiday_and_special), "2026-12-24") == "");
  CHECK(hours(office("UTC", holiday_and_special + R"(,"open_dates":["2026-12-24"])"), "2026-12-24") ==
        "10:00-11:00 12:00-14:00");
}

TEST_CASE("nth weekdays, last weekdays and fixed dates come every year of their validity (T3)") {
  const auto thanksgiving = every_day("UTC", holiday_json(R"("month":11,"nth":4,"week_day":"thursday")"));
  for (const char* d : {"1999-11-25", "2018-11-22", "2024-11-28", "2026-11-26", "2199-11-28"}) {
    CHECK_MESSAGE(is_holiday(thanksgiving, d), d);
  }
  CHECK_FALSE(is_holiday(thanksgiving, "2026-11-19"));
  const auto memorial_day = every_day("UTC", holiday_json(R"("month":5,"nth":-1,"week_day":"monday")"));
  for (const char* d : {"2021-05-31", "2022-05-30", "2026-05-25"}) CHECK_MESSAGE(is_holiday(memorial_day, d), d);
  CHECK_FALSE(is_holiday(memorial_day, "2021-05-24"));
  const auto juneteenth = every_day("UTC", holiday_json(R"("month":6,"day":19,"from_year":2021,"to_year":2030)"));
  CHECK_FALSE(is_holiday(juneteenth, "2020-06-19"));
  CHECK(is_holiday(juneteenth, "2021-06-19"));
  CHECK(is_holiday(juneteenth, "2030-06-19"));
  CHECK_FALSE(is_holiday(juneteenth, "2031-06-19"));
}

TEST_CASE("a rule has no date in a year that lacks it (T3)") {
  const auto leap_day = every_day("UTC", holiday_json(R"("month":2,"day":29)"));
  CHECK(is_holiday(leap_day, "2024-02-29"));
  CHECK_FALSE(is_holiday(leap_day, "2026-02-28"));
  CHECK_FALSE(is_holiday(leap_day, "2026-03-01"));
  const auto fifth_monday = every_day("UTC", holiday_json(R"("month":6,"nth":5,"week_day":"monday")"));
  CHECK(is_holiday(fifth_monday, "2026-06-29"));
  CHECK_FALSE(is_holiday(fifth_monday, "2027-06-28"));
}

TEST_CASE("holidays go with Easter as the western and as the orthodox churches have it (T3)") {
  const auto western = every_day("UTC", holiday_json(R"("easter":"western")"));
  for (const char* d : {"1900-04-15", "1954-04-18", "1981-04-19", "2008-03-23", "2011-04-24", "2024-03-31",
                        "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19"}) {
    CHECK_MESSAGE(is_holiday(western, d), d);
  }
  const auto orthodox = every_day("UTC", holiday_json(R"("easter":"orthodox")"));
  for (const char* d :
       {"2008-04-27", "2010-04-04", "2021-05-02", "2024-05-05", "2025-04-20", "2026-04-12", "2027-05-02"}) {
    CHECK_MESSAGE(is_holiday(orthodox, d), d);
  }
  const auto around = every_day("UTC", R"("holidays":[{"easter":"western","offset_days":-2},
      {"easter":"western","offset_days":1},{"easter":"western","offset_days":39},{"easter":"western","offset_days":50}])");
  for (const char* d : {"2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25"})
    CHECK_MESSAGE(is_holiday(around, d), d);
  CHECK_FALSE(is_holiday(around, "2026-04-05"));
}

TEST_CASE("a holiday on a weekend moves to the nearest day that its rule names, also out of its year (T3)") {
  const std::string federal =
      R"("substitutions":[{"falls_on":"saturday","observed_on":"friday"},{"falls_on":"sunday","observed_on":"monday"}])";
  const auto moved = every_day("UTC", holiday_json(R"("month":7,"day":4,)" + federal));
  CHECK(is_holiday(moved, "2026-07-03"));  // the 4th is a Saturday
  CHECK_FALSE(is_holiday(moved, "2026-07-04"));
  CHECK(is_holiday(moved, "2021-07-05"));  // the 4th is a Sunday
  CHECK(is_holiday(moved, "2025-07-04"));
  const auto new_year = every_day("UTC", holiday_json(R"("month":1,"day":1,)" + federal));
  CHECK(is_holiday(new_year, "2021-12-31"));  // for 1 January 2022, a Saturday
  CHECK_FALSE(is_holiday(new_year, "2022-01-01"));
  const auto both = every_day("UTC", holiday_json(R"("month":7,"day":4,"keep_date":true,)" + federal));
  CHECK(is_holiday(both, "2026-07-03"));
  CHECK(is_holiday(both, "2026-07-04"));
}

TEST_CASE("holidays that move to the next working day do not take one another's (T3)") {
  const std::string next = R"("substitutions":[{"falls_on":"saturday","observed_on":"next_working_day"},
                                               {"falls_on":"sunday","observed_on":"next_working_day"}]})";
  const auto london =
      office("Europe/London", R"("holidays":[{"month":12,"day":25,)" + next + R"(,{"month":12,"day":26,)" + next + "]");
  CHECK(hours(london, "2021-12-27") == "");  // Christmas Day was a Saturday, Boxing Day a Sunday
  CHECK(hours(london, "2021-12-28") == "");
  CHECK(hours(london, "2021-12-29") == "09:00-17:00");
  CHECK(hours(london, "2022-12-26") == "");  // Boxing Day itself
  CHECK(hours(london, "2022-12-27") == "");  // for Christmas Day, a Sunday
  CHECK(hours(london, "2020-12-28") == "");  // for Boxing Day, a Saturday
  CHECK(hours(london, "2020-12-29") == "09:00-17:00");
}

TEST_CASE("a holiday may last for days (T3)") {
  const auto c = every_day("UTC", holiday_json(R"("month":12,"day":30,"days":4)"));
  for (const char* d : {"2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"}) CHECK_MESSAGE(is_holiday(c, d), d);
  CHECK_FALSE(is_holiday(c, "2027-01-03"));
}

// ---- T4: clock changes

TEST_CASE("a full day has 23, 24 or 25 real hours, by its own clock (T4)") {
  const auto berlin = in_zone("Europe/Berlin", window(R"(["sunday"])", "00:00", "24:00"));
  CHECK(elapsed(berlin, "2026-03-21T00:00:00Z", "2026-03-24T00:00:00Z") == "P1D");
  CHECK(elapsed(berlin, "2026-03-28T00:00:00Z", "2026-03-30T12:00:00Z") == "PT23H");
  CHECK(elapsed(berlin, "2026-10-24T00:00:00Z", "2026-10-26T12:00:00Z") == "P1DT1H");
}

TEST_CASE("what clocks skip or show twice at the bounds of a window, case by case (T4)") {
  struct row_of_table {
    const char* start;
    const char* end;
    const char* on_the_gap;   // 29 March 2026 in Berlin: 02:00 becomes 03:00 at 01:00 UTC
    const char* on_the_fold;  // 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC
  };
  const row_of_table table[] = {
      {"01:00", "02:00", "00:00-01:00", "23:00-24:00 | "},  // up to the change
      {"01:00", "02:30", "00:00-01:00", "23:00-24:00 | 00:00-00:30 01:00-01:30"},
      {"02:00", "03:00", "", "00:00-02:00"},  // nothing; twice
      {"02:15", "02:45", "", "00:15-00:45 01:15-01:45"},
      {"02:30", "03:30", "01:00-01:30", "00:30-01:00 01:30-02:30"},  // from the jump on; what is repeated of it, twice
      {"03:00", "04:00", "01:00-02:00", "02:00-03:00"},              // from the change on
      {"01:30", "03:30", "00:30-01:30", "23:30-24:00 | 00:00-02:30"},
  };
  for (const row_of_table& r : table) {
    CAPTURE(r.start);
    CAPTURE(r.end);
    const auto c = in_zone("Europe/Berlin", window(all_days, r.start, r.end));
    CHECK(hours(c, "2026-03-29").find(r.on_the_gap) == 0);
    std::string fold = r.on_the_fold;
    const std::size_t bar = fold.find(" | ");
    if (bar != std::string::npos) {
      CHECK(hours(c, "2026-10-24").find(fold.substr(0, bar)) != std::string::npos);
      fold.erase(0, bar + 3);
    }
    CHECK(hours(c, "2026-10-25").find(fold) == 0);
  }
  CHECK(hours(in_zone("Europe/Berlin", window(all_days, "02:15", "02:45")), "2026-03-29") == "");
  CHECK(hours(in_zone("Europe/Berlin", window(all_days, "02:15", "02:45")), "2026-03-30") == "00:15-00:45");
}

TEST_CASE("a clock change of half an hour counts half an hour (T4)") {
  const auto lord_howe = in_zone("Australia/Lord_Howe", window(R"(["sunday"])", "00:00", "24:00"));
  CHECK(elapsed(lord_howe, "2026-04-03T00:00:00Z", "2026-04-06T12:00:00Z") == "P1DT30M");
  CHECK(elapsed(lord_howe, "2026-10-02T00:00:00Z", "2026-10-05T12:00:00Z") == "PT23H30M");
}

TEST_CASE("a day that a zone skipped is no day, and no business day (T4, T8)") {
  const auto apia = every_day("Pacific/Apia");
  CHECK(elapsed(apia, "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z") == "P2D");
  CHECK_FALSE(apia.is_business_day(date("2011-12-30")));
  CHECK(apia.is_business_day(date("2011-12-29")));
  const auto fridays = in_zone("Pacific/Apia", window(R"(["friday"])", "09:00", "17:00"));
  CHECK(elapsed(fridays, "2011-12-28T00:00:00Z", "2012-01-03T00:00:00Z") == "PT0S");
  CHECK(days_after(office("Pacific/Apia"), "2011-12-29T20:00:00Z", 1) == "2012-01-01T20:00:00Z");
}

TEST_CASE("the footer's summer time holds far ahead (T2, T4)") {
  const auto new_york = office("America/New_York");
  CHECK(hours(new_york, "2150-07-01") == "13:00-21:00");
  CHECK(hours(new_york, "2150-12-01") == "14:00-22:00");
}

// ---- T5: the operations

TEST_CASE("elapsed counts open time only, and is negative when reversed (T5)") {
  const auto c = office("Europe/Berlin");
  CHECK(elapsed(c, "2026-11-20T15:00:00Z", "2026-11-23T09:00:00Z") == "PT2H");
  CHECK(elapsed(c, "2026-11-23T09:00:00Z", "2026-11-20T15:00:00Z") == "-PT2H");
  CHECK(elapsed(c, "2026-11-21T15:00:00Z", "2026-11-22T09:00:00Z") == "PT0S");
  CHECK(elapsed(c, "2026-11-20T15:59:59.999999Z", "2026-11-23T08:00:00.000001Z") == "PT0.000002S");
}

TEST_CASE("time used up exactly at closing answers the closing, not the next opening (T5)") {
  const auto c = office("Europe/Berlin");
  CHECK(add(c, "2026-11-20T15:00:00Z", hour) == "2026-11-20T16:00:00Z");
  CHECK(add(c, "2026-11-20T15:00:00Z", hour + microsecond) == "2026-11-23T08:00:00.000001Z");
  CHECK(add(c, "2026-11-21T12:00:00Z", 8 * hour) == "2026-11-23T16:00:00Z");
  CHECK(subtract(c, "2026-11-23T09:00:00Z", hour) == "2026-11-23T08:00:00Z");
  CHECK(subtract(c, "2026-11-23T09:00:00Z", hour + microsecond) == "2026-11-20T15:59:59.999999Z");
  CHECK(subtract(c, "2026-11-22T09:00:00Z", 8 * hour) == "2026-11-20T08:00:00Z");
}

TEST_CASE("zero is its own case: the next opening, the closing before (T5)") {
  const auto c = office("Europe/Berlin");
  CHECK(add(c, "2026-11-21T12:00:00Z", {}) == "2026-11-23T08:00:00Z");
  CHECK(add(c, "2026-11-20T12:00:00Z", {}) == "2026-11-20T12:00:00Z");
  CHECK(add(c, "2026-11-20T16:00:00Z", {}) == "2026-11-23T08:00:00Z");
  CHECK(subtract(c, "2026-11-21T12:00:00Z", {}) == "2026-11-20T16:00:00Z");
  CHECK(subtract(c, "2026-11-20T12:00:00Z", {}) == "2026-11-20T12:00:00Z");
  CHECK(subtract(c, "2026-11-23T08:00:00Z", {}) == "2026-11-20T16:00:00Z");
}

TEST_CASE("openings and closings, at the bounds and between them (T5)") {
  const auto c = office("Europe/Berlin");
  CHECK(next_open(c, "2026-11-20T08:00:00Z") == "2026-11-20T08:00:00Z");
  CHECK(next_open(c, "2026-11-20T16:00:00Z") == "2026-11-23T08:00:00Z");
  CHECK(next_close(c, "2026-11-20T08:00:00Z") == "2026-11-20T16:00:00Z");
  CHECK(next_close(c, "2026-11-20T16:00:00Z") == "2026-11-23T16:00:00Z");
  CHECK(previous_close(c, "2026-11-20T16:00:00Z") == "2026-11-20T16:00:00Z");
  CHECK(previous_close(c, "2026-11-20T08:00:00Z") == "2026-11-19T16:00:00Z");
  CHECK(previous_close(c, "2026-11-20T08:00:00.000001Z") == "2026-11-20T08:00:00.000001Z");
  CHECK(c.is_open(at("2026-11-20T08:00:00Z")));
  CHECK_FALSE(c.is_open(at("2026-11-20T16:00:00Z")));
  CHECK(c.is_open(at("2026-11-20T15:59:59.999999Z")));
}

TEST_CASE("a run of many open days closes where it ends, however far that is (T5)") {
  const auto c = every_day("Europe/Berlin", holiday_json(R"("date":"2100-01-01")"));
  CHECK(next_close(c, "2026-11-20T16:00:00Z") == "2099-12-31T23:00:00Z");
  CHECK(previous_close(c, "2100-01-01T20:00:00Z") == "2099-12-31T23:00:00Z");
  CHECK(next_close(c, "2100-01-01T12:00:00Z") == "never");
}

TEST_CASE("what can never be answered is never, said as such (T5)") {
  const auto c = office("UTC", R"("holidays":[{"date":"2026-01-01","days":366},{"date":"2027-01-01","days":365}])");
  CHECK(add(c, "2026-11-20T16:00:00Z", 300'000 * day) == "never");
  CHECK(subtract(c, "2026-11-20T16:00:00Z", 300'000 * day) == "none");
  const auto closed = calendar_of(R"({"key":"c","zone":"UTC"})");
  CHECK(closed.never_open());
  CHECK(next_open(closed, "2026-11-20T16:00:00Z") == "never");
  CHECK(next_close(closed, "2026-11-20T16:00:00Z") == "never");
  CHECK(previous_close(closed, "2026-11-20T16:00:00Z") == "none");
  CHECK(add(closed, "2026-11-20T16:00:00Z", hour) == "never");
  CHECK(days_after(closed, "2026-11-20T16:00:00Z", 1) == "never");
  CHECK(end_of_day_after(closed, "2026-11-20T16:00:00Z", 0) == "never");
  CHECK(elapsed(closed, "1900-01-01T00:00:00Z", "2199-12-31T23:59:59Z") == "PT0S");
}

TEST_CASE("at the ends of the instants accepted answers are never or none, and nothing else is (T1, T5)") {
  const auto c = every_day("UTC");
  CHECK(c.always_open());
  CHECK(c.add(instant_max, microsecond) == never);
  CHECK(c.add(instant_max - microsecond, microsecond) == instant_max);
  CHECK(c.subtract(instant_min, microsecond) == no_instant);
  CHECK(c.subtract(instant_min + microsecond, microsecond) == instant_min);
  CHECK(c.next_open(instant_max) == instant_max);
  CHECK(c.next_close(instant_min) == never);
  CHECK(c.add(instant_min, duration{std::numeric_limits<std::int64_t>::max()}) == never);
  CHECK(c.add(instant_max, duration{std::numeric_limits<std::int64_t>::min()}) == no_instant);
  CHECK(c.elapsed(instant_min, instant_max).us == instant_max.us - instant_min.us);
  for (const instant t : {never, no_instant, instant_max + microsecond, instant_min - microsecond}) {
    CHECK(reason_of([&] { c.next_open(t); }) == "calendar.instant_out_of_range");
  }
}

TEST_CASE("explain lists the open intervals between two instants, cut at them (T5)") {
  const auto c =
      in_zone("Europe/Berlin", window(work_days, "09:00", "12:00") + "," + window(work_days, "13:00", "17:00"));
  const auto found = c.explain(at("2026-11-20T10:00:00Z"), at("2026-11-23T09:30:00Z"));
  const std::vector<open_interval> expected = {{at("2026-11-20T10:00:00Z"), at("2026-11-20T11:00:00Z")},
                                               {at("2026-11-20T12:00:00Z"), at("2026-11-20T16:00:00Z")},
                                               {at("2026-11-23T08:00:00Z"), at("2026-11-23T09:30:00Z")}};
  CHECK(found == expected);
  CHECK(c.explain(at("2026-11-23T09:30:00Z"), at("2026-11-20T10:00:00Z")).empty());
  CHECK(reason_of([&] { c.explain(instant_min, instant_max, 100); }) == "calendar.too_many");
}

TEST_CASE("for any two instants: additivity, round trips, and subtract as the mirror of add (T5)") {
  std::mt19937_64 random(11);
  const business_calendar samples[] = {
      office("America/St_Johns"), in_zone("Africa/Casablanca", window(all_days, "21:30", "05:45")),
      every_day("Asia/Gaza"),
      in_zone("Europe/Dublin", window(work_days, "08:00", "12:00") + "," + window(work_days, "12:45", "18:15"),
              holiday_json(R"("easter":"western","offset_days":1)"))};
  const auto moment = [&] {
    const auto span = static_cast<std::uint64_t>((instant_max - instant_min).us);
    return instant_min + duration{static_cast<std::int64_t>(random() % span)};
  };
  for (const business_calendar& c : samples) {
    for (int i = 0; i < 2000; ++i) {
      const instant a = moment();
      const instant b = moment();
      const instant t = moment();
      REQUIRE((c.elapsed(a, b) + c.elapsed(b, t)).us == c.elapsed(a, t).us);
      REQUIRE(c.elapsed(b, a).us == -c.elapsed(a, b).us);
      const duration d{1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(1000 * day.us))};
      if (const instant u = c.add(t, d); u != never) {
        REQUIRE(c.elapsed(t, u).us == d.us);
        REQUIRE(c.elapsed(t, u - microsecond).us == d.us - 1);
        REQUIRE(c.next_open(c.subtract(u, d)) == c.next_open(t));
        REQUIRE(c.add(t, d + microsecond) > u);
      }
      if (const instant u = c.subtract(t, d); u != no_instant) {
        REQUIRE(c.elapsed(u, t).us == d.us);
        REQUIRE(c.elapsed(u + microsecond, t).us == d.us - 1);
        REQUIRE(c.add(t, duration{} - d) == u);
      }
    }
  }
}

// ---- T6: calendars combine

TEST_CASE("intersection and union are calendars, also across zones (T6)") {
  const auto berlin = office("Europe/Berlin");
  const auto new_york = office("America/New_York");
  const calendar_lookup parts = [&](std::string_view key) {
    return key == "berlin" ? &berlin : key == "new_york" ? &new_york : nullptr;
  };
  const auto both = calendar_of(R"({"key":"x","intersection":["berlin","new_york"]})", parts);
  const auto any = calendar_of(R"({"key":"x","union":["berlin","new_york"]})", parts);
  CHECK(hours(both, "2026-11-23") == "14:00-16:00");
  CHECK(hours(any, "2026-11-23") == "08:00-22:00");
  CHECK(hours(both, "2026-03-16") == "13:00-16:00");  // New York is on summer time already
  CHECK(hours(any, "2026-11-22") == "");
  CHECK(both.zone().name() == "Europe/Berlin");
  CHECK(reason_of([&] { calendar_of(R"({"key":"x","union":["berlin","paris"]})", parts); }) == "calendar.unknown");
}

TEST_CASE("24x7 is a calendar that is always there, and combines (T6)") {
  const business_calendar& always_open = business_calendar::always();
  CHECK(always_open.always_open());
  CHECK(shown(always_open.next_close(at("2026-11-20T16:00:00Z"))) == "never");
  CHECK(add(always_open, "2026-11-20T16:00:00Z", 100 * day) == "2027-02-28T16:00:00Z");
  const auto berlin = office("Europe/Berlin");
  const calendar_lookup parts = [&](std::string_view key) { return key == "berlin" ? &berlin : nullptr; };
  const auto same = calendar_of(R"({"key":"x","intersection":["berlin","24x7"]})", parts);
  CHECK(hours(same, "2026-11-23") == "08:00-16:00");
  CHECK(same.is_business_day(date("2026-11-23")));
  CHECK_FALSE(same.is_business_day(date("2026-11-22")));
  CHECK(calendar_of(R"({"key":"x","union":["berlin","24x7"]})", parts).always_open());
}

TEST_CASE("combinations agree with their parts at every instant (T6)") {
  std::mt19937_64 random(12);
  const auto a = in_zone("Australia/Lord_Howe", window(all_days, "22:00", "06:30"));
  const auto b = in_zone("America/New_York", window(work_days, "09:00", "17:00"), holiday_json(R"("month":7,"day":4)"));
  const auto c = office("Asia/Kathmandu");
  const calendar_lookup parts = [&](std::string_view key) { return key == "a" ? &a : key == "b" ? &b : &c; };
  const auto all = calendar_of(R"({"key":"x","intersection":["a","b","c"]})", parts);
  const auto any = calendar_of(R"({"key":"x","union":["a","b","c"]})", parts);
  for (int i = 0; i < 20'000; ++i) {
    const instant t{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(instant_max.us))};
    REQUIRE(all.is_open(t) == (a.is_open(t) && b.is_open(t) && c.is_open(t)));
    REQUIRE(any.is_open(t) == (a.is_open(t) || b.is_open(t) || c.is_open(t)));
  }
}

TEST_CASE("a book of calendars resolves parts in any order, and refuses circles (T6)") {
  const auto definitions = [](std::initializer_list<std::string_view> texts) {
    std::vector<business_calendar_definition> result;
    for (const std::string_view text : texts) result.push_back(definition_of(text));
    return result;
  };
  const calendar_book book(definitions(
      {R"({"key":"z","union":["m","24x7"]})", R"({"key":"m","intersection":["a"]})", R"({"key":"a","zone":"UTC"})"}));
  CHECK(book.get("z").always_open());
  CHECK(book.get("m").never_open());
  CHECK(book.find("q") == nullptr);
  CHECK(book.get("24x7").always_open());
  CHECK(reason_of([&] {
          calendar_book(definitions({R"({"key":"a","union":["b"]})", R"({"key":"b","union":["a"]})"}));
        }) == "calendar.circular");
  CHECK(reason_of([&] {
          calendar_book(definitions({R"({"key":"a","zone":"UTC"})", R"({"key":"a","zone":"UTC"})"}));
        }) == "calendar.key_twice");
}

TEST_CASE("a calendar compiled with others needs its parts alone; circles among the rest do not concern it (T6)") {
  const auto others = std::vector{
      definition_of(R"({"key":"a","union":["b"]})"), definition_of(R"({"key":"b","union":["a"]})"),
      definition_of(R"({"key":"m","intersection":["q","24x7"]})"), definition_of(R"({"key":"q","zone":"UTC"})")};
  const zone_data& zones = zone_data::bundled();
  CHECK(compile_with(definition_of(R"({"key":"z","union":["m","q"]})"), others, zones).never_open());
  CHECK(compile_with(definition_of(R"({"key":"z","union":["m","24x7"]})"), others, zones).always_open());
  const auto into_circle = definition_of(R"({"key":"z","union":["m","a"]})");
  CHECK(reason_of([&] { compile_with(into_circle, others, zones); }) == "calendar.circular");
  const auto unknown_part = definition_of(R"({"key":"z","union":["m","n"]})");
  CHECK(reason_of([&] { compile_with(unknown_part, others, zones); }) == "calendar.unknown");
}

// ---- T7: versions

TEST_CASE("a calendar says by which zone data it was compiled, and keeps what it took from it (T7)") {
  const auto berlin = office("Europe/Berlin");
  CHECK(berlin.zone_data_version() == zone_data::bundled().version());
  CHECK(berlin.transitions_hash() == every_day("Europe/Berlin").transitions_hash());
  CHECK(berlin.transitions_hash() != office("Europe/Dublin").transitions_hash());
  CHECK(berlin.definition_hash() == office("Europe/Berlin").definition_hash());
  CHECK(berlin.definition_hash() != every_day("Europe/Berlin").definition_hash());
}

// ---- T8: business days

TEST_CASE("business days keep the local time of day, also over a clock change (T8)") {
  const auto c = office("Europe/Berlin");
  CHECK(days_after(c, "2026-11-18T09:00:00Z", 1) == "2026-11-19T09:00:00Z");
  CHECK(days_after(c, "2026-11-18T09:00:00Z", 3) == "2026-11-23T09:00:00Z");
  CHECK(days_after(c, "2026-03-27T09:00:00Z", 1) == "2026-03-30T08:00:00Z");
  CHECK(days_after(c, "2026-11-18T09:00:00Z", 0) == "2026-11-18T09:00:00Z");
  CHECK(days_after(c, "2026-11-23T09:00:00Z", -1) == "2026-11-20T09:00:00Z");
}

TEST_CASE("a time of day that clocks skip is the jump, one that they show twice is the first, but no day back (T8)") {
  const auto c = every_day("Europe/Berlin");
  CHECK(days_after(c, "2026-03-28T01:30:00Z", 1) == "2026-03-29T01:00:00Z");
  CHECK(days_after(c, "2026-10-24T00:30:00Z", 1) == "2026-10-25T00:30:00Z");
  CHECK(days_after(c, "2026-10-25T01:30:00Z", 0) == "2026-10-25T01:30:00Z");
}

TEST_CASE("a time of day outside of the day's open time moves forward into it (T8)") {
  const auto c = in_zone("UTC", window(work_days, "09:00", "12:00") + "," + window(work_days, "13:00", "17:00"));
  CHECK(days_after(c, "2026-11-18T06:00:00Z", 1) == "2026-11-19T09:00:00Z");
  CHECK(days_after(c, "2026-11-18T12:30:00Z", 1) == "2026-11-19T13:00:00Z");
}

TEST_CASE("the start's own day counts only if t lies before its last closing (T8)") {
  const auto c = office("UTC");
  CHECK(end_of_day_after(c, "2026-11-18T16:59:59.999999Z", 0) == "2026-11-18T17:00:00Z");
  CHECK(end_of_day_after(c, "2026-11-18T17:00:00Z", 0) == "2026-11-19T17:00:00Z");
  CHECK(end_of_day_after(c, "2026-11-18T06:00:00Z", 1) == "2026-11-19T17:00:00Z");
  CHECK(end_of_day_after(c, "2026-11-18T18:00:00Z", 1) == "2026-11-20T17:00:00Z");
  CHECK(end_of_day_after(c, "2026-11-21T10:00:00Z", 0) == "2026-11-23T17:00:00Z");  // a Saturday
}

TEST_CASE("the end of a business day is the last closing of the windows that start on it (T8)") {
  const auto nights = in_zone("UTC", window(work_days, "22:00", "06:00"), holiday_json(R"("date":"2026-11-24")"));
  CHECK(end_of_day_after(nights, "2026-11-20T12:00:00Z", 0) == "2026-11-21T06:00:00Z");
  CHECK(end_of_day_after(nights, "2026-11-23T12:00:00Z", 0) == "2026-11-24T00:00:00Z");  // the holiday cuts it
  CHECK_FALSE(nights.is_business_day(date("2026-11-24")));
  CHECK(nights.is_business_day(date("2026-11-25")));
  CHECK(end_of_day_after(every_day("UTC"), "2026-11-20T12:00:00Z", 1) == "2026-11-22T00:00:00Z");
}

TEST_CASE("a date whose only window is skipped by the clocks is no business day (T4, T8)") {
  const auto c = in_zone("Europe/Berlin", window(all_days, "02:00", "03:00"));
  CHECK(c.is_business_day(date("2026-03-28")));
  CHECK_FALSE(c.is_business_day(date("2026-03-29")));
  CHECK(reason_of([&] { c.is_business_day({2200, 1, 1}); }) == "calendar.date_out_of_range");
}

// ---- batches, refusals, documents

TEST_CASE("a batch answers item by item, and refuses sizes that differ") {
  const auto c = office("Europe/Berlin");
  const std::vector<instant> t = {at("2026-11-20T15:00:00Z"), at("2026-11-21T00:00:00Z")};
  const std::vector<duration> d = {hour, 2 * hour};
  std::vector<instant> answers(2);
  c.add(t, d, answers);
  CHECK(answers == std::vector<instant>{c.add(t[0], d[0]), c.add(t[1], d[1])});
  c.next_open(t, answers);
  CHECK(answers == std::vector<instant>{c.next_open(t[0]), c.next_open(t[1])});
  std::vector<duration> spans(2);
  c.elapsed(t, answers, spans);
  CHECK(spans[1].us == c.elapsed(t[1], answers[1]).us);
  std::vector<instant> short_of_one(1);
  CHECK(reason_of([&] { c.next_close(t, short_of_one); }) == "calendar.sizes_differ");
}

TEST_CASE("the same calendar, compiled twice, is one in memory; another version, or other zone data, is another (T7)") {
  const auto once = office("Europe/Berlin");
  const auto twice = office("Europe/Berlin");
  CHECK(&once.definition() == &twice.definition());
  CHECK(&once.definition() != &office("Europe/Paris").definition());
  business_calendar_definition named = once.definition();
  named.name = "Another";
  CHECK(&business_calendar::compile(named).definition() != &once.definition());
  const auto parts = [&](std::string_view) { return &once; };
  const auto of_one = calendar_of(R"({"key":"x","union":["berlin"]})", parts);
  CHECK(&of_one.definition() == &calendar_of(R"({"key":"x","union":["berlin"]})", parts).definition());
  const auto other = office("America/New_York");
  const auto other_parts = [&](std::string_view) { return &other; };
  CHECK(&of_one.definition() != &calendar_of(R"({"key":"x","union":["berlin"]})", other_parts).definition());
}

TEST_CASE("a definition that says nothing sensible is refused with the path") {
  CHECK(path_of(R"({"key":"c"})") == "/zone");
  CHECK(path_of(R"({"key":"c","zone":"Europe/Nowhere"})") == "/zone");
  CHECK(path_of(with(R"("weekly":[{"days":["monday"],"start":"9:00","end":"17:00"}])")) == "/weekly/0/start");
  CHECK(path_of(with(R"("weekly":[{"days":["monday"],"start":"24:00","end":"17:00"}])")) == "/weekly/0/start");
  CHECK(path_of(with(R"("weekly":[{"days":["monday"],"start":"09:00","end":"24:01"}])")) == "/weekly/0/end");
  CHECK(path_of(with(R"("weekly":[{"days":["monday"],"start":"09:00"}])")) == "/weekly/0/end");
  CHECK(path_of(with(R"("weekly":[{"days":[],"start":"09:00","end":"17:00"}])")) == "/weekly/0/days");
  CHECK(path_of(with(R"("weekly":[{"days":["monday","monday"],"start":"09:00","end":"17:00"}])")) ==
        "/weekly/0/days/1");
  CHECK(path_of(with(R"("breaks":[{"date":"2026-11-20","start":"12:00","end":"12:00"}])")) == "/breaks/0/end");
  CHECK(path_of(with(R"("open_dates":["2026-02-29"])")) == "/open_dates/0");
  CHECK(path_of(with(R"("special_hours":[{"date":"2026-02-28"},{"date":"2026-02-28"}])")) == "/special_hours/1/date");
  CHECK(path_of(with(R"("holidays":[{"name":"x"}])")) == "/holidays/0");
  CHECK(path_of(with(R"("holidays":[{"date":"2026-01-01","easter":"western"}])")) == "/holidays/0");
  CHECK(path_of(with(R"("holidays":[{"month":2,"day":30}])")) == "/holidays/0/day");
  CHECK(path_of(with(R"("holidays":[{"month":2,"nth":1}])")) == "/holidays/0/week_day");
  CHECK(path_of(with(R"("holidays":[{"nth":6,"month":2,"week_day":"monday"}])")) == "/holidays/0/nth");
  CHECK(path_of(with(R"("holidays":[{"month":1,"day":1,"from_year":2020,"to_year":2019}])")) == "/holidays/0/to_year");
  CHECK(path_of(with(R"("holidays":[{"month":1,"day":1,"days":2,
      "substitutions":[{"falls_on":"sunday","observed_on":"monday"}]}])")) == "/holidays/0/days");
  CHECK(path_of(with(R"("union":["a"],"weekly":[{"days":["monday"],"start":"09:00","end":"17:00"}])")) == "/union");
  CHECK(path_of(with(R"("always_open":true,"open_dates":["2026-01-01"])")) == "/always_open");
  CHECK(path_of(R"({"key":"24x7","zone":"UTC"})") == "/key");
  CHECK(path_of(R"({"key":"c","intersection":["c"]})") == "/intersection/0");
}

TEST_CASE("the linter lists all that is wrong, not the first (L2)") {
  const auto definition = definition_of(with(R"("holidays":[{"name":"x"},{"month":2,"day":30}],
      "breaks":[{"date":"2026-11-20","start":"12:00","end":"11:00"}])"));
  const auto lines = lint(definition);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "/holidays/0: found no date, allowed one of: date; month and day; month, nth and week_day; easter");
  CHECK(lines[2] == "/breaks/0/end: found \"11:00\", allowed a time after 12:00: within its date");
  CHECK(lint(definition_of(with(R"("open_dates":["2026-01-01"])"))).empty());
}

TEST_CASE("dates and times of day read back as they were written, and nothing else is one") {
  const auto read = [](auto form_of_type, std::string_view text) {
    std::int64_t value = 0;
    if (!text_form_of(form_of_type).read(text, value)) return std::string("refused");
    char to[text_form::size_max];
    return std::string(to, text_form_of(form_of_type).write(value, to));
  };
  for (const char* text : {"00:00", "09:05", "23:59:59", "24:00", "12:00:01"}) CHECK(read(wall_time{}, text) == text);
  CHECK(read(wall_time{}, "24:00:00") == "24:00");
  for (const char* text : {"", "9:00", "24:01", "24:00:01", "25:00", "12:60", "12:00:60", "12-00", "12:00:0", "-1:00",
                           "1a:00", "12:00Z", " 12:00"}) {
    CHECK(read(wall_time{}, text) == "refused");
  }
  for (const char* text : {"1900-01-01", "2024-02-29", "2199-12-31"}) CHECK(read(local_date{}, text) == text);
  for (const char* text : {"", "2026-02-29", "1899-12-31", "2200-01-01", "2026-1-01", "20260101", "2026-01-01T00:00"}) {
    CHECK(read(local_date{}, text) == "refused");
  }
}

TEST_CASE("questions as JSON are answered as JSON, strictly") {
  const auto c = office("Europe/Berlin");
  const auto ask = [&](const std::string& question) { return answer_question(c, question); };
  CHECK(ask(R"({"operation":"add","at":"2026-11-20T15:30:00Z","duration":"PT2H"})") ==
        R"({"answer":"2026-11-23T09:30:00Z","us":1795426200000000,"local":"2026-11-23T10:30:00+01:00"})");
  CHECK(ask(R"({"operation":"subtract","at":"2026-11-20T16:30:00+01:00","duration_us":1800000000})") ==
        R"({"answer":"2026-11-20T15:00:00Z","us":1795186800000000,"local":"2026-11-20T16:00:00+01:00"})");
  CHECK(ask(R"({"operation":"elapsed","from":"2026-11-23T09:00:00Z","to":"2026-11-20T15:00:00Z"})") ==
        R"({"answer":"-PT2H","us":-7200000000})");
  CHECK(ask(R"({"operation":"is_open","at":"2026-11-20T15:30:00Z"})") == R"({"answer":true})");
  CHECK(ask(R"({"operation":"is_business_day","date":"2026-11-21"})") == R"({"answer":false})");
  CHECK(ask(R"({"operation":"add","at":"2199-11-20T15:30:00Z","duration":"P4000D"})") == R"({"answer":"never"})");
  CHECK(ask(R"({"operation":"subtract","at":"1900-01-02T15:30:00Z","duration":"P40D"})") == R"({"answer":"never"})");
  const auto refused = [&](const std::string& question) { return reason_of([&] { ask(question); }); };
  CHECK(refused(R"({"operation":"add","at":"2026-11-20T15:30:00Z"})") == "calendar.duration");
  CHECK(refused(R"({"operation":"add","at":"2026-11-20T15:30:00Z","duration":"P1M"})") == "document.malformed_value");
  CHECK(ask(R"({"operation":"add","at":"2026-11-20T15:30:00Z","duration":"-PT1H"})") ==
        ask(R"({"operation":"subtract","at":"2026-11-20T15:30:00Z","duration":"PT1H"})"));
  CHECK(ask(R"({"operation":"subtract","at":"2026-11-20T15:30:00Z","duration_us":-3600000000})") ==
        ask(R"({"operation":"add","at":"2026-11-20T15:30:00Z","duration":"PT1H"})"));
  CHECK(refused(R"({"operation":"next_open"})") == "document.missing_field");
  CHECK(refused(R"({"operation":"next_open","at":"2026-11-20T15:30:00Z","days":1})") == "document.unknown_field");
  CHECK(refused(R"({"operation":"nextopen","at":"2026-11-20T15:30:00Z"})") == "document.unknown_choice");
  CHECK(refused(R"({"at":"2026-11-20T15:30:00Z"})") == "document.missing_field");
}
