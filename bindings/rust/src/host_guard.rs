//! A closure that answers for workflows, as the C interface calls and frees it.

use std::any::Any;
use std::ffi::{c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use tocsin_sys as sys;

use crate::error::Error;

/// With what the closure panicked. A panic must not go through C: it waits here until the call has come back.
#[derive(Clone, Default)]
pub(crate) struct Panicked(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Panicked {
    fn swap(&self, next: Option<Box<dyn Any + Send>>) -> Option<Box<dyn Any + Send>> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), next)
    }

    /// The panic goes on, if it is what the call ended with.
    pub(crate) fn go_on_after(&self, error: &Error) {
        if error.reason() == "guard.aborted" {
            if let Some(panic) = self.swap(None) {
                resume_unwind(panic);
            }
        }
    }
}

pub(crate) struct HostGuard<F> {
    answer: F,
    panicked: Panicked,
}

impl<F: FnMut(&str) -> Option<bool> + Send + 'static> HostGuard<F> {
    /// What tocsin_desk_set_guard takes.
    pub(crate) fn given(answer: F, panicked: Panicked) -> (sys::tocsin_guard_fn, *mut c_void, sys::tocsin_free_fn) {
        let held = Box::into_raw(Box::new(HostGuard { answer, panicked }));
        (Some(Self::ask), held.cast(), Some(Self::free))
    }

    /// # Safety
    /// `held` is of `given`, and nobody else has it meanwhile; the question is there during the call.
    unsafe extern "C" fn ask(held: *mut c_void, question: *const c_char, size: usize) -> i32 {
        // SAFETY: so the caller promises. One thread at a time changes a desk, and only what changes it asks.
        let (guard, question) =
            unsafe { (&mut *held.cast::<Self>(), std::slice::from_raw_parts(question.cast::<u8>(), size)) };
        let answered = catch_unwind(AssertUnwindSafe(|| (guard.answer)(&String::from_utf8_lossy(question))));
        match answered {
            Ok(Some(holds)) => i32::from(holds),
            Ok(None) => sys::TOCSIN_CALLBACK_PASS,
            Err(panic) => {
                guard.panicked.swap(Some(panic));
                sys::TOCSIN_CALLBACK_ABORT
            }
        }
    }

    /// # Safety
    /// `held` is of `given`, and used no more.
    unsafe extern "C" fn free(held: *mut c_void) {
        // SAFETY: so the caller promises. Where what the closure owned panics, that was said; it must not go through C.
        let _ = catch_unwind(|| drop(unsafe { Box::from_raw(held.cast::<Self>()) }));
    }
}
