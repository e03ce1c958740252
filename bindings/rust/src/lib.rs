#![doc = include_str!("../README.md")]

mod buffer;
mod calendar;
mod callbacks;
mod desk;
mod document;
#[rustfmt::skip]
mod documents;
mod error;
#[rustfmt::skip]
mod rows;
#[rustfmt::skip]
mod status;
mod time;
mod timers;

pub use calendar::*;
pub use callbacks::LogLevel;
pub use desk::{Advanced, Batch, Desk, Effects, HOST, Head, Interrupter, Mode, OpenOptions, Rows};
pub use document::{Command, Effect, Executed, Found, Given, Question, RecordRef, Recorded};
pub use documents::*;
pub use error::{Error, Result, Status};
pub use rows::{ClockRow, EffectRow, IncidentRow, ShiftRow, TimerRow};
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub use time::OutOfRange;
pub use time::{Duration, Instant, Local, ParseError};
pub use timers::{DeskGuard, TimerDriver};
