//! Bytes that the library made.

use std::ptr;

use tocsin_sys as sys;

use crate::error::{Error, Result};

pub(crate) struct Buffer(sys::tocsin_buf);

impl Buffer {
    pub fn new() -> Buffer {
        Buffer(sys::tocsin_buf { data: ptr::null_mut(), size: 0, reserved: ptr::null_mut() })
    }

    pub fn out(&mut self) -> *mut sys::tocsin_buf {
        &mut self.0
    }

    pub fn bytes(&self) -> &[u8] {
        if self.0.data.is_null() {
            return &[];
        }
        // SAFETY: the library says so of a buffer that it filled, and nobody changes it while it is borrowed.
        unsafe { std::slice::from_raw_parts(self.0.data.cast(), self.0.size) }
    }

    pub fn text(&self) -> Result<String> {
        String::from_utf8(self.bytes().to_vec()).map_err(Error::unreadable)
    }

    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.bytes()).map_err(Error::unreadable)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: it is empty, or was filled by the library.
        unsafe { sys::tocsin_buf_dispose(&mut self.0) }
    }
}

/// What the library takes for text: where it is, and its size.
pub(crate) fn given(text: &[u8]) -> (*const std::ffi::c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

pub(crate) fn written(document: &(impl serde::Serialize + ?Sized)) -> Result<Vec<u8>> {
    serde_json::to_vec(document).map_err(Error::unwritable)
}
