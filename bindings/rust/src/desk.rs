//! A desk.

use std::collections::VecDeque;
use std::ffi::{c_char, c_void};
use std::mem::{MaybeUninit, size_of};
use std::path::Path;
use std::ptr::{self, NonNull};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use serde_json::Value;
use tocsin_sys as sys;

use crate::buffer::{Buffer, given, written};
use crate::callbacks::{self, LogLevel};
use crate::document::{Asked, Command, Effect, Envelope, Executed, Outcome, Question};
use crate::documents::{BreachesAhead, DeskOptions, Find, IncidentRecord, PresenceNote, Shifts, Timers};
use crate::error::{Error, Result, call};
use crate::rows::{ClockRow, EffectRow, IncidentRow, ShiftRow, TimerRow};
use crate::time::Instant;

/// The actor that stands for the program itself.
pub const HOST: &str = "host";

/// A row as the library fills it: any bytes are one.
trait Row: Copy {}
impl Row for TimerRow {}
impl Row for ClockRow {}
impl Row for ShiftRow {}

/// What fills rows, and says how many it filled, and how many there are.
type RowFunction = unsafe extern "C" fn(
    *const sys::tocsin_desk,
    *const c_char,
    usize,
    *mut c_void,
    usize,
    usize,
    *mut usize,
    *mut usize,
    *mut *mut sys::tocsin_error,
) -> sys::tocsin_status;

/// Rows of one call: as many as one question may ask for.
const PAGE: usize = 10_000;

/// How a desk is opened.
///
/// ```
/// # fn main() -> tocsin::Result<()> {
/// let desk = tocsin::OpenOptions::new().salt_seed(b"sixteen secret bytes, or more").open_in_memory()?;
/// assert_eq!(desk.head()?.sequence, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct OpenOptions {
    flags: u32,
    options: Option<DeskOptions>,
    salt_seed: Option<Vec<u8>>,
}

impl OpenOptions {
    /// A desk that is made where there is none, to read and to write.
    pub fn new() -> OpenOptions {
        OpenOptions::default()
    }

    fn flag(mut self, flag: u32, on: bool) -> OpenOptions {
        self.flags = if on { self.flags | flag } else { self.flags & !flag };
        self
    }

    /// Questions only; any number of processes at once.
    #[must_use]
    pub fn read_only(self, on: bool) -> OpenOptions {
        self.flag(sys::TOCSIN_OPEN_READ_ONLY, on)
    }

    /// Fails instead of making a file.
    #[must_use]
    pub fn must_exist(self, on: bool) -> OpenOptions {
        self.flag(sys::TOCSIN_OPEN_MUST_EXIST, on)
    }

    /// Takes the file from a process that is gone or is to lose it; without it, it is busy.
    #[must_use]
    pub fn take_over(self, on: bool) -> OpenOptions {
        self.flag(sys::TOCSIN_OPEN_TAKE_OVER, on)
    }

    /// The options of the desk.
    #[must_use]
    pub fn options(mut self, options: DeskOptions) -> OpenOptions {
        self.options = Some(options);
        self
    }

    /// 16 to 64 secret bytes for the commitments to personal fields.
    #[must_use]
    pub fn salt_seed(mut self, seed: impl Into<Vec<u8>>) -> OpenOptions {
        self.salt_seed = Some(seed.into());
        self
    }

    /// Opens a desk file.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Desk> {
        self.open_at(Some(utf8(path.as_ref())?))
    }

    /// Opens a new desk in memory.
    pub fn open_in_memory(&self) -> Result<Desk> {
        self.open_at(None)
    }

    fn open_at(&self, path: Option<&str>) -> Result<Desk> {
        let config = self.options.as_ref().map(written).transpose()?;
        let mut options = MaybeUninit::<sys::tocsin_open_options>::zeroed();
        // SAFETY: it is as large as is said, and all zeros are a value of it.
        let mut options = unsafe {
            sys::tocsin_open_options_init(options.as_mut_ptr(), size_of::<sys::tocsin_open_options>() as u32);
            options.assume_init()
        };
        options.flags = self.flags;
        if let Some(path) = path {
            (options.path, options.path_size) = given(path.as_bytes());
        }
        if let Some(config) = &config {
            (options.config, options.config_size) = given(config);
        }
        if let Some(seed) = &self.salt_seed {
            (options.salt_seed, options.salt_seed_size) = (seed.as_ptr().cast(), seed.len());
        }
        // SAFETY: what the options point to outlives the call.
        Desk::made(|desk, error| unsafe { sys::tocsin_desk_open(sys::TOCSIN_ABI_VERSION, &options, desk, error) })
    }
}

