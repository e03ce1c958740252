from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

import tocsin

OFFICE = {
    "key": "office",
    "zone": "Europe/Berlin",
    "weekly": [{"days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "start": "09:00", "end": "17:00"}],
}
FRIDAY = datetime(2026, 11, 20, 14, 30, tzinfo=timezone.utc)
CLOSING = datetime(2026, 11, 20, 16, 0, tzinfo=timezone.utc)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


def test_one_question_at_a_time() -> None:
    with tocsin.Calendar(OFFICE) as office:
        assert office.elapsed(FRIDAY, MONDAY + HOUR) == timedelta(hours=2.5)
        assert office.elapsed(MONDAY, FRIDAY) == timedelta(hours=-1.5)
        assert office.add(FRIDAY, 2 * HOUR) == MONDAY + HOUR / 2
        assert office.subtract(MONDAY + HOUR, 2 * HOUR) == CLOSING - HOUR
        assert office.next_open(CLOSING) == MONDAY and office.next_close(FRIDAY) == CLOSING
        assert office.previous_close(MONDAY) == CLOSING
        assert office.add_business_days(FRIDAY, 1) == FRIDAY + timedelta(days=3)
        assert office.end_of_business_day(FRIDAY, 0) == CLOSING
        assert office.is_open(FRIDAY) and not office.is_open(CLOSING)
        assert office.is_business_day(date(2026, 11, 20)) and not office.is_business_day(date(2026, 11, 21))
        assert office.open_times(FRIDAY, MONDAY + HOUR) == [(FRIDAY, CLOSING), (MONDAY, MONDAY + HOUR)]


def test_many_at_once_are_the_same_one_by_one() -> None:
    office = tocsin.Calendar(OFFICE)
    starts = [FRIDAY + i * HOUR for i in range(100)]
    spans = [i * HOUR / 3 for i in range(100)]
    assert office.add(starts, spans) == [office.add(at, span) for at, span in zip(starts, spans)]
    assert office.next_open([]) == []
    with pytest.raises(ValueError, match="do not go together"):
        office.add(starts, spans[1:])


def test_what_never_comes_is_none() -> None:
    closed = tocsin.Calendar({"key": "closed", "zone": "UTC", "weekly": []})
    assert closed.next_open(FRIDAY) is None and closed.add(FRIDAY, HOUR) is None
    assert closed.next_open([FRIDAY]) == [None]


def test_calendars_combine() -> None:
    both = tocsin.Calendar({"key": "both", "intersection": ["office", "24x7"]}, [OFFICE])
    assert both.is_open(FRIDAY)
    with pytest.raises(tocsin.NotFound):
        tocsin.Calendar({"key": "both", "union": ["nowhere"]})


def test_a_date_is_no_instant_and_a_clock_has_no_zone() -> None:
    office = tocsin.Calendar(OFFICE)
    with pytest.raises(TypeError):
        office.is_business_day(FRIDAY)
    with pytest.raises(ValueError, match="no time zone"):
        office.next_open(datetime(2026, 11, 20))
    with pytest.raises(ValueError, match="has a zone already"):
        tocsin.local_to_instant("Europe/Berlin", FRIDAY)


def test_a_closed_calendar_says_so() -> None:
    office = tocsin.Calendar(OFFICE)
    office.close()
    office.close()
    with pytest.raises(tocsin.Closed, match="the calendar is closed"):
        office.next_open(FRIDAY)
    with pytest.raises(tocsin.InvalidArgument):
        tocsin.Calendar({"key": "x"})


def test_local_clocks() -> None:
    assert tocsin.local_to_instant("Europe/Berlin", datetime(2026, 11, 23, 9)) == (MONDAY, "unique")
    assert tocsin.local_to_instant("Europe/Berlin", datetime(2026, 3, 29, 2, 30)).kind == "skipped"
    assert tocsin.local_to_instant("Europe/Berlin", datetime(2026, 10, 25, 2, 30)).kind == "repeated"
    assert tocsin.instant_to_local("Europe/Berlin", MONDAY) == datetime(2026, 11, 23, 9)
    with pytest.raises(tocsin.NotFound):
        tocsin.instant_to_local("Nowhere/Atlantis", MONDAY)


def test_holidays_of_a_feed() -> None:
    feed = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\n"
        "SUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert tocsin.import_holidays(feed)["holidays"][0]["name"] == "Christmas"
