//! Business time, and what needs no desk.

use std::ptr::{self, NonNull};

use serde::Serialize;
use serde_json::Value;
use tocsin_sys as sys;

use crate::buffer::{given, written};
use crate::desk::buffer;
use crate::documents::{BusinessCalendar, CalendarQuestion, ImportedHolidays};
use crate::error::{Error, Result, call, text};
use crate::time::{Duration, Instant, Local};

/// A business calendar: when a place is open, and arithmetic that counts only then. It never changes, and any number of
/// threads may ask it. What can never be answered is none.
///
/// ```
/// use tocsin::{BusinessCalendar, BusinessCalendarWeekly, Calendar, Duration, Weekday};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let office = Calendar::new(&BusinessCalendar::new("office").zone("Europe/Berlin").weekly([
///     BusinessCalendarWeekly::new([Weekday::Monday, Weekday::Friday], "09:00", "17:00"),
/// ]))?;
/// let due = office.add("2026-11-20T14:30:00Z".parse()?, Duration::hours(2))?;
/// assert_eq!(due, Some("2026-11-23T08:30:00Z".parse()?));
/// # Ok(())
/// # }
/// ```
pub struct Calendar(NonNull<sys::tocsin_calendar>);

// SAFETY: any number of threads may ask the same calendar, and it may be freed on any.
unsafe impl Send for Calendar {}
// SAFETY: the same.
unsafe impl Sync for Calendar {}

impl Drop for Calendar {
    fn drop(&mut self) {
        // SAFETY: it is ours, and nobody can name it any more.
        unsafe { sys::tocsin_calendar_free(self.0.as_ptr()) }
    }
}

/// A function of the library that answers one column of numbers from another.
type One = unsafe extern "C" fn(
    *const sys::tocsin_calendar,
    *const i64,
    *mut i64,
    usize,
    *mut *mut sys::tocsin_error,
) -> sys::tocsin_status;

/// The same from two columns.
type Two = unsafe extern "C" fn(
    *const sys::tocsin_calendar,
    *const i64,
    *const i64,
    *mut i64,
    usize,
    *mut *mut sys::tocsin_error,
) -> sys::tocsin_status;

fn columns<A: Copy, B: Copy>(pairs: &[(A, B)], a: fn(A) -> i64, b: fn(B) -> i64) -> (Vec<i64>, Vec<i64>) {
    pairs.iter().map(|(first, second)| (a(*first), b(*second))).unzip()
}

fn days(count: i64) -> i64 {
    count
}

fn instants(micros: Vec<i64>) -> Vec<Option<Instant>> {
    micros.into_iter().map(Instant::of_row).collect()
}

fn only<T>(answers: Result<Vec<Option<T>>>) -> Result<Option<T>> {
    answers.map(|answers| answers.into_iter().next().flatten())
}

impl Calendar {
    /// Of a definition that combines no others, but perhaps `24x7`.
    pub fn new(definition: &BusinessCalendar) -> Result<Calendar> {
        Calendar::combined(definition, &[])
    }

    /// Of a definition, and those that it combines.
    pub fn combined(definition: &BusinessCalendar, others: &[BusinessCalendar]) -> Result<Calendar> {
        let (definition, others) = (written(definition)?, written(others)?);
        let ((text, size), (others, others_size)) = (given(&definition), given(&others));
        let mut raw = ptr::null_mut();
        // SAFETY: both texts are there during the call.
        call(|error| unsafe { sys::tocsin_calendar_new(text, size, others, others_size, &mut raw, error) })?;
        NonNull::new(raw).map(Calendar).ok_or_else(|| Error::unreadable("the library gave no calendar"))
    }

    fn by_one(&self, function: One, at: &[i64]) -> Result<Vec<i64>> {
        let mut answers = vec![0; at.len()];
        // SAFETY: both columns are as long as is said.
        call(|error| unsafe { function(self.0.as_ptr(), at.as_ptr(), answers.as_mut_ptr(), answers.len(), error) })?;
        Ok(answers)
    }

    fn by_two(&self, function: Two, (first, second): (Vec<i64>, Vec<i64>)) -> Result<Vec<i64>> {
        assert_eq!(first.len(), second.len());
        let mut answers = vec![0; first.len()];
        // SAFETY: the three columns are as long as is said.
        call(|error| unsafe {
            function(self.0.as_ptr(), first.as_ptr(), second.as_ptr(), answers.as_mut_ptr(), answers.len(), error)
        })?;
        Ok(answers)
    }

    /// Open time from one instant to another; negative if it goes back.
    pub fn elapsed(&self, from: Instant, to: Instant) -> Result<Duration> {
        Ok(self.elapsed_each(&[(from, to)])?[0])
    }