fn utf8(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| Error::unwritable(format!("the path {} is no UTF-8", path.display())))
}

/// How commands as JSON text are executed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    /// An array of commands is accepted as a whole or not at all.
    pub atomic: bool,
    /// Answer what would happen; change nothing.
    pub dry_run: bool,
    /// An instant may lie further ahead than the option `max_leap`.
    pub allow_leap: bool,
    /// The document is JSON Lines: one command a line.
    pub lines: bool,
}

impl Mode {
    fn flags(self) -> u32 {
        [
            (self.atomic, sys::TOCSIN_EXECUTE_ATOMIC),
            (self.dry_run, sys::TOCSIN_EXECUTE_DRY_RUN),
            (self.allow_leap, sys::TOCSIN_EXECUTE_ALLOW_LEAP),
            (self.lines, sys::TOCSIN_EXECUTE_LINES),
        ]
        .into_iter()
        .map(|(on, flag)| if on { flag } else { 0 })
        .sum()
    }
}

/// Commands that are executed together: see [`Desk::execute_all`].
///
/// ```
/// # use tocsin::{Batch, BeginWork, Desk, Instant, LogIncident, HOST};
/// # fn main() -> tocsin::Result<()> {
/// # let mut desk = Desk::in_memory()?;
/// # let at = Instant::now();
/// let mut batch = Batch::new();
/// for floor in 1..=3 {
///     batch.add(&LogIncident::new().title(format!("The printer on floor {floor} is out of paper")), HOST, at)?;
/// }
/// let results = desk.execute_all(&batch)?;
/// assert_eq!(results[2].number(), "INC0000003");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Batch {
    items: Vec<u8>,
    mode: Mode,
}

impl Batch {
    /// Without commands yet.
    pub fn new() -> Batch {
        Batch::default()
    }

    /// Adds a command, which `actor` gives at that instant.
    pub fn add<C: Command>(&mut self, command: &C, actor: &str, at: impl Into<Instant>) -> Result<&mut Batch> {
        let item = written(&Envelope { command: C::NAME, at: at.into(), actor, fields: command })?;
        if !self.items.is_empty() {
            self.items.push(b',');
        }
        self.items.extend(item);
        Ok(self)
    }

    /// Answers what would happen, and changes nothing.
    pub fn dry_run(&mut self) -> &mut Batch {
        self.mode.dry_run = true;
        self
    }

    /// Lets instants lie further ahead than the option `max_leap`.
    pub fn allow_leap(&mut self) -> &mut Batch {
        self.mode.allow_leap = true;
        self
    }

    fn document(&self) -> Vec<u8> {
        [b"[", self.items.as_slice(), b"]"].concat()
    }
}

/// The last entry of a journal, to anchor outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub sequence: u64,
    /// The hash of the chain up to the last one.
    pub hash: [u8; sys::TOCSIN_HASH_SIZE],
}

/// What [`Desk::advance`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advanced {
    /// How many timers fired.
    pub fired: u64,
    /// Whether more is due.
    pub more: bool,
}

/// A list of incidents as typed rows: a slice.
#[derive(Clone, Default)]
pub struct Rows {
    rows: Vec<IncidentRow>,
    cursor: String,
}

impl Rows {
    /// What to give as `cursor` for the rows that follow; none at the end.
    pub fn cursor(&self) -> Option<&str> {
        (!self.cursor.is_empty()).then_some(&self.cursor)
    }
}

