//! Instants and durations as documents have them, to the microsecond.

use std::fmt;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A moment in time: microseconds since 1970-01-01 UTC.
///
/// Documents have it as RFC 3339 text with a zone, `2026-11-22T08:00:00Z`. What has no zone is no instant: there is no
/// way here from the face of a clock to an instant but [`local_to_instant`](crate::local_to_instant).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// From microseconds since 1970-01-01 UTC.
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    /// Microseconds since 1970-01-01 UTC.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// What the clock of the machine says. The library itself reads no clock.
    pub fn now() -> Instant {
        SystemTime::now().into()
    }

    /// The sum, or none where no instant is as far away.
    pub const fn checked_add(self, span: Duration) -> Option<Instant> {
        match self.0.checked_add(span.0) {
            Some(micros) => Some(Instant(micros)),
            None => None,
        }
    }

    /// An instant of a row: none where it is not set.
    pub(crate) fn of_row(micros: i64) -> Option<Instant> {
        (micros != tocsin_sys::TOCSIN_UNSET && micros != tocsin_sys::TOCSIN_NEVER).then_some(Instant(micros))
    }
}

impl From<SystemTime> for Instant {
    /// Of what a `SystemTime` has beyond microseconds nothing is left; one beyond all instants becomes the last, or first.
    fn from(time: SystemTime) -> Instant {
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => Instant(i64::try_from(since.as_micros()).unwrap_or(i64::MAX)),
            Err(before) => {
                let micros = before.duration().as_nanos().div_ceil(1000);
                Instant(i64::try_from(micros).map_or(i64::MIN, |micros| -micros))
            }
        }
    }
}

impl From<Instant> for SystemTime {
    fn from(at: Instant) -> SystemTime {
        let span = std::time::Duration::from_micros(at.0.unsigned_abs());
        if at.0 < 0 { UNIX_EPOCH - span } else { UNIX_EPOCH + span }
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;
    fn add(self, span: Duration) -> Instant {
        self.checked_add(span).expect("no instant is as far away")
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;
    fn sub(self, span: Duration) -> Instant {
        self + -span
    }
}

impl Sub for Instant {
    type Output = Duration;
    fn sub(self, earlier: Instant) -> Duration {
        Duration(self.0.checked_sub(earlier.0).expect("no duration is as long"))
    }
}

impl Add<std::time::Duration> for Instant {
    type Output = Instant;
    fn add(self, span: std::time::Duration) -> Instant {
        self + Duration::from(span)
    }
}

impl fmt::Display for Instant {
    /// RFC 3339 in UTC.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}Z", Local(self.0))
    }
}

impl FromStr for Instant {
    type Err = ParseError;

    /// RFC 3339 text with a zone.
    fn from_str(text: &str) -> Result<Instant, ParseError> {
        instant_of(text)
            .map(Instant)
            .ok_or_else(|| ParseError { text: text.into(), wanted: "an instant with a zone, as 2026-11-22T08:00:00Z" })
    }
}

/// A length of time in microseconds; a day has 24 hours.
///
/// Documents have it as ISO 8601 text, `PT4H`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

impl Duration {
    /// From microseconds, which may be negative.
    pub const fn from_micros(micros: i64) -> Duration {
        Duration(micros)
    }

    /// Its microseconds.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// So many seconds.
    pub const fn seconds(count: i64) -> Duration {
        Duration::of(count, SECOND)
    }

    /// So many minutes.
    pub const fn minutes(count: i64) -> Duration {
        Duration::of(count, MINUTE)
    }

    /// So many hours.
    pub const fn hours(count: i64) -> Duration {
        Duration::of(count, HOUR)
    }

    /// So many days of 24 hours.
    pub const fn days(count: i64) -> Duration {
        Duration::of(count, DAY)
    }

