//! Commands and questions that are given as JSON, by their types: what a program does that writes them as structs.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use tocsin::*;

/// The document as its type has it, if the type says all that is in it.
fn typed<T: DeserializeOwned + Serialize>(fields: &Map<String, Value>) -> Option<T> {
    let fields = Value::Object(fields.clone());
    let document: T = serde_json::from_value(fields.clone()).ok()?;
    (serde_json::to_value(&document).ok()? == fields).then_some(document)
}

/// A command without what stands beside it, who gives it and when; none where it lacks one of these.
fn opened(command: &Value) -> Option<(String, Map<String, Value>, String, Instant)> {
    let mut fields = command.as_object()?.clone();
    let mut take = |name: &str| Some(fields.remove(name)?.as_str()?.to_owned());
    let (name, actor, at) = (take("command")?, take("actor")?, take("at")?.parse().ok()?);
    Some((name, fields, actor, at))
}

macro_rules! by_command {
    ($($name:ident)*) => {
        /// Executes a command by its type; none where no type says what is in it.
        pub fn execute(desk: &mut Desk, command: &Value, dry_run: bool) -> Option<Result<Executed>> {
            let (name, fields, actor, at) = opened(command)?;
            match name.as_str() {
                $($name::NAME => {
                    let command = typed::<$name>(&fields)?;
                    Some(if dry_run { desk.dry_run(&command, &actor, at) } else { desk.execute(&command, &actor, at) })
                })*
                _ => None,
            }
        }

        /// Adds a command by its type.
        pub fn add(batch: &mut Batch, command: &Value) -> Option<()> {
            let (name, fields, actor, at) = opened(command)?;
            match name.as_str() {
                $($name::NAME => batch.add(&typed::<$name>(&fields)?, &actor, at).ok().map(|_| ()),)*
                _ => None,
            }
        }
    };
}

macro_rules! by_question {
    ($($name:ident)*) => {
        /// Asks a question by its type, and writes what answers it.
        pub fn ask(desk: &Desk, question: &Value) -> Option<Result<Value>> {
            let mut fields = question.as_object()?.clone();
            let name = fields.remove("query")?;
            match name.as_str()? {
                $($name::NAME => {
                    let answer = desk.ask(&typed::<$name>(&fields)?);
                    Some(answer.map(|answer| serde_json::to_value(answer).expect("an answer can be written")))
                })*
                _ => None,
            }
        }
    };
}

include!("table.rs");