impl std::ops::Deref for Rows {
    type Target = [IncidentRow];
    fn deref(&self) -> &[IncidentRow] {
        &self.rows
    }
}

/// What another thread needs to stop the call of a desk, if it is there still.
#[derive(Clone)]
pub struct Interrupter(Arc<Mutex<Live>>);

/// The desk while it is open; null afterwards.
struct Live(*mut sys::tocsin_desk);

// SAFETY: tocsin_desk_interrupt, which alone is called with it, is safe from any thread.
unsafe impl Send for Live {}

impl Interrupter {
    /// The call that runs, or else the next, stops with [`Status::Cancelled`](crate::Status::Cancelled); what it had
    /// committed stays. Nothing happens to a desk that is closed.
    pub fn interrupt(&self) {
        let live = lock(&self.0);
        if !live.0.is_null() {
            // SAFETY: it is open: who closes it takes the lock first.
            unsafe { sys::tocsin_desk_interrupt(live.0) }
        }
    }
}

fn lock(live: &Mutex<Live>) -> MutexGuard<'_, Live> {
    live.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One service desk: a journal of what was decided, and the state that follows from it. It closes when it is dropped.
///
/// What asks takes `&self`, and threads may ask side by side; what changes the desk takes `&mut self`.
pub struct Desk {
    raw: NonNull<sys::tocsin_desk>,
    live: Arc<Mutex<Live>>,
}

// SAFETY: a desk may be used by one thread after the other.
unsafe impl Send for Desk {}
// SAFETY: functions that take a const desk may run side by side; methods that call others take &mut self.
unsafe impl Sync for Desk {}

impl Drop for Desk {
    fn drop(&mut self) {
        lock(&self.live).0 = ptr::null_mut();
        // SAFETY: it is open, and nobody can name it any more.
        unsafe { sys::tocsin_desk_close(self.raw.as_ptr()) }
    }
}

impl Desk {
    // ---- opening

    /// Opens a desk file, and makes it if there is none.
    pub fn open(path: impl AsRef<Path>) -> Result<Desk> {
        OpenOptions::new().open(path)
    }

    /// Opens a new desk in memory.
    pub fn in_memory() -> Result<Desk> {
        OpenOptions::new().open_in_memory()
    }

    fn made(
        make: impl FnOnce(*mut *mut sys::tocsin_desk, *mut *mut sys::tocsin_error) -> sys::tocsin_status,
    ) -> Result<Desk> {
        let mut raw = ptr::null_mut();
        call(|error| make(&mut raw, error))?;
        let raw = NonNull::new(raw).ok_or_else(|| Error::unreadable("the library gave no desk"))?;
        let live = Arc::new(Mutex::new(Live(raw.as_ptr())));
        Ok(Desk { raw, live })
    }

    /// A copy for "what if", and for questions meanwhile: it never writes, and may outlive this desk.
    pub fn fork(&self) -> Result<Desk> {
        // SAFETY: the desk is open.
        Desk::made(|fork, error| unsafe { sys::tocsin_desk_fork(self.asked(), fork, error) })
    }