    const fn of(count: i64, unit: i64) -> Duration {
        match count.checked_mul(unit) {
            Some(micros) => Duration(micros),
            None => panic!("no duration is as long"),
        }
    }
}

impl From<std::time::Duration> for Duration {
    /// Of what it has beyond microseconds nothing is left; one that is too long becomes the longest.
    fn from(span: std::time::Duration) -> Duration {
        Duration(i64::try_from(span.as_micros()).unwrap_or(i64::MAX))
    }
}

impl TryFrom<Duration> for std::time::Duration {
    type Error = std::num::TryFromIntError;
    /// Fails for a negative one.
    fn try_from(span: Duration) -> Result<Self, Self::Error> {
        u64::try_from(span.0).map(std::time::Duration::from_micros)
    }
}

impl Neg for Duration {
    type Output = Duration;
    fn neg(self) -> Duration {
        Duration(self.0.checked_neg().expect("no duration is as long"))
    }
}

impl Add for Duration {
    type Output = Duration;
    fn add(self, other: Duration) -> Duration {
        Duration(self.0.checked_add(other.0).expect("no duration is as long"))
    }
}

impl Sub for Duration {
    type Output = Duration;
    fn sub(self, other: Duration) -> Duration {
        Duration(self.0.checked_sub(other.0).expect("no duration is as long"))
    }
}

impl fmt::Display for Duration {
    /// ISO 8601.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.unsigned_abs();
        let (day, hour, minute, second) = (DAY as u64, HOUR as u64, MINUTE as u64, SECOND as u64);
        out.write_str(if self.0 < 0 { "-P" } else { "P" })?;
        if micros >= day {
            write!(out, "{}D", micros / day)?;
        }
        if micros % day == 0 && micros > 0 {
            return Ok(());
        }
        out.write_str("T")?;
        let parts = [(micros % day / hour, 'H'), (micros % hour / minute, 'M')];
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
            write!(out, "{count}{unit}")?;
        }
        let (seconds, fraction) = (micros % minute / second, micros % second);
        if fraction > 0 {
            write!(out, "{seconds}.{}S", format!("{fraction:06}").trim_end_matches('0'))
        } else if seconds > 0 || micros == 0 {
            write!(out, "{seconds}S")
        } else {
            Ok(())
        }
    }
}

impl FromStr for Duration {
    type Err = ParseError;

    /// ISO 8601 text of days and less.
    fn from_str(text: &str) -> Result<Duration, ParseError> {
        duration_of(text)
            .map(Duration)
            .ok_or_else(|| ParseError { text: text.into(), wanted: "a duration of days and less, as PT4H or P1DT30M" })
    }
}

/// What a clock on a wall shows: a date and a time, and no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Local(pub(crate) i64);

impl fmt::Display for Local {
    /// As `2026-03-29T02:30:00`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, micros) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let (year, month, day) = date_of(days);
        let (hour, minute, second) = (micros / HOUR, micros % HOUR / MINUTE, micros % MINUTE / SECOND);
        write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match micros % SECOND {
            0 => Ok(()),
            fraction if fraction % 1000 == 0 => write!(out, ".{:03}", fraction / 1000),
            fraction => write!(out, ".{fraction:06}"),
        }
    }
}

impl FromStr for Local {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Local, ParseError> {
        let (micros, rest) = local_of(text).unwrap_or((0, "?"));
        if rest.is_empty() {
            return Ok(Local(micros));
        }
        Err(ParseError { text: text.into(), wanted: "what a clock shows, as 2026-03-29T02:30:00 without a zone" })
    }
}

/// Text that is not what was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    text: String,
    wanted: &'static str,
}

impl fmt::Display for ParseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?} is not {}", self.text, self.wanted)
    }
}

impl std::error::Error for ParseError {}

// ---- text

