#include <tocsin/time/icalendar.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/utf8.hpp>
#include <tocsin/time/icalendar_holidays.hpp>

#include "calendar_sample.hpp"

using namespace calendar_sample;

namespace {

std::string calendar_text(std::string_view events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + std::string(events) + "END:VCALENDAR\r\n";
}

std::string event(std::string_view lines) { return "BEGIN:VEVENT\r\n" + std::string(lines) + "END:VEVENT\r\n"; }

imported_holidays imported(std::string_view lines) { return import_holidays(calendar_text(event(lines))); }

// The one holiday that the event became, as a document.
std::string json_of(const imported_holidays& i) {
  json_writer to;
  to.begin_array();
  for (const holiday& h : i.holidays) {
    to.begin_object();
    write_members(to, h, {});
    to.end_object();
  }
  to.end_array();
  return to.take();
}

std::string only(std::string_view lines) {
  const auto i = imported(lines);
  if (!i.skipped.empty()) return "skipped: " + i.skipped.front().note;
  return json_of(i);
}

std::string reason_of_reading(std::string_view text) {
  return reason_of([&] { read_icalendar(text); });
}

}  // namespace

TEST_CASE("lines are unfolded, names are capitals, parameters are taken apart (RFC 5545, 3.1)") {
  const auto read = read_icalendar(
      "begin:vevent\r\nsummary;Language=en;x-note=\"a;b:c\",d:A lo\r\n ng\r\n\t title: with a colon\r\nEND:VEVENT\n");
  REQUIRE(read.size() == 1);
  CHECK(read[0].name == "VEVENT");
  REQUIRE(read[0].properties.size() == 1);
  const icalendar_property& p = read[0].properties[0];
  CHECK(p.name == "SUMMARY");
  CHECK(p.value == "A long title: with a colon");
  CHECK(p.line == 2);
  CHECK(p.parameter("LANGUAGE") == "en");
  CHECK(p.parameters[1].values == std::vector<std::string>{"a;b:c", "d"});
  CHECK(p.parameter("TZID").empty());
}

TEST_CASE("text is unescaped, lists are split at commas that are not escaped (RFC 5545, 3.3.11)") {
  CHECK(icalendar_text(R"(a\, b\; c\\ d\ne\Nf)") == "a, b; c\\ d\ne\nf");
  CHECK(icalendar_text_list(R"(a\,b,c)") == std::vector<std::string>{"a,b", "c"});
  CHECK(icalendar_text("ends in \\") == "ends in \\");
}

TEST_CASE("dates, times and durations are read, and nothing else is one (RFC 5545, 3.3)") {
  icalendar_time t;
  CHECK(read_icalendar_time("20261225", t));
  CHECK_FALSE(t.has_time);
  CHECK(civil_date{2026, 12, 25} == date_of(t.local));
  CHECK(read_icalendar_time("20260329T023000", t));
  CHECK((t.has_time && !t.utc && t.local.us == at("2026-03-29T02:30:00Z").us));
  CHECK(read_icalendar_time("20260329T023000Z", t));
  CHECK(t.utc);
  for (const char* text : {"", "2026122", "20261232", "20260229", "20261225T", "20261225T0900", "20261225 090000",
                           "20261225T240000", "18991231", "22000101", "2026-12-25", "20261225Z"}) {
    CHECK_MESSAGE(!read_icalendar_time(text, t), text);
  }
  duration d;
  CHECK((read_icalendar_duration("P15DT5H0M20S", d) && d == 15 * day + 5 * hour + 20 * second));
  CHECK((read_icalendar_duration("-PT10M", d) && d == -10 * minute));
  CHECK((read_icalendar_duration("+P7W", d) && d == 49 * day));
  for (const char* text : {"", "P", "PT", "+-P1D", "P1Y", "PT1.5S", "1D"})
    CHECK_FALSE(read_icalendar_duration(text, d));
}

