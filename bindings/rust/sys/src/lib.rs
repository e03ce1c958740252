//! The C interface of Tocsin as Rust sees it. Its manual is `tocsin.h`; programs use the crate `tocsin`, which is safe.
//!
//! The build looks for the library in the folder that `TOCSIN_LIB_DIR` names, and else asks pkg-config. With the feature
//! `static` it links `libtocsin.a`.
#![no_std]
#![allow(non_camel_case_types)]

#[rustfmt::skip]
mod raw;

pub use raw::*;
