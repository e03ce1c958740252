//! What a call fails with.

use std::ffi::{CStr, c_char};
use std::fmt;

use serde_json::Value;
use tocsin_sys as sys;

use crate::callbacks::go_on_after;
pub use crate::status::Status;

/// What a call comes to.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the library refused, or could not. Decide by [`status`](Error::status) and [`reason`](Error::reason); the message
/// is for a person.
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    status: Status,
    reason: String,
    message: String,
    detail: Value,
}

impl Error {
    pub(crate) fn new(status: Status, reason: String, message: String, detail: Value) -> Error {
        Error(Box::new(Inner { status, reason, message, detail }))
    }

    /// A document that cannot be written, or a path that is no UTF-8.
    pub(crate) fn unwritable(problem: impl fmt::Display) -> Error {
        Error::new(Status::InvalidArgument, "binding.document".into(), problem.to_string(), Value::Null)
    }

    /// An answer that is not what this version of the crate expects.
    pub(crate) fn unreadable(problem: impl fmt::Display) -> Error {
        Error::new(Status::Unsupported, "binding.answer".into(), problem.to_string(), Value::Null)
    }

    /// What to do about it: coarse and stable.
    pub fn status(&self) -> Status {
        self.0.status
    }

    /// What it was, in a stable dotted word: `workflow.transition_not_allowed`.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// One line for a person: what, where, what was allowed.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where and what, as JSON: the path in the document, ids, what was allowed.
    pub fn detail(&self) -> &Value {
        &self.0.detail
    }

    /// Takes over an error of the library, and frees it.
    ///
    /// # Safety
    /// `error` is null, or an error that the library handed out, and nobody else's.
    unsafe fn take(status: sys::tocsin_status, error: *mut sys::tocsin_error) -> Error {
        // SAFETY: so the caller promises. The functions of errors take null, too.
        let (reason, message, detail) = unsafe {
            let read = (
                text(sys::tocsin_error_reason(error)),
                text(sys::tocsin_error_message(error)),
                text(sys::tocsin_error_detail(error)),
            );
            sys::tocsin_error_free(error);
            read
        };
        Error::new(Status::from_number(status), reason, message, serde_json::from_str(&detail).unwrap_or_default())
    }
}

/// # Safety
/// `text` is null, or ends with a NUL.
pub(crate) unsafe fn text(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: so the caller promises.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// Makes a call that may fail: the closure gets what stands in its last parameter. Where a closure of the host panicked
/// meanwhile, that goes on from here.
pub(crate) fn call(work: impl FnOnce(*mut *mut sys::tocsin_error) -> sys::tocsin_status) -> Result<()> {
    let mut error = std::ptr::null_mut();
    match work(&mut error) {
        sys::TOCSIN_OK => Ok(()),
        status => {
            // SAFETY: the call failed, so the error is ours.
            let error = unsafe { Error::take(status, error) };
            go_on_after(&error);
            Err(error)
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { status, reason, message, detail } = &*self.0;
        write!(out, "{} ({reason}): {message} {detail}", status.name())
    }
}

impl std::error::Error for Error {}
