//! What the documents in `documents.rs` are made of: their macros, and what setters take.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::documents::{Event, IncidentRecord};
use crate::error::{Error, Status};
use crate::time::{Duration, Instant};

/// A command: what [`Desk::execute`](crate::Desk::execute) takes.
pub trait Command: Serialize {
    /// Its name in documents, `log_incident`.
    const NAME: &'static str;
}

/// A question: what [`Desk::ask`](crate::Desk::ask) takes.
pub trait Question: Serialize {
    /// Its name in documents, `find`.
    const NAME: &'static str;
    /// What answers it: JSON where the manual of its concept says what is in it, and no schema.
    type Answer: DeserializeOwned;
}

/// What may be given where a document has a `T`: `"ana"` for a `String`, an array of them for a `Vec<String>`, a
/// `SystemTime` for an [`Instant`].
pub trait Given<T> {
    /// The value as the document has it.
    fn given(self) -> T;
}

macro_rules! given {
    ($($from:ty => $to:ty),* $(,)?) => {
        $(impl $crate::document::Given<$to> for $from {
            fn given(self) -> $to {
                Into::into(self)
            }
        })*
    };
}
pub(crate) use given;

given! {
    String => String, &str => String, &String => String,
    bool => bool, u64 => u64, i64 => i64, f64 => f64,
    Value => Value, &str => Value, String => Value, bool => Value, i64 => Value,
    Instant => Instant, std::time::SystemTime => Instant,
    Duration => Duration, std::time::Duration => Duration,
    RecordRef => RecordRef, &str => RecordRef, String => RecordRef, &String => RecordRef, u64 => RecordRef,
    &RecordRef => RecordRef,
}

impl<T, U: Given<T>, I: IntoIterator<Item = U>> Given<Vec<T>> for I {
    fn given(self) -> Vec<T> {
        self.into_iter().map(Given::given).collect()
    }
}

impl<K: Into<String>, V: Into<Value>, I: IntoIterator<Item = (K, V)>> Given<Map<String, Value>> for I {
    fn given(self) -> Map<String, Value> {
        self.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
    }
}

/// A record, by its number (`INC0000042`) or its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum RecordRef {
    /// As people know it.
    Number(String),
    /// Its place among all records.
    Id(u64),
}

impl std::fmt::Display for RecordRef {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RecordRef::Number(number) => out.pad(number),
            RecordRef::Id(id) => id.fmt(out),
        }
    }
}

impl From<&RecordRef> for RecordRef {
    fn from(record: &RecordRef) -> Self {
        record.clone()
    }
}

impl From<&str> for RecordRef {
    fn from(number: &str) -> Self {
        RecordRef::Number(number.into())
    }
}

impl From<&String> for RecordRef {
    fn from(number: &String) -> Self {
        RecordRef::Number(number.clone())
    }
}

impl From<String> for RecordRef {
    fn from(number: String) -> Self {
        RecordRef::Number(number)
    }
}

impl From<u64> for RecordRef {
    fn from(id: u64) -> Self {
        RecordRef::Id(id)
    }
}

/// The record that a command was about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Recorded {
    /// Its place among all records.
    pub id: u64,
    /// As people know it, `INC0000042`.
    pub number: String,
    /// Its version after the command.
    pub version: u64,
}

/// What a command that was accepted came to.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Executed {
    /// The entry of the journal.
    pub sequence: u64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The record that it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Recorded>,
    /// What was decided.
    pub events: Vec<Event>,
    /// The idempotency key was known, and nothing was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
    /// Where it was known: since when keys are remembered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys_since: Option<Instant>,
}

impl Executed {
    /// The number of its record; empty where it is about none.
    pub fn number(&self) -> &str {
        self.record.as_ref().map_or("", |record| &record.number)
    }
}

/// What became of one command of a batch that is not atomic.
#[derive(serde::Deserialize)]
#[serde(untagged)]
pub(crate) enum Outcome {
    Refused { error: Refusal },
    Accepted(Executed),
}

#[derive(serde::Deserialize)]
pub(crate) struct Refusal {
    status: String,
    reason: String,
    message: String,
    #[serde(default)]
    detail: Value,
}