    /// The same for many at once.
    pub fn elapsed_each(&self, spans: &[(Instant, Instant)]) -> Result<Vec<Duration>> {
        let given = columns(spans, Instant::as_micros, Instant::as_micros);
        Ok(self.by_two(sys::tocsin_calendar_elapsed, given)?.into_iter().map(Duration::from_micros).collect())
    }

    /// The earliest instant with that much open time since `at`.
    pub fn add(&self, at: Instant, span: Duration) -> Result<Option<Instant>> {
        only(self.add_each(&[(at, span)]))
    }

    /// The same for many at once.
    pub fn add_each(&self, questions: &[(Instant, Duration)]) -> Result<Vec<Option<Instant>>> {
        let given = columns(questions, Instant::as_micros, Duration::as_micros);
        self.by_two(sys::tocsin_calendar_add, given).map(instants)
    }

    /// The latest instant with that much open time until `at`.
    pub fn subtract(&self, at: Instant, span: Duration) -> Result<Option<Instant>> {
        only(self.subtract_each(&[(at, span)]))
    }

    /// The same for many at once.
    pub fn subtract_each(&self, questions: &[(Instant, Duration)]) -> Result<Vec<Option<Instant>>> {
        let given = columns(questions, Instant::as_micros, Duration::as_micros);
        self.by_two(sys::tocsin_calendar_subtract, given).map(instants)
    }

    /// `at` itself if it is open, else the next opening.
    pub fn next_open(&self, at: Instant) -> Result<Option<Instant>> {
        only(self.by_one(sys::tocsin_calendar_next_open, &[at.as_micros()]).map(instants))
    }

    /// The end of the current or next open run, after `at`.
    pub fn next_close(&self, at: Instant) -> Result<Option<Instant>> {
        only(self.by_one(sys::tocsin_calendar_next_close, &[at.as_micros()]).map(instants))
    }

    /// The latest instant up to `at` with open time just before it.
    pub fn previous_close(&self, at: Instant) -> Result<Option<Instant>> {
        only(self.by_one(sys::tocsin_calendar_previous_close, &[at.as_micros()]).map(instants))
    }

    /// So many business days on (back, if negative), at the same local time or the next opening.
    pub fn add_business_days(&self, at: Instant, count: i64) -> Result<Option<Instant>> {
        let given = columns(&[(at, count)], Instant::as_micros, days);
        only(self.by_two(sys::tocsin_calendar_add_business_days, given).map(instants))
    }

    /// The last closing of the day that [`add_business_days`](Calendar::add_business_days) counts to.
    pub fn end_of_business_day(&self, at: Instant, count: i64) -> Result<Option<Instant>> {
        let given = columns(&[(at, count)], Instant::as_micros, days);
        only(self.by_two(sys::tocsin_calendar_end_of_business_day, given).map(instants))
    }

    /// Whether it is open at that instant.
    pub fn is_open(&self, at: Instant) -> Result<bool> {
        let answer = self.ask(&CalendarQuestion::new("is_open").at(at))?;
        answer["answer"].as_bool().ok_or_else(|| Error::unreadable("is_open is answered by no truth"))
    }

    /// One question as a document.
    pub fn ask(&self, question: &CalendarQuestion) -> Result<Value> {
        let question = written(question)?;
        let (text, size) = given(&question);
        // SAFETY: the calendar is ours; text is there during the call.
        buffer(|out, error| unsafe { sys::tocsin_calendar_ask(self.0.as_ptr(), text, size, out, error) })?.read()
    }
}

/// How often the clocks of a zone show something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalKind {
    /// Once.
    Unique,
    /// Never: the clock jumped over it.
    Skipped,
    /// Twice.
    Repeated,
}

/// When clocks in `zone`, an IANA name, show that, by the zone data that the library carries: the first time where it is
/// twice, and the instant of the jump where they jump over it.
pub fn local_to_instant(zone: &str, local: Local) -> Result<(Instant, LocalKind)> {
    let (text, size) = given(zone.as_bytes());
    let (mut micros, mut kind) = (0, 0);
    // SAFETY: text is there during the call.
    call(|error| unsafe { sys::tocsin_local_to_instant(text, size, local.0, &mut micros, &mut kind, error) })?;
    let kind = match kind {
        sys::TOCSIN_LOCAL_SKIPPED => LocalKind::Skipped,
        sys::TOCSIN_LOCAL_REPEATED => LocalKind::Repeated,
        _ => LocalKind::Unique,
    };
    Ok((Instant::from_micros(micros), kind))
}

/// What clocks in `zone` show.
pub fn instant_to_local(zone: &str, at: Instant) -> Result<Local> {
    let (text, size) = given(zone.as_bytes());
    let mut local = 0;
    // SAFETY: text is there during the call.
    call(|error| unsafe { sys::tocsin_instant_to_local(text, size, at.as_micros(), &mut local, error) })?;
    Ok(Local(local))
}