/// The days since 1970-01-01 of a date of the Gregorian calendar.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before_year = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    before_year + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The date of a day since 1970-01-01.
fn date_of(days: i64) -> (i64, i64, i64) {
    // 400 years have 146097 days: the year, or one beside it.
    let mut year = 1970 + (days * 400).div_euclid(146_097);
    while days_of(year, 1, 1) > days {
        year -= 1;
    }
    while days_of(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && days_of(year, month + 1, 1) <= days {
        month += 1;
    }
    (year, month, days - days_of(year, month, 1) + 1)
}

/// `count` digits, and what follows.
fn digits(text: &str, count: usize) -> Option<(i64, &str)> {
    let (number, rest) = text.split_at_checked(count)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

/// Microseconds of digits after a decimal point, at most six, and what follows.
fn fraction(text: &str) -> Option<(i64, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=6).contains(&count) {
        return None;
    }
    let (number, rest) = digits(text, count)?;
    Some((number * 10_i64.pow(6 - count as u32), rest))
}

/// A date and a time of day as microseconds since 1970-01-01T00:00 of the same clock, and what follows.
fn local_of(text: &str) -> Option<(i64, &str)> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (hour, rest) = digits(rest.strip_prefix(['T', 't'])?, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (second, mut rest) = digits(rest.strip_prefix(':')?, 2)?;
    let mut micros = 0;
    if let Some(after) = rest.strip_prefix('.') {
        (micros, rest) = fraction(after)?;
    }
    let days = days_of(year, month, day);
    let is_date = (1..=12).contains(&month) && date_of(days) == (year, month, day);
    if !is_date || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some((days * DAY + hour * HOUR + minute * MINUTE + second * SECOND + micros, rest))
}

fn instant_of(text: &str) -> Option<i64> {
    let (local, zone) = local_of(text)?;
    if matches!(zone, "Z" | "z") {
        return Some(local);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hour, rest) = digits(zone.strip_prefix(['+', '-'])?, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    if hour > 23 || minute > 59 || !rest.is_empty() {
        return None;
    }
    Some(local - sign * (hour * HOUR + minute * MINUTE))
}

fn duration_of(text: &str) -> Option<i64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let text = text.strip_prefix('P')?;
    let (date, time) = match text.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (text, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let (days, rest) = counted(date, 'D', DAY)?;
    let (hours, time) = counted(time, 'H', HOUR)?;
    let (minutes, time) = counted(time, 'M', MINUTE)?;
    let (mut seconds, mut time) = counted(time, 'S', SECOND)?;
    if let Some((whole, after)) = time.split_once('.') {
        let (micros, unit) = fraction(after)?;
        seconds = whole.parse::<u32>().ok().filter(|_| whole.bytes().all(|byte| byte.is_ascii_digit()))? as i64
            * SECOND
            + micros;
        time = unit.strip_prefix('S')?;
    }
    if !rest.is_empty() || !time.is_empty() {
        return None;
    }
    days.checked_add(hours)?.checked_add(minutes)?.checked_add(seconds)?.checked_mul(sign)
}

/// A number before its unit, in microseconds, and what follows; 0 where the unit is not next.
fn counted(text: &str, unit: char, micros: i64) -> Option<(i64, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[count..].strip_prefix(unit) {
        Some(rest) if count > 0 => Some((text[..count].parse::<i64>().ok()?.checked_mul(micros)?, rest)),
        Some(_) => None,
        None => Some((0, text)),
    }
}

// ---- serde

/// Years that RFC 3339 can write.
const FIRST_WRITTEN: i64 = -62_167_219_200 * SECOND;
const LAST_WRITTEN: i64 = 253_402_300_800 * SECOND - 1;

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        if !(FIRST_WRITTEN..=LAST_WRITTEN).contains(&self.0) {
            let what = format!("{} microseconds since 1970 is an instant outside of the years 0 to 9999", self.0);
            return Err(serde::ser::Error::custom(what));
        }
        out.collect_str(self)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

macro_rules! read_from_text {
    ($($name:ident),*) => {
        $(impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                crate::document::text(from)?.parse().map_err(serde::de::Error::custom)
            }
        })*
    };
}
read_from_text!(Instant, Duration);

// ---- other crates

#[cfg(feature = "chrono")]
mod of_chrono {
    use super::Instant;
    use chrono::{DateTime, TimeZone, Utc};

    impl<Z: TimeZone> From<DateTime<Z>> for Instant {
        fn from(at: DateTime<Z>) -> Instant {
            Instant(at.timestamp_micros())
        }
    }

    impl TryFrom<Instant> for DateTime<Utc> {
        type Error = super::OutOfRange;
        fn try_from(at: Instant) -> Result<Self, Self::Error> {
            DateTime::from_timestamp_micros(at.0).ok_or(super::OutOfRange)
        }
    }

    impl<Z: TimeZone> crate::document::Given<Instant> for DateTime<Z> {
        fn given(self) -> Instant {
            self.into()
        }
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use super::Instant;
    use jiff::{Timestamp, ZonedDateTime};

    impl From<Timestamp> for Instant {
        fn from(at: Timestamp) -> Instant {
            Instant(at.as_microsecond())
        }
    }

    impl From<&ZonedDateTime> for Instant {
        fn from(at: &ZonedDateTime) -> Instant {
            at.timestamp().into()
        }
    }

    impl TryFrom<Instant> for Timestamp {
        type Error = super::OutOfRange;
        fn try_from(at: Instant) -> Result<Self, Self::Error> {
            Timestamp::from_microsecond(at.0).map_err(|_| super::OutOfRange)
        }
    }

    crate::document::given! { Timestamp => Instant, &ZonedDateTime => Instant }
}

/// The other crate has no such instant.
#[cfg(any(feature = "chrono", feature = "jiff"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

#[cfg(any(feature = "chrono", feature = "jiff"))]
impl fmt::Display for OutOfRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the instant is further away than the other crate knows")
    }
}

#[cfg(any(feature = "chrono", feature = "jiff"))]
impl std::error::Error for OutOfRange {}