    /// What another thread needs to stop a call.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.live.clone())
    }

    fn asked(&self) -> *const sys::tocsin_desk {
        self.raw.as_ptr()
    }

    fn changed(&mut self) -> *mut sys::tocsin_desk {
        self.raw.as_ptr()
    }

    // ---- commands and time

    /// Executes a command, which `actor` gives at that instant: the key of a person, or [`HOST`].
    pub fn execute<C: Command>(&mut self, command: &C, actor: &str, at: impl Into<Instant>) -> Result<Executed> {
        self.execute_one(command, actor, at.into(), Mode::default())
    }

    /// Answers what the command would come to; nothing changes.
    pub fn dry_run<C: Command>(&mut self, command: &C, actor: &str, at: impl Into<Instant>) -> Result<Executed> {
        self.execute_one(command, actor, at.into(), Mode { dry_run: true, ..Mode::default() })
    }

    fn execute_one<C: Command>(&mut self, command: &C, actor: &str, at: Instant, mode: Mode) -> Result<Executed> {
        let document = written(&Envelope { command: C::NAME, at, actor, fields: command })?;
        self.execute_document(&document, None, mode)?.read()
    }

    /// Executes commands in order as a whole, or not at all; the detail of a refusal has the `index`.
    pub fn execute_all(&mut self, batch: &Batch) -> Result<Vec<Executed>> {
        self.execute_document(&batch.document(), None, Mode { atomic: true, ..batch.mode })?.read()
    }

    /// Executes commands in order, each accepted or refused by itself; all that were accepted are committed together.
    pub fn execute_each(&mut self, batch: &Batch) -> Result<Vec<Result<Executed>>> {
        let outcomes: Vec<Outcome> = self.execute_document(&batch.document(), None, batch.mode)?.read()?;
        Ok(outcomes.into_iter().map(Into::into).collect())
    }

    /// Executes commands as JSON text: one, or an array. `at` is for those without an instant of their own.
    pub fn execute_json(&mut self, commands: impl AsRef<[u8]>, at: Option<Instant>, mode: Mode) -> Result<String> {
        self.execute_document(commands.as_ref(), at, mode)?.text()
    }

    fn execute_document(&mut self, commands: &[u8], at: Option<Instant>, mode: Mode) -> Result<Buffer> {
        let (text, size) = given(commands);
        let at = at.map_or(sys::TOCSIN_NEVER, Instant::as_micros);
        // SAFETY: the desk is open, and ours alone; text is there during the call.
        buffer(|out, error| unsafe {
            sys::tocsin_desk_execute(self.changed(), at, text, size, mode.flags(), out, error)
        })
    }

    /// Fires what is due up to and including `now`, in order.
    pub fn advance(&mut self, now: impl Into<Instant>) -> Result<Advanced> {
        self.advance_by(now, 0, false)
    }

    /// The same, at most `limit` entries (0: all); `allow_leap`: `now` may lie further ahead than `max_leap`.
    pub fn advance_by(&mut self, now: impl Into<Instant>, limit: u64, allow_leap: bool) -> Result<Advanced> {
        let flags = if allow_leap { sys::TOCSIN_ADVANCE_ALLOW_LEAP } else { 0 };
        let (now, mut fired, mut more) = (now.into().as_micros(), 0, 0);
        // SAFETY: the desk is open, and ours alone.
        call(|error| unsafe {
            sys::tocsin_desk_advance(self.changed(), now, limit, flags, &mut fired, &mut more, error)
        })?;
        Ok(Advanced { fired, more: more != 0 })
    }

    /// When [`advance`](Desk::advance) has something to do next; none: nothing is waiting.
    pub fn next_due(&self) -> Option<Instant> {
        // SAFETY: the desk is open.
        let due = unsafe { sys::tocsin_desk_next_due(self.asked()) };
        (due != sys::TOCSIN_NEVER).then_some(Instant::from_micros(due))
    }

    /// Says who has a record in front of them; a hint for screens, in memory alone.
    pub fn note_presence(&mut self, presence: &PresenceNote) -> Result<()> {
        let document = written(presence)?;
        let (text, size) = given(&document);
        // SAFETY: the desk is open, and ours alone; text is there during the call.
        call(|error| unsafe { sys::tocsin_desk_note_presence(self.changed(), text, size, error) })
    }

    /// Who answers for the `host_guards` of workflows from now on, instead of who did before. The question is JSON:
    /// `{"guard": "credit", "incident": "INC0000001", "actor": "ana", "at": ...}`; `None`: it does not know that guard.
    ///
    /// It is called during the command that needs the answer, or during [`advance`](Desk::advance), on that thread. Where
    /// it panics, the call ends, nothing has changed, and the panic goes on from that call. A fork has nobody: see
    /// [`set_guard_answers`](Desk::set_guard_answers).
    pub fn set_guard(&mut self, guard: impl FnMut(&str) -> Option<bool> + Send + 'static) -> Result<()> {
        let (ask, held, free) = callbacks::guard(guard);
        // SAFETY: the desk is open, and ours alone. The library frees what is held, also where the call fails.
        call(|error| unsafe { sys::tocsin_desk_set_guard(self.changed(), ask, held, free, error) })
    }

    /// From now on nobody answers for the `host_guards` of workflows.
    pub fn clear_guard(&mut self) -> Result<()> {
        // SAFETY: the desk is open, and ours alone.
        call(|error| unsafe { sys::tocsin_desk_set_guard(self.changed(), None, ptr::null_mut(), None, error) })
    }

    /// Answers by name, instead of those given before; the function is not asked for these. For forks, dry runs and tests.
    pub fn set_guard_answers(&mut self, answers: &std::collections::BTreeMap<String, bool>) -> Result<()> {
        let document = written(answers)?;
        let (text, size) = given(&document);
        // SAFETY: the desk is open, and ours alone; text is there during the call.
        call(|error| unsafe { sys::tocsin_desk_set_guard_answers(self.changed(), text, size, error) })
    }

    /// Where messages for your log go from now on, instead of where they went before: a level, what it is about ("desk",
    /// "time", "store", "outbox"), and a line for a person. They say what was opened, that timers fire late, that the store
    /// took nothing. What opening had to say comes at once, the first time.
    ///
    /// It is called during the call that says it, on that thread, and must not use the desk. A panic in it is lost and ends
    /// nothing. A fork says nothing.
    pub fn set_log(&mut self, log: impl FnMut(LogLevel, &str, &str) + Send + 'static) -> Result<()> {
        let (said, held, free) = callbacks::log(log);
        // SAFETY: the desk is open, and ours alone. The library frees what is held, also where the call fails.
        call(|error| unsafe { sys::tocsin_desk_set_log(self.changed(), said, held, free, error) })
    }

    /// From now on messages for your log go nowhere.
    pub fn clear_log(&mut self) -> Result<()> {
        // SAFETY: the desk is open, and ours alone.
        call(|error| unsafe { sys::tocsin_desk_set_log(self.changed(), None, ptr::null_mut(), None, error) })
    }

    /// Who hears from now on how far a long call is, about every thousand steps: what it does ("execute", "advance",
    /// "query", "verify"), how many commands, timers, records or entries are done, and of how many, 0 where that is not
    /// known. Where it answers false, the call ends with [`Status::Cancelled`](crate::Status::Cancelled), `desk.stopped`.
    ///
    /// It is called during the call, on that thread, by one thread at a time, and must not use the desk. Where it panics,
    /// the call ends, and the panic goes on from that call. A fork reports nothing.
    pub fn set_progress(&mut self, progress: impl FnMut(&str, u64, u64) -> bool + Send + 'static) -> Result<()> {
        let (reported, held, free) = callbacks::progress(progress);
        // SAFETY: the desk is open, and ours alone. The library frees what is held, also where the call fails.
        call(|error| unsafe { sys::tocsin_desk_set_progress(self.changed(), reported, held, free, error) })
    }

    /// From now on nobody hears how far a long call is.
    pub fn clear_progress(&mut self) -> Result<()> {
        // SAFETY: the desk is open, and ours alone.
        call(|error| unsafe { sys::tocsin_desk_set_progress(self.changed(), None, ptr::null_mut(), None, error) })
    }

    // ---- questions

    /// Answers a question: `desk.ask(&Get::new("INC0000001"))`.
    pub fn ask<Q: Question>(&self, question: &Q) -> Result<Q::Answer> {
        self.ask_for(question)
    }

    /// Answers a question by a type of your own.
    pub fn ask_for<T: DeserializeOwned>(&self, question: &impl Question) -> Result<T> {
        self.query(&asked(question)?)?.read()
    }

    /// Answers a question as JSON text.
    pub fn ask_json(&self, question: impl AsRef<[u8]>) -> Result<String> {
        self.query(question.as_ref())?.text()
    }

    fn query(&self, question: &[u8]) -> Result<Buffer> {
        let (text, size) = given(question);
        // SAFETY: the desk is open; text is there during the call.
        buffer(|out, error| unsafe { sys::tocsin_desk_query(self.asked(), text, size, out, error) })
    }

    /// Every record that `find` gives page by page.
    pub fn records(&self, question: Find) -> impl Iterator<Item = Result<IncidentRecord>> + '_ {
        let mut next = Some(question);
        let mut page = Vec::new().into_iter();
        std::iter::from_fn(move || {
            loop {
                if let Some(record) = page.next() {
                    return Some(Ok(record));
                }
                let question = next.take()?;
                match self.ask(&question) {
                    Ok(found) => {
                        next = found.cursor.map(|cursor| question.cursor(cursor));
                        page = found.records.into_iter();
                    }
                    Err(problem) => return Some(Err(problem)),
                }
            }
        })
    }

    /// The list that `find` gives as typed rows: all of it, or `limit` rows and the cursor for the rest.
    pub fn incidents(&self, question: &Find) -> Result<Rows> {
        let mut question = question.clone();
        let mut left = question.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let mut found = Rows::default();
        loop {
            let capacity = left.min(PAGE);
            question.limit = Some(capacity as u64);
            let count = self.page_of_rows(&asked(&question)?, capacity, &mut found)?;
            left -= count;
            if found.cursor.is_empty() || left == 0 {
                return Ok(found);
            }
            question.cursor = Some(found.cursor.clone());
        }
    }

    fn page_of_rows(&self, question: &[u8], capacity: usize, found: &mut Rows) -> Result<usize> {
        let (text, size) = given(question);
        let (mut count, mut cursor) = (0, Buffer::new());
        let row_size = size_of::<IncidentRow>();
        found.rows.reserve(capacity);
        let free = found.rows.spare_capacity_mut().as_mut_ptr();
        // SAFETY: the desk is open; there is memory for as many rows as are said, of the size that is said.
        call(|error| unsafe {
            sys::tocsin_desk_incidents(
                self.asked(),
                text,
                size,
                free.cast(),
                row_size,
                capacity,
                &mut count,
                cursor.out(),
                error,
            )
        })?;
        // SAFETY: so many rows were filled, and no more than there was memory for.
        unsafe { found.rows.set_len(found.rows.len() + count.min(capacity)) };
        found.cursor = cursor.text()?;
        Ok(count.min(capacity))
    }

    /// What the question `timers` lists, as typed rows: what waits, in the order in which it fires.
    pub fn timer_rows(&self, question: &Timers) -> Result<Vec<TimerRow>> {
        self.rows(&asked(question)?, sys::tocsin_desk_timers)
    }

    /// What the question `breaches_ahead` lists, as typed rows: clocks that run, by deadline.
    pub fn clock_rows(&self, question: &BreachesAhead) -> Result<Vec<ClockRow>> {
        self.rows(&asked(question)?, sys::tocsin_desk_clocks)
    }

    /// What the question `shifts` lists, as typed rows.
    pub fn shift_rows(&self, question: &Shifts) -> Result<Vec<ShiftRow>> {
        self.rows(&asked(question)?, sys::tocsin_desk_shifts)
    }

    // As many rows as there are; asked again where there were more than expected.
    fn rows<R: Row>(&self, question: &[u8], function: RowFunction) -> Result<Vec<R>> {
        let (text, size) = given(question);
        let mut room = 256;
        loop {
            let mut found: Vec<R> = Vec::with_capacity(room);
            let (mut count, mut total) = (0, 0);
            let free = found.spare_capacity_mut().as_mut_ptr();
            // SAFETY: the desk is open; there is memory for as many rows as are said, of the size that is said.
            call(|error| unsafe {
                function(self.asked(), text, size, free.cast(), size_of::<R>(), room, &mut count, &mut total, error)
            })?;
            if total <= room {
                // SAFETY: so many rows were filled, and no more than there was memory for.
                unsafe { found.set_len(count.min(room)) };
                return Ok(found);
            }
            room = total;
        }
    }

    /// The key that a number in a row stands for: of a `person`, an `sla_policy`.
    pub fn key(&self, kind: &str, number: u32) -> Result<String> {
        let (text, size) = given(kind.as_bytes());
        // SAFETY: the desk is open; text is there during the call.
        buffer(|out, error| unsafe { sys::tocsin_desk_key(self.asked(), text, size, number, out, error) })?.text()
    }

    // ---- effects

    /// What `consumer` has not acknowledged, oldest first; asking for the next acknowledges the one before. An effect in
    /// hand where the loop ends early comes again: it is handled once or more, never not at all.
    pub fn effects(&mut self, consumer: impl Into<String>) -> Effects<'_> {
        Effects { desk: self, consumer: consumer.into(), taken: VecDeque::new(), in_hand: None, ended: false }
    }

    /// Hands each effect that `consumer` has not acknowledged to `handle`, with the desk, and acknowledges it where that
    /// went well; answers how many. Where it did not, the effect comes again.
    pub fn deliver<E: From<Error>>(
        &mut self,
        consumer: &str,
        mut handle: impl FnMut(&mut Desk, &Effect) -> std::result::Result<(), E>,
    ) -> std::result::Result<u64, E> {
        let (mut effects, mut count) = (self.effects(consumer), 0);
        while let Some(effect) = effects.next() {
            handle(effects.desk(), &effect?)?;
            count += 1;
        }
        Ok(count)
    }

    /// At most `max` effects that `consumer` has not acknowledged; they are given again until it has.
    pub fn take_effects(&mut self, consumer: &str, max: usize) -> Result<Vec<Effect>> {
        let (text, size) = given(consumer.as_bytes());
        // SAFETY: the desk is open, and ours alone; text is there during the call.
        buffer(|out, error| unsafe { sys::tocsin_desk_take_effects(self.changed(), text, size, max, out, error) })?
            .read()
    }

    /// What [`take_effects`](Desk::take_effects) gives, but the headers alone: what waits, since when, of what kind.
    pub fn take_effect_rows(&mut self, consumer: &str, max: usize) -> Result<Vec<EffectRow>> {
        let (text, size) = given(consumer.as_bytes());
        let mut found: Vec<EffectRow> = Vec::with_capacity(max);
        let (mut count, free) = (0, found.spare_capacity_mut().as_mut_ptr());
        // SAFETY: the desk is open, and ours alone; there is memory for as many rows as are said, of the size that is said.
        call(|error| unsafe {
            sys::tocsin_desk_take_effect_rows(
                self.changed(),
                text,
                size,
                free.cast(),
                size_of::<EffectRow>(),
                max,
                &mut count,
                error,
            )
        })?;
        // SAFETY: so many rows were filled, and no more than there was memory for.
        unsafe { found.set_len(count.min(max)) };
        Ok(found)
    }

    /// Everything up to and including this effect has been handled.
    pub fn acknowledge_effects(&mut self, consumer: &str, effect_id: u64) -> Result<()> {
        let (text, size) = given(consumer.as_bytes());
        // SAFETY: the desk is open, and ours alone; text is there during the call.
        call(|error| unsafe { sys::tocsin_desk_acknowledge_effects(self.changed(), text, size, effect_id, error) })
    }

    // ---- the journal

    /// The last entry: its sequence and its chain hash.
    pub fn head(&self) -> Result<Head> {
        let mut head = Head { sequence: 0, hash: [0; sys::TOCSIN_HASH_SIZE] };
        // SAFETY: the desk is open; the hash has its size.
        call(|error| unsafe {
            sys::tocsin_desk_head(self.asked(), &mut head.sequence, head.hash.as_mut_ptr(), error)
        })?;
        Ok(head)
    }

    /// One entry of the journal: its command, its events, its hash.
    pub fn entry(&self, sequence: u64) -> Result<Value> {
        // SAFETY: the desk is open.
        buffer(|out, error| unsafe { sys::tocsin_desk_entry(self.asked(), sequence, out, error) })?.read()
    }

    /// How much memory the desk takes, by what for: `{"records": {"count": ..., "bytes": ...}, ..., "bytes": ...}`.
    pub fn memory(&self) -> Result<Value> {
        // SAFETY: the desk is open.
        buffer(|out, error| unsafe { sys::tocsin_desk_memory(self.asked(), out, error) })?.read()
    }

    /// Reads the whole journal and every record again; [`Status::Corrupt`](crate::Status::Corrupt) names the first that
    /// is damaged. Answers what was checked.
    pub fn verify(&self) -> Result<Value> {
        // SAFETY: the desk is open.
        buffer(|out, error| unsafe { sys::tocsin_desk_verify(self.asked(), out, error) })?.read()
    }

    /// Entries from that one on as bytes, as many as fit into `bytes_max` and one at least; none at the end.
    pub fn read_entries(&self, from_sequence: u64, bytes_max: usize) -> Result<Vec<u8>> {
        // SAFETY: the desk is open.
        let entries = buffer(|out, error| unsafe {
            sys::tocsin_desk_read_entries(self.asked(), from_sequence, bytes_max, out, error)
        })?;
        Ok(entries.bytes().to_vec())
    }

    /// Takes up entries that continue this journal; answers how many were new. What does not follow is a conflict.
    pub fn apply_entries(&mut self, entries: &[u8]) -> Result<u64> {
        let mut applied = 0;
        // SAFETY: the desk is open, and ours alone; the bytes are there during the call.
        call(|error| unsafe {
            sys::tocsin_desk_apply_entries(self.changed(), entries.as_ptr().cast(), entries.len(), &mut applied, error)
        })?;
        Ok(applied)
    }

    /// Takes up everything that `leader` has beyond this desk; answers how many entries were new.
    pub fn follow(&mut self, leader: &Desk) -> Result<u64> {
        let mut taken = 0;
        loop {
            let reached = self.head()?.sequence;
            if reached >= leader.head()?.sequence {
                return Ok(taken);
            }
            taken += self.apply_entries(&leader.read_entries(reached + 1, 1 << 20)?)?;
        }
    }

    /// A copy of a desk in a file as it is now, in a new file, while the desk goes on.
    pub fn backup(&self, path: impl AsRef<Path>) -> Result<()> {
        let (text, size) = given(utf8(path.as_ref())?.as_bytes());
        // SAFETY: the desk is open; text is there during the call.
        call(|error| unsafe { sys::tocsin_desk_backup(self.asked(), text, size, error) })
    }
}