/// The holidays of an iCalendar feed, what was passed over, and warnings: for a person to review.
pub fn import_holidays(icalendar: impl AsRef<[u8]>) -> Result<ImportedHolidays> {
    let (text, size) = given(icalendar.as_ref());
    // SAFETY: text is there during the call.
    buffer(|out, error| unsafe { sys::tocsin_import_holidays(text, size, out, error) })?.read()
}

/// JSON Lines of documents: `lines(&[json!({"define": "person", "key": "ana"})])`.
pub fn lines<T: Serialize>(documents: &[T]) -> Result<String> {
    let lines = documents.iter().map(|one| serde_json::to_string(one).map_err(Error::unwritable));
    Ok(lines.collect::<Result<Vec<_>>>()?.join("\n"))
}

fn read_lines(text: &str) -> Result<Vec<Value>> {
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(Error::unreadable)).collect()
}

type Answer = unsafe extern "C" fn(
    *const std::ffi::c_char,
    usize,
    *const std::ffi::c_char,
    usize,
    *mut sys::tocsin_buf,
    *mut *mut sys::tocsin_error,
) -> sys::tocsin_status;

fn of_two_texts(function: Answer, first: &str, second: &[u8]) -> Result<Vec<Value>> {
    let ((first, first_size), (second, second_size)) = (given(first.as_bytes()), given(second));
    // SAFETY: both texts are there during the call.
    let answers = buffer(|out, error| unsafe { function(first, first_size, second, second_size, out, error) })?;
    read_lines(&answers.text()?)
}

/// Who is on call, without a desk: one answer for each of the JSON Lines, in order. `book`: lines that define, taken for
/// granted. The forms: `docs/oncall.md`.
pub fn oncall_answer(book: &str, lines: &str) -> Result<Vec<Value>> {
    of_two_texts(sys::tocsin_oncall_answer, book, lines.as_bytes())
}

/// Who is paged when, without a desk; as [`oncall_answer`], whose lines are understood, too.
pub fn escalation_answer(book: &str, lines: &str) -> Result<Vec<Value>> {
    of_two_texts(sys::tocsin_escalation_answer, book, lines.as_bytes())
}

/// What an outage affects, without a desk: lines that define services and configuration items, and ask.
pub fn impact_answer(book: &str, lines: &str) -> Result<Vec<Value>> {
    of_two_texts(sys::tocsin_impact_answer, book, lines.as_bytes())
}

/// Which incidents make a problem, without a desk: one answer for each of the JSON Lines, in order. `book`: lines that
/// define, taken for granted. The forms: `docs/recurrence.md`.
pub fn recurrence_answer(book: &str, lines: &str) -> Result<Vec<Value>> {
    of_two_texts(sys::tocsin_recurrence_answer, book, lines.as_bytes())
}

/// Whether a condition holds, and why, without a desk: lines that declare fields, and ask. `book` as above. The forms:
/// `docs/conditions.md`.
pub fn condition_answer(book: &str, lines: &str) -> Result<Vec<Value>> {
    of_two_texts(sys::tocsin_condition_answer, book, lines.as_bytes())
}

/// What a rule makes of data, as jsonlogic.com has it, JavaScript's coercions included.
pub fn json_logic(rule: &Value, data: &Value) -> Result<Value> {
    let (by, what) = (rule.to_string(), data.to_string());
    let (by, by_size) = given(by.as_bytes());
    let (what, what_size) = given(what.as_bytes());
    // SAFETY: both texts are there during the call.
    buffer(|out, error| unsafe { sys::tocsin_json_logic_apply(by, by_size, what, what_size, out, error) })?.read()
}

/// Commands out of a document of a monitoring system, for [`Desk::execute_json`](crate::Desk::execute_json). `mapping`:
/// `alertmanager`, or a mapping of your own as JSON.
pub fn intake_commands(mapping: &str, document: impl AsRef<[u8]>) -> Result<Vec<Value>> {
    of_two_texts(sys::tocsin_intake_commands, mapping, document.as_ref())
}

/// The JSON Schema (2020-12) of one kind of document, or of all for `all`.
pub fn schema(name: &str) -> Result<Value> {
    let (text, size) = given(name.as_bytes());
    // SAFETY: text is there during the call.
    buffer(|out, error| unsafe { sys::tocsin_schema(text, size, out, error) })?.read()
}

/// Every command, question, event and definition, with meaning and fields.
pub fn catalogue() -> Result<Value> {
    // SAFETY: there is nothing that it needs.
    buffer(|out, error| unsafe { sys::tocsin_catalogue(out, error) })?.read()
}

/// The version of the library that runs.
pub fn library_version() -> String {
    // SAFETY: the text is static.
    unsafe { text(sys::tocsin_version()) }
}