impl From<Outcome> for Result<Executed, Error> {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted(executed) => Ok(executed),
            Outcome::Refused { error } => {
                let status = Status::from_name(&error.status).unwrap_or(Status::Unknown(0));
                Err(Error::new(status, error.reason, error.message, error.detail))
            }
        }
    }
}

/// A page of records, and what to give as `cursor` for the next.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Found {
    /// The records of this page.
    pub records: Vec<IncidentRecord>,
    /// None at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// What is odd about the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// An effect of the outbox: what the host is to do.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Effect {
    /// To deduplicate by, and to acknowledge.
    pub id: u64,
    /// What is to be done: `page`, `assignment_notice`.
    #[serde(rename = "effect")]
    pub name: String,
    /// The record; id 0 where it is about none.
    pub record: RecordRef,
    /// When it was due.
    pub scheduled_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The fields of its kind.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

impl Effect {
    /// Its fields as the document of its kind: `effect.read::<Page>()?.person`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_value(Value::Object(self.fields.clone())).map_err(Error::unreadable)
    }

    /// One field, if it is text: `effect.text("person")`.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }
}

/// A command with who gives it, and when.
#[derive(serde::Serialize)]
pub(crate) struct Envelope<'a, C: Command> {
    pub command: &'static str,
    pub at: Instant,
    pub actor: &'a str,
    #[serde(flatten)]
    pub fields: &'a C,
}

/// A question with its name.
#[derive(serde::Serialize)]
pub(crate) struct Asked<'a, Q: Question> {
    pub query: &'static str,
    #[serde(flatten)]
    pub fields: &'a Q,
}

/// An event with its name.
#[derive(serde::Serialize)]
pub(crate) struct Named<'a, T> {
    pub event: &'static str,
    #[serde(flatten)]
    pub fields: &'a T,
}

/// Writes the members of a document; much less to compile than what would be derived.
pub(crate) struct Members<S: Serializer>(S::SerializeMap);

impl<S: Serializer> Members<S> {
    pub fn begin(out: S) -> Result<Self, S::Error> {
        out.serialize_map(None).map(Members)
    }

    pub fn write<T: Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        self.0.serialize_entry(name, value)
    }

    pub fn write_if<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), S::Error> {
        value.as_ref().map_or(Ok(()), |value| self.write(name, value))
    }

    pub fn write_list<T: Serialize>(&mut self, name: &'static str, list: &Vec<T>) -> Result<(), S::Error> {
        if list.is_empty() { Ok(()) } else { self.write(name, list) }
    }

    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

/// The members of a document that is read; those that are not asked for are passed over.
pub(crate) struct Read(Map<String, Value>);

impl Read {
    pub fn given<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<Option<T>, serde_json::Error> {
        let Some(value) = self.0.remove(name) else { return Ok(None) };
        let read = serde_json::from_value(value);
        read.map(Some).map_err(|problem| serde::de::Error::custom(format!("{name}: {problem}")))
    }

    pub fn needed<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, serde_json::Error> {
        self.given(name)?.ok_or_else(|| serde::de::Error::custom(format!("{name} is missing")))
    }
}

pub(crate) fn read<'de, D: Deserializer<'de>, T>(
    from: D,
    make: fn(&mut Read) -> Result<T, serde_json::Error>,
) -> Result<T, D::Error> {
    let members = Map::deserialize(from)?;
    make(&mut Read(members)).map_err(serde::de::Error::custom)
}

