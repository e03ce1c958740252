#include <tocsin/oncall/oncall_calendar.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "given.hpp"

using namespace tocsin;
using namespace given;

namespace {

std::string calendar(const std::string& events) { return "BEGIN:VCALENDAR\n" + events + "END:VCALENDAR\n"; }

std::string event(const std::string& lines) { return "BEGIN:VEVENT\n" + lines + "END:VEVENT\n"; }

imported_oncall import_year(const std::string& text) {
  return import_oncall(text, "s", zone_of("Europe/Berlin"), at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
}

std::string listed(const imported_oncall& duty) {
  std::string result;
  for (const schedule_override& one : duty.overrides) {
    std::string people;
    for (const std::string& key : one.people) people += (people.empty() ? "" : "+") + key;
    result += people + " " + shown(one.from) + " " + shown(one.until) + "\n";
  }
  return result;
}

}  // namespace

TEST_CASE("shifts go out as iCalendar and come in as the same shifts (O3)") {
  oncall_book book;
  book.rotations = {{no_instant, turns(rotation_type::daily, 1, "America/St_Johns", "2026-03-01T09:30:00",
                                       {"ann", "bob+cid", "ann+dee"})}};
  book.schedules = {{no_instant, {.key = "s", .zone = "America/St_Johns", .layers = {{.rotation = "r"}}}}};
  const roster original(book, "s", words());
  const auto exported = shifts(original, at("2026-03-01T12:00:00Z"), at("2026-04-01T12:00:00Z"));
  std::vector<exported_person> people;
  for (const oncall_shift& shift : exported)
    people.push_back({key_of(shift.person), "Somebody, " + key_of(shift.person)});
  const std::string text = export_shifts(exported, people, "s", "The database; at night");
  CHECK(text == export_shifts(exported, people, "s", "The database; at night"));

  oncall_book copy;
  copy.schedules = {{no_instant, {.key = "s", .zone = "UTC"}}};
  copy.overrides = import_year(text).overrides;
  CHECK(shifts(roster(copy, "s", words()), at("2026-03-01T12:00:00Z"), at("2026-04-01T12:00:00Z")) == exported);
}

TEST_CASE("a night has the same bounds by the local clock through a clock change (oncall#5247)") {
  CHECK(listed(import_year(calendar(event("SUMMARY:ann\nDTSTART;TZID=Europe/Berlin:20260327T220000\n"
                                          "DTEND;TZID=Europe/Berlin:20260328T060000\nRRULE:FREQ=DAILY;COUNT=3\n")))) ==
        "ann 2026-03-27T21:00:00Z 2026-03-28T05:00:00Z\n"
        "ann 2026-03-28T21:00:00Z 2026-03-29T04:00:00Z\n"
        "ann 2026-03-29T20:00:00Z 2026-03-30T04:00:00Z\n");
  CHECK(listed(import_year(calendar(event("SUMMARY:ann\nDTSTART;TZID=Europe/Berlin:20260328T220000\n"
                                          "DURATION:PT8H\n")))) == "ann 2026-03-28T21:00:00Z 2026-03-29T05:00:00Z\n");
}

TEST_CASE("weekly rules follow their days, their interval and the day that their weeks begin on (RFC 5545)") {
  const std::string begin = "SUMMARY:ann\nDTSTART:20260805T090000Z\nDURATION:PT1H\n";  // Wednesday
  CHECK(listed(import_year(calendar(event(begin + "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4\n")))) ==
        "ann 2026-08-05T09:00:00Z 2026-08-05T10:00:00Z\n"
        "ann 2026-08-17T09:00:00Z 2026-08-17T10:00:00Z\n"
        "ann 2026-08-19T09:00:00Z 2026-08-19T10:00:00Z\n"
        "ann 2026-08-31T09:00:00Z 2026-08-31T10:00:00Z\n");
  // The two of RFC 5545, 3.3.10, which differ by WKST alone.
  const std::string tuesdays = "SUMMARY:ann\nDTSTART:20260804T090000Z\nDURATION:PT1H\n";
  CHECK(listed(import_year(calendar(event(tuesdays + "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO\n")))) ==
        "ann 2026-08-04T09:00:00Z 2026-08-04T10:00:00Z\n"
        "ann 2026-08-09T09:00:00Z 2026-08-09T10:00:00Z\n"
        "ann 2026-08-18T09:00:00Z 2026-08-18T10:00:00Z\n"
        "ann 2026-08-23T09:00:00Z 2026-08-23T10:00:00Z\n");
  CHECK(listed(import_year(calendar(event(tuesdays + "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU\n")))) ==
        "ann 2026-08-04T09:00:00Z 2026-08-04T10:00:00Z\n"
        "ann 2026-08-16T09:00:00Z 2026-08-16T10:00:00Z\n"
        "ann 2026-08-18T09:00:00Z 2026-08-18T10:00:00Z\n"
        "ann 2026-08-30T09:00:00Z 2026-08-30T10:00:00Z\n");
}

TEST_CASE("days of a rule are days of its zone (oncall#4197)") {
  CHECK(listed(import_year(calendar(event("SUMMARY:ann\nDTSTART;TZID=Pacific/Auckland:20260601T000000\n"  // Monday
                                          "DTEND;TZID=Pacific/Auckland:20260602T000000\n"
                                          "RRULE:FREQ=DAILY;BYDAY=MO;COUNT=2\n")))) ==
        "ann 2026-05-31T12:00:00Z 2026-06-01T12:00:00Z\n"
        "ann 2026-06-07T12:00:00Z 2026-06-08T12:00:00Z\n");
}

TEST_CASE("occurrences may be left out, added, and moved (RFC 5545)") {
  const std::string text = calendar(
      event("UID:1\nSUMMARY:ann\nDTSTART:20260601T090000Z\nDTEND:20260601T100000Z\nRRULE:FREQ=DAILY;UNTIL=20260604\n"
            "EXDATE:20260602T090000Z\nRDATE:20260610T090000Z\n") +
      event("UID:1\nRECURRENCE-ID:20260603T090000Z\nSUMMARY:bob\nDTSTART:20260603T120000Z\nDTEND:20260603T130000Z\n"));
  CHECK(listed(import_year(text)) ==
        "ann 2026-06-01T09:00:00Z 2026-06-01T10:00:00Z\n"
        "bob 2026-06-03T12:00:00Z 2026-06-03T13:00:00Z\n"
        "ann 2026-06-04T09:00:00Z 2026-06-04T10:00:00Z\n"
        "ann 2026-06-10T09:00:00Z 2026-06-10T10:00:00Z\n");
}

TEST_CASE("who it is stands in the summary, several with commas between; whole days are the zone's") {
  CHECK(listed(import_year(calendar(event("SUMMARY: bob , ann,bob\nDTSTART;VALUE=DATE:20260601\n")))) ==
        "bob+ann 2026-05-31T22:00:00Z 2026-06-01T22:00:00Z\n");
  CHECK(listed(import_year(calendar(event("SUMMARY:Ann\\, of the night\nX-TOCSIN-PERSON:ann\n"
                                          "DTSTART:20260601T090000\nDTEND:20260601T100000\n")))) ==
        "ann 2026-06-01T07:00:00Z 2026-06-01T08:00:00Z\n");
}

TEST_CASE("what is skipped is said, what is not understood is refused") {
  const auto skipped = import_year(calendar(event("SUMMARY:ann\nSTATUS:CANCELLED\nDTSTART:20260601T090000Z\n") +
                                            event("DTSTART:20260601T090000Z\nDTEND:20260601T100000Z\n") +
                                            event("SUMMARY:ann\nDTSTART:20260601T090000Z\n") + event("SUMMARY:ann\n")))
                           .skipped;
  REQUIRE(skipped.size() == 4);
  CHECK(skipped[1].line == 7);
  CHECK(skipped[1].why == "it names nobody");
  const std::string begin = "SUMMARY:ann\nDTSTART:20260601T090000Z\nDTEND:20260601T100000Z\n";
  for (const char* rule :
       {"FREQ=MONTHLY", "FREQ=DAILY;BYMONTH=1", "FREQ=WEEKLY;BYDAY=2MO", "COUNT=3", "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20260801", "FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;INTERVAL=-1"}) {
    INFO(rule);
    CHECK(reason_of([&] { import_year(calendar(event(begin + "RRULE:" + rule + "\n"))); }) == "icalendar.unsupported");
  }
  CHECK(reason_of([] { import_year(calendar(event("SUMMARY:ann\nDTSTART;TZID=Nowhere:20260601T090000\n"))); }) ==
        "icalendar.unknown_zone");
  CHECK(reason_of([] { import_year("BEGIN:VCALENDAR\n"); }) == "icalendar.malformed");
}

TEST_CASE("a rule without an end ends with the window") {
  const auto duty =
      import_year(calendar(event("SUMMARY:ann\nDTSTART:20000101T000000Z\nDTEND:20000102T000000Z\nRRULE:FREQ=DAILY\n")));
  CHECK(duty.overrides.size() == 365);
  // A shift that began long before the window is still there; counted occurrences are counted from the first.
  CHECK(listed(import_oncall(calendar(event("SUMMARY:ann\nDTSTART:20250101T000000Z\nDURATION:P10D\n"
                                            "RRULE:FREQ=WEEKLY;INTERVAL=4\n")),
                             "s", zone_of("UTC"), at("2026-01-09T00:00:00Z"), at("2026-01-10T00:00:00Z"))) ==
        "ann 2025-12-31T00:00:00Z 2026-01-10T00:00:00Z\n");
  CHECK(import_year(calendar(event("SUMMARY:ann\nDTSTART:20251230T000000Z\nDTEND:20251231T000000Z\n"
                                   "RRULE:FREQ=DAILY;COUNT=5\n")))
            .overrides.size() == 3);
}

TEST_CASE("rules that go over very many days are refused, not followed") {
  std::string events;
  for (int i = 0; i < 200; ++i) {
    events += event("SUMMARY:ann\nDTSTART:19000101T000000Z\nDTEND:19000102T000000Z\nRRULE:FREQ=DAILY;COUNT=1000000\n");
  }
  CHECK(reason_of([&] {
          import_oncall(calendar(events), "s", zone_of("UTC"), at("2199-12-30T00:00:00Z"), at("2199-12-31T00:00:00Z"));
        }) == "oncall.too_many");
}
