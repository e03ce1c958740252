//! Closures of the host, as the C interface calls and frees them.

use std::any::Any;
use std::cell::RefCell;
use std::ffi::{c_char, c_void};
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};

use tocsin_sys as sys;

use crate::error::{Error, text};

/// What a message for the log of the host is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogLevel {
    /// Something failed, as the error of the call says, too.
    Error,
    /// Nothing failed, but somebody should know.
    Warning,
    /// What happened.
    Info,
}

impl LogLevel {
    fn from_number(number: i32) -> LogLevel {
        match u32::try_from(number) {
            Ok(sys::TOCSIN_LOG_ERROR) => LogLevel::Error,
            Ok(sys::TOCSIN_LOG_WARNING) => LogLevel::Warning,
            _ => LogLevel::Info,
        }
    }
}

type Panic = Box<dyn Any + Send>;

thread_local! {
    /// With what a closure panicked. A panic must not go through C: it waits here until the call has come back, on the
    /// same thread.
    static PANICKED: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

fn abort(panic: Option<Panic>) -> i32 {
    PANICKED.replace(panic);
    sys::TOCSIN_CALLBACK_ABORT
}

/// The panic goes on, if it is what the call ended with.
pub(crate) fn go_on_after(error: &Error) {
    if matches!(error.reason(), "guard.aborted" | "desk.stopped") {
        if let Some(panic) = PANICKED.take() {
            resume_unwind(panic);
        }
    }
}

/// A closure while the library has it; `F` tells which function of C calls it.
struct Held<F>(PhantomData<F>);

impl<F: Send + 'static> Held<F> {
    fn given(closure: F) -> *mut c_void {
        // Questions that are asked side by side report side by side.
        Box::into_raw(Box::new(Mutex::new(closure))).cast()
    }

    /// # Safety
    /// `held` is of `given`, and was not freed.
    unsafe fn call<T>(held: *mut c_void, work: impl FnOnce(&mut F) -> T) -> Result<T, Panic> {
        // SAFETY: so the caller promises.
        let closure = unsafe { &*held.cast::<Mutex<F>>() };
        catch_unwind(AssertUnwindSafe(|| work(&mut closure.lock().unwrap_or_else(PoisonError::into_inner))))
    }

    /// # Safety
    /// `held` is of `given`, and used no more.
    unsafe extern "C" fn free(held: *mut c_void) {
        // SAFETY: so the caller promises. Where what the closure owned panics, that was said; it must not go through C.
        let _ = catch_unwind(|| drop(unsafe { Box::from_raw(held.cast::<Mutex<F>>()) }));
    }
}

/// # Safety
/// There are so many bytes, during the call.
unsafe fn lossy<'a>(bytes: *const c_char, size: usize) -> std::borrow::Cow<'a, str> {
    // SAFETY: so the caller promises.
    String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(bytes.cast(), size) })
}

/// What tocsin_desk_set_guard takes.
pub(crate) fn guard<F>(answer: F) -> (sys::tocsin_guard_fn, *mut c_void, sys::tocsin_free_fn)
where
    F: FnMut(&str) -> Option<bool> + Send + 'static,
{
    unsafe extern "C" fn ask<F>(held: *mut c_void, question: *const c_char, size: usize) -> i32
    where
        F: FnMut(&str) -> Option<bool> + Send + 'static,
    {
        // SAFETY: the library has what was given with it, and the question is there during the call.
        match unsafe { Held::<F>::call(held, |answer| answer(&lossy(question, size))) } {
            Ok(Some(holds)) => i32::from(holds),
            Ok(None) => sys::TOCSIN_CALLBACK_PASS,
            Err(panic) => abort(Some(panic)),
        }
    }
    (Some(ask::<F>), Held::given(answer), Some(Held::<F>::free))
}

/// What tocsin_desk_set_log takes.
pub(crate) fn log<F>(hear: F) -> (sys::tocsin_log_fn, *mut c_void, sys::tocsin_free_fn)
where
    F: FnMut(LogLevel, &str, &str) + Send + 'static,
{
    unsafe extern "C" fn said<F>(
        held: *mut c_void,
        level: i32,
        category: *const c_char,
        message: *const c_char,
        size: usize,
    ) where
        F: FnMut(LogLevel, &str, &str) + Send + 'static,
    {
        // SAFETY: the library has what was given with it, and the texts are there during the call. What is logged goes
        // on, whatever becomes of the log.
        let _ = unsafe {
            Held::<F>::call(held, |hear| {
                hear(LogLevel::from_number(level), &text(category), &lossy(message, size));
            })
        };
    }
    (Some(said::<F>), Held::given(hear), Some(Held::<F>::free))
}

/// What tocsin_desk_set_progress takes.
pub(crate) fn progress<F>(goes_on: F) -> (sys::tocsin_progress_fn, *mut c_void, sys::tocsin_free_fn)
where
    F: FnMut(&str, u64, u64) -> bool + Send + 'static,
{
    unsafe extern "C" fn reported<F>(held: *mut c_void, doing: *const c_char, done: u64, total: u64) -> i32
    where
        F: FnMut(&str, u64, u64) -> bool + Send + 'static,
    {
        // SAFETY: the library has what was given with it, and the text is there during the call.
        match unsafe { Held::<F>::call(held, |goes_on| goes_on(&text(doing), done, total)) } {
            Ok(true) => 0,
            Ok(false) => abort(None),
            Err(panic) => abort(Some(panic)),
        }
    }
    (Some(reported::<F>), Held::given(goes_on), Some(Held::<F>::free))
}
