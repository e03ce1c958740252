//! Instants, durations, business time, and what needs no desk.

use std::time::{Duration as Span, SystemTime, UNIX_EPOCH};

use serde_json::json;
use tocsin::*;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

#[test]
fn instants_are_read_and_written_as_the_library_has_them() {
    for text in [
        "2026-11-22T08:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "2024-02-29T00:00:00.250Z",
        "1900-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
    ] {
        assert_eq!(at(text).to_string(), text);
    }
    assert_eq!(at("2026-11-22T09:00:00.5+01:00").to_string(), "2026-11-22T08:00:00.500Z");
    assert_eq!(at("2026-11-21T18:30:00-13:30").as_micros(), at("2026-11-22T08:00:00Z").as_micros());
    assert_eq!(at("1970-01-01T00:00:00Z").as_micros(), 0);
    assert_eq!(at("2026-11-22T08:00:00Z").as_micros(), 1_795_334_400_000_000);
}

#[test]
fn every_day_of_two_centuries_is_read_as_it_is_written() {
    let first = at("1900-01-01T12:34:56Z");
    let mut last = String::new();
    for day in 0..109_000 {
        let instant = first + Duration::days(day);
        let text = instant.to_string();
        assert!(text > last, "{text} after {last}");
        assert_eq!(at(&text), instant);
        last = text;
    }
    assert_eq!(&last[..10], "2198-06-06");
}

#[test]
fn what_has_no_zone_or_is_no_date_is_no_instant() {
    for text in [
        "2026-11-22T08:00:00",
        "2026-11-22",
        "",
        "2026-02-29T08:00:00Z",
        "2026-13-01T08:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T08:00:00.Z",
        "2026-11-22T08:00:00.1234567Z",
        "2026-11-22T08:00:00+1:00",
        "2026-11-22T08:00:00Zulu",
        "2026-11-22T08:00:60Z",
        "+026-11-22T08:00:00Z",
        "2026-11-2ßT08:00:00Z",
        "2026-00-10T08:00:00Z",
        "2026-11-00T08:00:00Z",
    ] {
        let problem = text.parse::<Instant>().expect_err(text);
        assert!(problem.to_string().ends_with("is not an instant with a zone, as 2026-11-22T08:00:00Z"), "{problem}");
    }
}

#[test]
fn durations_are_read_and_written_as_the_library_has_them() {
    for text in ["PT0S", "PT4H", "P1DT30M", "P30D", "PT1H0.5S", "-PT15M", "P1DT1H1M1.000001S", "PT59S"] {
        let duration: Duration = text.parse().unwrap();
        let written = duration.to_string();
        assert_eq!(written.parse::<Duration>().unwrap(), duration, "{text}");
        assert_eq!(written, text);
    }
    assert_eq!("PT90M".parse::<Duration>().unwrap(), Duration::minutes(90));
    assert_eq!(Duration::minutes(90).to_string(), "PT1H30M");
    for text in [
        "",
        "P",
        "PT",
        "P1W",
        "P1M",
        "P1Y",
        "4H",
        "PT4",
        "PTH",
        "PT1.S",
        "PT-4H",
        "P1DT",
        "PT1.5H",
        "PT4H PT4H",
        "P999999999999D",
    ] {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
}

#[test]
fn the_clock_of_the_system_and_back() {
    let late = UNIX_EPOCH + Span::from_micros(1_795_334_400_000_001);
    assert_eq!(Instant::from(late).as_micros(), 1_795_334_400_000_001);
    assert_eq!(SystemTime::from(Instant::from(late)), late);
    let early = UNIX_EPOCH - Span::from_micros(5);
    assert_eq!(SystemTime::from(Instant::from(early)), early);
    assert_eq!(Instant::from(UNIX_EPOCH - Span::from_nanos(1)).as_micros(), -1);
    assert!(Span::try_from(Duration::seconds(-1)).is_err());
    assert_eq!(Span::try_from(Duration::seconds(2)).unwrap(), Span::from_secs(2));
    assert_eq!(Instant::from_micros(i64::MAX).checked_add(Duration::seconds(1)), None);
}

#[cfg(feature = "chrono")]
#[test]
fn instants_of_chrono() {
    use chrono::{DateTime, FixedOffset, Utc};
    let berlin: DateTime<FixedOffset> = DateTime::parse_from_rfc3339("2026-11-22T09:00:00+01:00").unwrap();
    assert_eq!(Instant::from(berlin), at("2026-11-22T08:00:00Z"));
    assert_eq!(DateTime::<Utc>::try_from(at("2026-11-22T08:00:00Z")).unwrap(), berlin);
    assert_eq!(Get::new(1).as_of(berlin).as_of, Some(at("2026-11-22T08:00:00Z")));
}

#[cfg(feature = "jiff")]
#[test]
fn instants_of_jiff() {
    let timestamp: jiff::Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
    assert_eq!(Instant::from(timestamp), at("2026-11-22T08:00:00Z"));
    assert_eq!(jiff::Timestamp::try_from(at("2026-11-22T08:00:00Z")).unwrap(), timestamp);
    assert_eq!(Get::new(1).as_of(timestamp).as_of, Some(at("2026-11-22T08:00:00Z")));
    assert!(jiff::Timestamp::try_from(Instant::from_micros(i64::MAX)).is_err());
}

fn office() -> Calendar {
    let days = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let hours = BusinessCalendarWeekly::new(days, "09:00", "17:00");
    Calendar::new(&BusinessCalendar::new("office").zone("Europe/Berlin").weekly([hours])).unwrap()
}

#[test]
fn a_calendar_counts_open_time_alone() {
    let (office, friday, monday) = (office(), at("2026-11-20T14:30:00Z"), at("2026-11-23T08:30:00Z"));
    assert_eq!(office.elapsed(friday, monday).unwrap(), Duration::hours(2));
    assert_eq!(office.elapsed(monday, friday).unwrap(), -Duration::hours(2));
    assert_eq!(office.add(friday, Duration::hours(2)).unwrap(), Some(monday));
    assert_eq!(office.subtract(monday, Duration::hours(2)).unwrap(), Some(friday));
    assert_eq!(office.next_open(at("2026-11-21T12:00:00Z")).unwrap(), Some(at("2026-11-23T08:00:00Z")));
    assert_eq!(office.next_close(friday).unwrap(), Some(at("2026-11-20T16:00:00Z")));
    assert_eq!(office.previous_close(monday - Duration::hours(2)).unwrap(), Some(at("2026-11-20T16:00:00Z")));
    assert_eq!(office.add_business_days(friday, 1).unwrap(), Some(at("2026-11-23T14:30:00Z")));
    assert_eq!(office.end_of_business_day(friday, 1).unwrap(), Some(at("2026-11-23T16:00:00Z")));
    assert!(office.is_open(friday).unwrap() && !office.is_open(at("2026-11-21T12:00:00Z")).unwrap());
}

#[test]
fn a_calendar_answers_many_at_once() {
    let (office, friday) = (office(), at("2026-11-20T14:30:00Z"));
    let due = office.add_each(&[(friday, Duration::hours(1)), (friday, Duration::hours(2))]).unwrap();
    assert_eq!(due, [Some(at("2026-11-20T15:30:00Z")), Some(at("2026-11-23T08:30:00Z"))]);
    assert_eq!(office.elapsed_each(&[(friday, friday); 3]).unwrap(), [Duration::default(); 3]);
    assert_eq!(office.subtract_each(&[]).unwrap(), []);
    let error = office.add(Instant::from_micros(i64::MAX), Duration::hours(1)).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);
}