TEST_CASE("what is malformed is refused with its line") {
  for (const char* text : {"END:VEVENT\n", "BEGIN:VEVENT\n", "BEGIN:VEVENT\nEND:VTODO\n", "SUMMARY:x\n",
                           "BEGIN:VEVENT\nno colon\nEND:VEVENT\n", "BEGIN:VEVENT\nA;B:c\nEND:VEVENT\n",
                           "BEGIN:VEVENT\nA;B=\"c:d\nEND:VEVENT\n", "BEGIN:VEVENT\n:x\nEND:VEVENT\n", "BEGIN:\n",
                           "BEGIN:VEVENT\nSUMMARY:\x01\nEND:VEVENT\n", "BEGIN:VEVENT\nSUMMARY:\xFF\nEND:VEVENT\n"}) {
    CHECK_MESSAGE(reason_of_reading(text) == "icalendar.malformed", text);
  }
  std::string deep;
  for (int i = 0; i < 9; ++i) deep += "BEGIN:X\n";
  CHECK(reason_of_reading(deep) == "icalendar.too_large");
  CHECK(reason_of_reading(std::string(limits::icalendar_bytes_max + 1, 'x')) == "icalendar.too_large");
  CHECK(reason_of_reading("BEGIN:" + std::string(limits::icalendar_line_bytes_max, 'x')) == "icalendar.too_large");
}

TEST_CASE("bytes at random are read or refused, and nothing worse") {
  std::mt19937_64 random(5);
  const std::string_view pieces[] = {"BEGIN:VCALENDAR\n",
                                     "END:VCALENDAR\n",
                                     "BEGIN:VEVENT\n",
                                     "END:VEVENT\n",
                                     "RRULE:FREQ=YEARLY",
                                     ";COUNT=3",
                                     ";BYDAY=-1MO",
                                     ";BYMONTH=2",
                                     "DTSTART;VALUE=DATE:20260229",
                                     "\n",
                                     "\n ",
                                     ":",
                                     ";",
                                     "DTSTART:20260228\n",
                                     "DTEND:20260301\n",
                                     "\\",
                                     "\"",
                                     "=",
                                     ",",
                                     "SUMMARY:x\n",
                                     "EXDATE:",
                                     "\xC3"};
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (std::uint64_t n = random() % 30; n > 0; --n) text += pieces[random() % std::size(pieces)];
    try {
      const auto i_read = import_holidays(text);
      for (const holiday& h : i_read.holidays) check_fields(h);
    } catch (const error& refusal) {
      CHECK((refusal.reason() == "icalendar.malformed" || refusal.reason() == "icalendar.too_large"));
    }
  }
}

TEST_CASE("what is written reads back, folded at 75 octets between characters (RFC 5545, 3.1)") {
  icalendar_writer to;
  const std::string title = "Störung, Teil 1; \"Zentrale\"\\n\n" + std::string(60, 'x') + "ééééééééééééééééééééééééé";
  to.begin("VCALENDAR");
  to.begin("VEVENT");
  to.text("SUMMARY", title);
  to.date("DTSTART", {2026, 12, 25});
  to.utc_time("DTSTAMP", at("2026-11-22T08:00:00.5Z"));
  to.zoned_time("DTEND", {at("2026-12-25T09:30:00Z").us}, "Europe/Berlin");
  to.property("X-NOTE", "v\r\nEND:VCALENDAR", ";CN=" + icalendar_parameter_value("a:\"b\"^\nc"));
  to.end("VEVENT");
  to.end("VCALENDAR");
  for (std::size_t begin = 0, end; (end = to.str().find("\r\n", begin)) != std::string::npos; begin = end + 2) {
    CHECK(end - begin <= 75);
    CHECK(count_code_points(to.str().substr(begin, end - begin)) != invalid_utf8);
  }
  const auto read = read_icalendar(to.str());
  REQUIRE(read.size() == 1);
  REQUIRE(read[0].components.size() == 1);
  const icalendar_component& e = read[0].components[0];
  CHECK(icalendar_text(e.find("SUMMARY")->value) == title);
  CHECK(e.find("DTSTART")->value == "20261225");
  CHECK(e.find("DTSTART")->parameter("VALUE") == "DATE");
  CHECK(e.find("DTSTAMP")->value == "20261122T080000Z");
  CHECK(e.find("DTEND")->value == "20261225T093000");
  CHECK(e.find("DTEND")->parameter("TZID") == "Europe/Berlin");
  CHECK(e.find("X-NOTE")->parameter("CN") == "a:\"b\"^\nc");
}

