//! A desk that fires its timers by itself.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration as Span;

use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::time::Instant;

/// A clock that is set, or a machine that slept, is noticed within this time.
const LONGEST_SLEEP: Span = Span::from_secs(3600);

/// A thread that advances a desk whenever it asks for it. The desk is used through [`lock`](TimerDriver::lock); whoever
/// lets go of it wakes the thread, so that a command moves what it waits for.
///
/// ```
/// # use tocsin::{Desk, HOST, Instant, LogIncident, TimerDriver};
/// # fn main() -> tocsin::Result<()> {
/// let driver = TimerDriver::start(Desk::in_memory()?);
/// driver.lock().execute(&LogIncident::new().title("VPN is down"), HOST, Instant::now())?;
/// let desk = driver.stop()?;
/// # Ok(())
/// # }
/// ```
///
/// A driver that is dropped stops, and closes its desk. Where the library fails, the thread ends and the desk stays as it
/// is: [`is_running`](TimerDriver::is_running) says so, and [`stop`](TimerDriver::stop) with what.
pub struct TimerDriver {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    desk: Option<Desk>, // none: it was given back
    stopped: bool,
    failure: Option<Error>, // what ended the thread
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TimerDriver {
    /// By the clock of the machine.
    pub fn start(desk: Desk) -> TimerDriver {
        TimerDriver::start_with_clock(desk, Instant::now)
    }

    /// `clock`: the instant that it is. It has to run as fast as real time does; a test that moves it calls
    /// [`wake`](TimerDriver::wake).
    pub fn start_with_clock(desk: Desk, clock: impl Fn() -> Instant + Send + 'static) -> TimerDriver {
        let state = State { desk: Some(desk), stopped: false, failure: None };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        let seen = Arc::clone(&shared);
        let thread = Some(std::thread::spawn(move || keep_time(&seen, &clock)));
        TimerDriver { shared, thread }
    }

    /// The desk, for as long as the guard lives; its timers wait meanwhile.
    pub fn lock(&self) -> DeskGuard<'_> {
        DeskGuard { state: self.shared.lock(), changed: &self.shared.changed }
    }

    /// Looks again at what is due.
    pub fn wake(&self) {
        let _held = self.shared.lock();
        self.shared.changed.notify_all();
    }

    /// Does the thread run still? It ends where the library fails.
    pub fn is_running(&self) -> bool {
        self.shared.lock().failure.is_none()
    }

    /// Gives the desk back, or what ended the thread meanwhile; then the desk is closed.
    pub fn stop(mut self) -> Result<Desk> {
        self.end();
        let mut state = self.shared.lock();
        match state.failure.take() {
            Some(failure) => Err(failure),
            None => Ok(state.desk.take().expect("a driver gives its desk back once")),
        }
    }

    fn end(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic of the clock ended it: that is said here, unless this is a panic itself.
            if let Err(panic) = thread.join() {
                if !std::thread::panicking() {
                    std::panic::resume_unwind(panic);
                }
            }
        }
    }
}

impl Drop for TimerDriver {
    fn drop(&mut self) {
        self.end();
    }
}

/// The desk of a driver, locked: see [`TimerDriver::lock`].
pub struct DeskGuard<'a> {
    state: MutexGuard<'a, State>,
    changed: &'a Condvar,
}

impl Deref for DeskGuard<'_> {
    type Target = Desk;
    fn deref(&self) -> &Desk {
        self.state.desk.as_ref().expect("the desk is there while its driver is")
    }
}

impl DerefMut for DeskGuard<'_> {
    fn deref_mut(&mut self) -> &mut Desk {
        self.state.desk.as_mut().expect("the desk is there while its driver is")
    }
}

impl Drop for DeskGuard<'_> {
    fn drop(&mut self) {
        self.changed.notify_all();
    }
}

fn keep_time(shared: &Shared, clock: &dyn Fn() -> Instant) {
    let mut state = shared.lock();
    while !state.stopped {
        let Some(desk) = state.desk.as_mut() else { return };
        let now = clock();
        let wait = match desk.next_due() {
            Some(due) if due <= now => {
                if let Err(failure) = desk.advance(now) {
                    state.failure = Some(failure);
                    return;
                }
                continue;
            }
            Some(due) => span_of(due.as_micros().saturating_sub(now.as_micros())).min(LONGEST_SLEEP),
            None => LONGEST_SLEEP,
        };
        state = shared.changed.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
    }
}

fn span_of(micros: i64) -> Span {
    Span::from_micros(micros.unsigned_abs())
}