#[test]
fn calendars_combine_and_say_what_is_missing() {
    let never = Calendar::new(&BusinessCalendar::new("never").zone("UTC"));
    assert!(never.is_err() || never.unwrap().next_open(at("2026-11-20T14:30:00Z")).unwrap().is_none());
    let both = BusinessCalendar::new("both").zone("UTC").union(["day", "night"]);
    let missing = Calendar::new(&both).err().unwrap();
    assert_eq!(missing.status(), Status::NotFound);
    let part = |key: &str, start: &str, end: &str| {
        BusinessCalendar::new(key).zone("UTC").weekly([BusinessCalendarWeekly::new([Weekday::Monday], start, end)])
    };
    let calendar =
        Calendar::combined(&both, &[part("day", "08:00", "12:00"), part("night", "20:00", "22:00")]).unwrap();
    let monday = (at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"));
    assert_eq!(calendar.elapsed(monday.0, monday.1).unwrap(), Duration::hours(6));
}

#[test]
fn clocks_on_walls_are_read_by_their_zone() {
    let local = |text: &str| text.parse::<Local>().unwrap();
    let noon = local_to_instant("Europe/Berlin", local("2026-11-22T12:00:00")).unwrap();
    assert_eq!(noon, (at("2026-11-22T11:00:00Z"), LocalKind::Unique));
    let skipped = local_to_instant("Europe/Berlin", local("2026-03-29T02:30:00")).unwrap();
    assert_eq!(skipped, (at("2026-03-29T01:00:00Z"), LocalKind::Skipped));
    let twice = local_to_instant("Europe/Berlin", local("2026-10-25T02:30:00")).unwrap();
    assert_eq!(twice, (at("2026-10-25T00:30:00Z"), LocalKind::Repeated));
    assert_eq!(
        instant_to_local("Asia/Kathmandu", at("2026-11-22T08:00:00Z")).unwrap().to_string(),
        "2026-11-22T13:45:00"
    );
    assert_eq!(
        local_to_instant("Europe/Atlantis", local("2026-11-22T12:00:00")).unwrap_err().status(),
        Status::NotFound
    );
    assert!("2026-11-22T12:00:00Z".parse::<Local>().is_err());
}

#[test]
fn what_needs_no_desk_answers_line_by_line() {
    let book = lines(&[json!({"define": "person", "key": "ana", "name": "Ana"})]).unwrap();
    let answers = oncall_answer(&book, &lines(&[json!({"operation": "coffee"})]).unwrap()).unwrap();
    assert_eq!(answers.len(), 1);
    assert!(answers[0]["error"].is_object(), "{answers:?}");
    assert!(oncall_answer("no JSON", "").is_err());
    assert_eq!(escalation_answer(&book, "").unwrap(), Vec::<serde_json::Value>::new());

    let graph = "{\"define\":\"service\",\"key\":\"shop\",\"depends_on\":[\"db\"]}\n{\"define\":\"configuration_item\",\"key\":\"db\"}";
    let impact = impact_answer(graph, "{\"operation\":\"impact\",\"failed\":[\"db\"]}").unwrap();
    assert_eq!(impact[0]["items"].as_array().unwrap().len(), 2);

    let alert = json!({"version": "4", "status": "firing", "alerts": [{"status": "firing", "labels": {"alertname": "Down"},
        "annotations": {"summary": "It is down"}, "startsAt": "2026-11-23T08:00:00Z", "fingerprint": "f1"}]});
    let commands = intake_commands("alertmanager", alert.to_string()).unwrap();
    assert_eq!(commands[0]["command"], "report_event");
    assert_eq!(intake_commands("alertmanager", "no JSON").unwrap_err().status(), Status::InvalidArgument);

    let feed = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20261225\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let holidays = import_holidays(feed).unwrap();
    assert_eq!(holidays.holidays[0].date.as_deref(), Some("2026-12-25"));
}