TEST_CASE("an all-day event becomes a date, of several days if it lasts so long") {
  CHECK(only("SUMMARY:Betriebsausflug\r\nDTSTART;VALUE=DATE:20260911\r\nDTEND;VALUE=DATE:20260912\r\n") ==
        R"([{"name":"Betriebsausflug","date":"2026-09-11"}])");
  CHECK(only("SUMMARY:Summer\r\nDTSTART;VALUE=DATE:20260803\r\nDTEND;VALUE=DATE:20260808\r\n") ==
        R"([{"name":"Summer","date":"2026-08-03","days":5}])");
  CHECK(only("SUMMARY:One\r\nDTSTART;VALUE=DATE:20260803\r\nDURATION:P1W\r\n") ==
        R"([{"name":"One","date":"2026-08-03","days":7}])");
}

TEST_CASE("yearly recurrences become rules with their years of validity") {
  CHECK(only("SUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\n") ==
        R"([{"name":"Christmas","month":12,"day":25,"from_year":2020}])");
  CHECK(only("SUMMARY:Thanksgiving\r\nDTSTART;VALUE=DATE:20201126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n") ==
        R"([{"name":"Thanksgiving","month":11,"nth":4,"week_day":"thursday","from_year":2020}])");
  CHECK(only("SUMMARY:Memorial Day\r\nDTSTART;VALUE=DATE:20200525\r\n"
             "RRULE:FREQ=YEARLY;UNTIL=20301231;BYMONTH=5;BYDAY=-1MO\r\n") ==
        R"([{"name":"Memorial Day","month":5,"nth":-1,"week_day":"monday","from_year":2020,"to_year":2030}])");
  CHECK(only("SUMMARY:Until\r\nDTSTART;VALUE=DATE:20200525\r\nRRULE:FREQ=YEARLY;UNTIL=20300524\r\n") ==
        R"([{"name":"Until","month":5,"day":25,"from_year":2020,"to_year":2029}])");
}

TEST_CASE("recurrences that no rule can say become dates one by one") {
  CHECK(only("SUMMARY:C\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;COUNT=3\r\n") ==
        R"([{"name":"C","date":"2026-01-01"},{"name":"C","date":"2027-01-01"},{"name":"C","date":"2028-01-01"}])");
  CHECK(only("SUMMARY:I\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;INTERVAL=4;UNTIL=20340101\r\n") ==
        R"([{"name":"I","date":"2026-01-01"},{"name":"I","date":"2030-01-01"},{"name":"I","date":"2034-01-01"}])");
  CHECK(only("SUMMARY:X\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;UNTIL=20280101\r\n"
             "EXDATE;VALUE=DATE:20270101\r\nRDATE;VALUE=DATE:20270104\r\n") ==
        R"([{"name":"X","date":"2026-01-01"},{"name":"X","date":"2028-01-01"},{"name":"X","date":"2027-01-04"}])");
  // Election day: the Tuesday after the first Monday of November.
  CHECK(only("SUMMARY:E\r\nDTSTART;VALUE=DATE:20241105\r\n"
             "RRULE:FREQ=YEARLY;INTERVAL=4;COUNT=3;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8\r\n") ==
        R"([{"name":"E","date":"2024-11-05"},{"name":"E","date":"2028-11-07"},{"name":"E","date":"2032-11-02"}])");
}