fn asked<Q: Question>(question: &Q) -> Result<Vec<u8>> {
    written(&Asked { query: Q::NAME, fields: question })
}

/// Makes a call that fills a buffer.
pub(crate) fn buffer(
    work: impl FnOnce(*mut sys::tocsin_buf, *mut *mut sys::tocsin_error) -> sys::tocsin_status,
) -> Result<Buffer> {
    let mut out = Buffer::new();
    call(|error| work(out.out(), error))?;
    Ok(out)
}

/// The effects of a consumer: see [`Desk::effects`].
pub struct Effects<'a> {
    desk: &'a mut Desk,
    consumer: String,
    taken: VecDeque<Effect>,
    in_hand: Option<u64>,
    ended: bool,
}

impl Effects<'_> {
    /// The desk, to give commands between two effects.
    pub fn desk(&mut self) -> &mut Desk {
        self.desk
    }

    fn advance(&mut self) -> Result<Option<Effect>> {
        if let Some(id) = self.in_hand.take() {
            self.desk.acknowledge_effects(&self.consumer, id)?;
        }
        if self.taken.is_empty() {
            self.taken = self.desk.take_effects(&self.consumer, 100)?.into();
        }
        let effect = self.taken.pop_front();
        self.in_hand = effect.as_ref().map(|effect| effect.id);
        Ok(effect)
    }
}

impl Iterator for Effects<'_> {
    type Item = Result<Effect>;

    fn next(&mut self) -> Option<Result<Effect>> {
        if self.ended {
            return None;
        }
        let next = self.advance().transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

impl std::iter::FusedIterator for Effects<'_> {}