/// A struct for a document: `new` takes what it needs, and each other member has a setter.
macro_rules! document {
    ($(#[$meta:meta])* $name:ident, $about:literal;
     needs { $($need:ident = $need_key:literal: $need_type:ty, $need_about:literal;)* }
     may { $($may:ident = $may_key:literal: $may_type:ty, $may_about:literal;)* }
     lists { $($list:ident = $list_key:literal: $list_type:ty, $list_about:literal;)* }) => {
        #[doc = concat!($about, ".")]
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(#[doc = concat!($need_about, ".")]
              pub $need: $need_type,)*
            $(#[doc = concat!($may_about, ".")]
              pub $may: Option<$may_type>,)*
            $(#[doc = concat!($list_about, ".")]
              pub $list: $list_type,)*
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut)]
                let mut members = crate::document::Members::begin(out)?;
                $(members.write($need_key, &self.$need)?;)*
                $(members.write_if($may_key, &self.$may)?;)*
                $(members.write_list($list_key, &self.$list)?;)*
                members.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                crate::document::read(from, |_members| {
                    Ok(Self {
                        $($need: _members.needed($need_key)?,)*
                        $($may: _members.given($may_key)?,)*
                        $($list: _members.given($list_key)?.unwrap_or_default(),)*
                    })
                })
            }
        }

        #[allow(clippy::wrong_self_convention)]
        impl $name {
            /// With what it needs, and nothing else.
            pub fn new($($need: impl crate::document::Given<$need_type>),*) -> Self {
                Self {
                    $($need: $need.given(),)*
                    $($may: None,)*
                    $($list: Vec::new(),)*
                }
            }
            $(#[doc = concat!($may_about, ".")]
              #[must_use]
              pub fn $may(mut self, $may: impl crate::document::Given<$may_type>) -> Self {
                self.$may = Some($may.given());
                self
            })*
            $(#[doc = concat!($list_about, ".")]
              #[must_use]
              pub fn $list(mut self, $list: impl crate::document::Given<$list_type>) -> Self {
                self.$list = $list.given();
                self
            })*
        }

        crate::document::given! { $name => $name }
    };
}
pub(crate) use document;

/// An enum for a set of words; what it does not know is kept.
macro_rules! words {
    ($name:ident: $($variant:ident = $word:literal),*) => {
        #[doc = concat!("One of ", $("`", $word, "` ",)* "and what later versions may add.")]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")]
              $variant,)*
            /// A word that this version of the crate does not know.
            Unknown(String),
        }

        impl $name {
            /// As documents have it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Unknown(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    _ => Self::Unknown(word.into()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                crate::document::text(from).map(|word| Self::from(word.as_str()))
            }
        }

        crate::document::given! { $name => $name, &str => $name }
    };
}
pub(crate) use words;

pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from)
}

macro_rules! list_commands {
    ($($name:ident = $word:literal;)*) => {
        $(impl crate::document::Command for $name {
            const NAME: &'static str = $word;
        })*
    };
}
pub(crate) use list_commands;

macro_rules! list_questions {
    ($($name:ident = $word:literal => $answer:ty;)*) => {
        $(impl crate::document::Question for $name {
            const NAME: &'static str = $word;
            type Answer = $answer;
        })*
    };
}
pub(crate) use list_questions;

/// One enum for all events, told apart by their member `event`.
macro_rules! events {
    ($($name:ident = $word:literal, $about:literal;)*) => {
        /// What a command decided, or a timer.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(#[doc = concat!($about, ".")]
              $name(Box<$name>),)*
            /// An event that this version of the crate does not know.
            Unknown(Map<String, Value>),
        }

        impl Event {
            /// Its name in documents, `incident_logged`.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$name(_) => $word,)*
                    Self::Unknown(fields) => fields.get("event").and_then(Value::as_str).unwrap_or_default(),
                }
            }
        }

        impl serde::Serialize for Event {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$name(fields) => crate::document::named($word, &**fields, out),)*
                    Self::Unknown(fields) => fields.serialize(out),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for Event {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let fields = Map::deserialize(from)?;
                let known = match fields.get("event").and_then(Value::as_str).unwrap_or_default() {
                    $($word => $name::deserialize(&fields).map(|event| Self::$name(Box::new(event))),)*
                    _ => return Ok(Self::Unknown(fields)),
                };
                Ok(known.unwrap_or(Self::Unknown(fields)))
            }
        }
    };
}
pub(crate) use events;

pub(crate) fn named<T: Serialize, S: Serializer>(event: &'static str, fields: &T, out: S) -> Result<S::Ok, S::Error> {
    Named { event, fields }.serialize(out)
}