TEST_CASE("what is no holiday is skipped, and the list says why") {
  CHECK(only("SUMMARY:Standup\r\nDTSTART:20260911T090000Z\r\n") ==
        "skipped: it has a time of day; holidays are all-day events");
  CHECK(only("SUMMARY:Gone\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260911\r\n") == "skipped: it is cancelled");
  CHECK(only("SUMMARY:Weekly\r\nDTSTART;VALUE=DATE:20260911\r\nRRULE:FREQ=WEEKLY\r\n") ==
        "skipped: it recurs WEEKLY, not YEARLY");
  CHECK(only("SUMMARY:Odd\r\nDTSTART;VALUE=DATE:20260911\r\nRRULE:FREQ=YEARLY;BYSETPOS=1\r\n") ==
        "skipped: BYSETPOS is not understood");
  CHECK(only("SUMMARY:No date\r\n") == "skipped: it has no DTSTART");
  CHECK(only("SUMMARY:Backwards\r\nDTSTART;VALUE=DATE:20260911\r\nDTEND;VALUE=DATE:20260901\r\n") ==
        "skipped: it ends before it begins");
  const auto twice = import_holidays(calendar_text(event("SUMMARY:A\r\nDTSTART;VALUE=DATE:20260911\r\n") +
                                                   event("SUMMARY:A\r\nDTSTART;VALUE=DATE:20260911\r\n") +
                                                   "BEGIN:VTODO\r\nEND:VTODO\r\n"));
  REQUIRE(twice.holidays.size() == 1);
  REQUIRE(twice.skipped.size() == 2);
  CHECK(twice.skipped[0].note == "it is there already");
  CHECK(twice.skipped[0].line == 7);
  CHECK(twice.skipped[1].note == "VTODO is no event");
}

TEST_CASE("a feed may ask for so many recurrences to be written out, and no more") {
  std::string events;
  for (std::size_t i = 0; i <= limits::written_recurrences_max; ++i) {
    events += event("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;COUNT=2\r\n");
  }
  CHECK(reason_of([&] { import_holidays(calendar_text(events)); }) == "icalendar.too_large");
}

TEST_CASE("a feed's unofficial days are imported with a warning, for the reviewer (zammad#390)") {
  const auto i =
      imported("SUMMARY:Halloween\r\nDESCRIPTION:Observance\\nNot a day off\r\nDTSTART;VALUE=DATE:20261031\r\n");
  REQUIRE(i.holidays.size() == 1);
  REQUIRE(i.warnings.size() == 1);
  CHECK(i.warnings[0].summary == "Halloween");
  CHECK(i.warnings[0].note == "the feed calls it an observance: maybe no day off");
}

TEST_CASE("a first date that does not follow its own rule is kept, with a warning (RFC 5545, 3.8.5.3)") {
  const auto i = imported("SUMMARY:A\r\nDTSTART;VALUE=DATE:20260103\r\nRRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1\r\n");
  CHECK(json_of(i) == R"([{"name":"A","date":"2026-01-03"},{"name":"A","month":1,"day":1,"from_year":2027}])");
  CHECK(i.warnings.size() == 1);
}

TEST_CASE("imported holidays can be published as they are (T3)") {
  const auto i = import_holidays(calendar_text(
      event("SUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\n") +
      event("SUMMARY:Labour Day\r\nDTSTART;VALUE=DATE:20200907\r\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO\r\n")));
  auto definition = definition_of(
      R"({"key":"c","zone":"UTC","weekly":[{"days":["monday","friday"],"start":"00:00","end":"24:00"}]})");
  definition.holidays = i.holidays;
  const auto c = business_calendar::compile(definition);
  CHECK_FALSE(c.is_open(at("2026-12-25T12:00:00Z")));
  CHECK_FALSE(c.is_open(at("2026-09-07T12:00:00Z")));
  CHECK(c.is_open(at("2026-09-14T12:00:00Z")));
}
