//! Runs the conformance cases of the core (tests/conformance/README.md): once as JSON text, as the C interface takes it,
//! and once as a Rust program does, by the types of documents, whose answers are written as text again.

mod by_name;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tocsin::{Batch, Desk, Effect, Error, Event, Executed, Head, Instant, Mode, OpenOptions};

type Checked<T = ()> = Result<T, String>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance")
}

fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("the file is there")).expect("it is JSON")
}

fn cases() -> Vec<PathBuf> {
    let files = |part| fs::read_dir(folder().join(part)).expect("the folder is there");
    let mut found: Vec<PathBuf> =
        ["cases", "peers"].into_iter().flat_map(files).map(|file| file.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    found.sort();
    found
}

// ---- matching

fn is_equal(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => expected == found,
    }
}

/// Says where the answer is not what is expected.
fn compare(expected: &Value, found: &Value, path: &str) -> Checked {
    let differs = || Err(format!("{path:?}: expected {expected}, found {found}"));
    match expected {
        Value::Object(members) if members.contains_key("$any") => Ok(()),
        Value::Object(members) if members.contains_key("$contains") => {
            let part = members["$contains"].as_str().unwrap();
            if found.as_str().is_some_and(|text| text.contains(part)) { Ok(()) } else { differs() }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let below = format!("{path}/{name}");
                let there = found.get(name);
                if value.get("$absent").is_some() {
                    if let Some(there) = there {
                        return Err(format!("{below}: expected nothing, found {there}"));
                    }
                } else {
                    let there = there.ok_or_else(|| format!("{below}: expected {value}, found nothing in {found}"))?;
                    compare(value, there, &below)?;
                }
            }
            if found.is_object() { Ok(()) } else { differs() }
        }
        Value::Array(items) => match found.as_array() {
            Some(others) if others.len() == items.len() => items
                .iter()
                .zip(others)
                .enumerate()
                .try_for_each(|(i, (item, other))| compare(item, other, &format!("{path}/{i}"))),
            _ => differs(),
        },
        _ if is_equal(expected, found) => Ok(()),
        _ => differs(),
    }
}

fn demand<T: PartialEq + std::fmt::Debug>(expected: T, found: T, what: &str) -> Checked {
    if expected == found { Ok(()) } else { Err(format!("{what}: expected {expected:?}, found {found:?}")) }
}

// ---- steps

fn text_of(part: &Value) -> String {
    match part {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text_of).collect(),
        _ => part["$repeat"].as_str().unwrap().repeat(part["times"].as_u64().unwrap() as usize),
    }
}

fn expanded(part: &Value) -> Value {
    match part {
        Value::Object(members) if members.contains_key("$repeat") => text_of(part).into(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), expanded(value))).collect(),
        Value::Array(items) => items.iter().map(expanded).collect(),
        _ => part.clone(),
    }
}

fn instant(given: &Value) -> Instant {
    match given.as_str() {
        Some(text) => text.parse().expect("the case has an instant"),
        None => Instant::from_micros(given.as_i64().unwrap()),
    }
}

fn flag(step: &Value, name: &str) -> bool {
    step[name].as_bool().unwrap_or(false)
}

fn bytes_of(hexadecimal: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
    (0..hexadecimal.len()).step_by(2).map(digits).collect()
}

struct Runner {
    desk: Option<Desk>,
    options: OpenOptions,
    path: Option<PathBuf>,
    by_types: bool,
    /// How many documents went by their types, and how many did not.
    typed: usize,
    untyped: usize,
}

/// What went wrong: a refusal, or that the binding is wrong.
enum Failed {
    Refused(Error),
    Wrong(String),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Refused(error)
    }
}

type Answered = Result<String, Failed>;

fn written(answer: &impl serde::Serialize) -> Answered {
    serde_json::to_string(answer).map_err(|problem| Failed::Wrong(problem.to_string()))
}

/// What a command came to as text again, where every event has its type.
fn executed(result: &Executed) -> Answered {
    match result.events.iter().find(|event| matches!(event, Event::Unknown(_))) {
        Some(event) => Err(Failed::Wrong(format!("an event is not understood: {event:?}"))),
        None => written(result),
    }
}

impl Runner {
    fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("the desk is open")
    }

    fn open(&mut self) -> Checked {
        self.desk = None;
        let opened = match &self.path {
            Some(path) => self.options.open(path),
            None => self.options.open_in_memory(),
        };
        self.desk = Some(opened.map_err(|problem| format!("it does not open: {problem:?}"))?);
        Ok(())
    }

    fn head(&mut self) -> Checked<Head> {
        self.desk().head().map_err(|problem| format!("{problem:?}"))
    }

    fn execute_text(&mut self, step: &Value, document: &[u8]) -> Answered {
        let mode = Mode {
            atomic: flag(step, "atomic"),
            dry_run: flag(step, "dry_run"),
            allow_leap: flag(step, "allow_leap"),
            lines: flag(step, "lines"),
        };
        let at = step.get("at_us").map(instant);
        Ok(self.desk().execute_json(document, at, mode)?)
    }

    fn execute(&mut self, step: &Value, commands: &Value) -> Answered {
        if self.by_types && step.get("at_us").is_none() {
            if let Some(answer) = self.execute_by_types(step, commands) {
                self.typed += 1;
                return answer;
            }
        }
        self.untyped += 1;
        self.execute_text(step, commands.to_string().as_bytes())
    }

    fn execute_by_types(&mut self, step: &Value, commands: &Value) -> Option<Answered> {
        let Value::Array(items) = commands else {
            if flag(step, "allow_leap") {
                return None;
            }
            let result = by_name::execute(self.desk(), commands, flag(step, "dry_run"))?;
            return Some(result.map_err(Failed::from).and_then(|result| executed(&result)));
        };
        let mut batch = Batch::new();
        items.iter().try_for_each(|command| by_name::add(&mut batch, command))?;
        if flag(step, "dry_run") {
            batch.dry_run();
        }
        if flag(step, "allow_leap") {
            batch.allow_leap();
        }
        if flag(step, "atomic") {
            return Some(self.desk().execute_all(&batch).map_err(Failed::from).and_then(|results| written(&results)));
        }
        let results = self.desk().execute_each(&batch).map_err(Failed::from);
        Some(results.and_then(|results| written(&results.iter().map(outcome).collect::<Vec<_>>())))
    }

    fn ask(&mut self, question: &Value) -> Answered {
        if self.by_types {
            if let Some(answer) = by_name::ask(self.desk(), question) {
                self.typed += 1;
                return written(&answer?);
            }
        }
        self.untyped += 1;
        Ok(self.desk().ask_json(question.to_string())?)
    }

    fn answer_to(&mut self, step: &Value) -> Answered {
        if let Some(commands) = step.get("execute") {
            self.execute(step, commands)
        } else if let Some(text) = step.get("execute_text") {
            self.execute_text(step, text_of(text).as_bytes())
        } else if let Some(bytes) = step.get("execute_hex") {
            self.execute_text(step, &bytes_of(bytes.as_str().unwrap()))
        } else if let Some(question) = step.get("query") {
            self.ask(question)
        } else if let Some(sequence) = step.get("entry") {
            written(&self.desk().entry(sequence.as_u64().unwrap())?)
        } else if let Some(consumer) = step.get("effects") {
            let consumer = consumer.as_str().unwrap();
            let effects = self.desk().take_effects(consumer, step["max"].as_u64().unwrap_or(100) as usize)?;
            effects.iter().try_for_each(has_a_type)?;
            if flag(step, "acknowledge") {
                self.desk().acknowledge_effects(consumer, effects.last().expect("there is an effect").id)?;
            }
            written(&effects)
        } else if let Some(now) = step.get("advance") {
            let limit = step["limit"].as_u64().unwrap_or(0);
            let done = self.desk().advance_by(instant(now), limit, flag(step, "allow_leap"))?;
            Ok(json!({"fired": done.fired, "more": done.more}).to_string())
        } else {
            Err(Failed::Wrong("the step does nothing that is known".into()))
        }
    }

    fn take(&mut self, step: &Value) -> Checked {
        if let Some(due) = step.get("next_due") {
            let expected = (!due.is_null()).then(|| instant(due));
            return demand(expected, self.desk().next_due(), "next_due");
        }
        let before = self.head()?;
        if let Some(head) = step.get("head") {
            return demand(head["sequence"].as_u64(), Some(before.sequence), "the head");
        }
        if step.get("reopen").is_some() {
            self.open()?;
            return demand(before, self.head()?, "the head after reopening");
        }
        let refused = step.get("refused");
        match (self.answer_to(step), refused) {
            (Err(Failed::Wrong(problem)), _) => Err(problem),
            (Err(Failed::Refused(error)), None) => Err(format!("it is refused: {error:?}")),
            (Ok(answer), Some(_)) => Err(format!("it is accepted, and answers {answer}")),
            (Err(Failed::Refused(error)), Some(expected)) => {
                check_refusal(expected, &error)?;
                let (fired, after) = (expected["fired"].as_u64().unwrap_or(0), self.head()?);
                demand(before.sequence + fired, after.sequence, "the head after the refusal")?;
                if fired == 0 { demand(before, after, "the head after the refusal") } else { Ok(()) }
            }
            (Ok(answer), None) => {
                if flag(step, "dry_run") {
                    demand(before, self.head()?, "the head after the dry run")?;
                }
                let answer: Value = serde_json::from_str(&answer).map_err(|problem| problem.to_string())?;
                step.get("expect").map_or(Ok(()), |expected| compare(expected, &answer, ""))
            }
        }
    }

    fn run(&mut self, file: &Value) -> Checked<Head> {
        self.open()?;
        if let Some(given) = file["given"].as_str() {
            for command in read_json(&folder().join(format!("given/{given}.json"))).as_array().unwrap() {
                if let Err(Failed::Refused(problem)) = self.execute(&Value::Null, command) {
                    return Err(format!("what is given is refused: {problem:?}"));
                }
            }
        }
        for (i, step) in file["steps"].as_array().unwrap().iter().enumerate() {
            self.take(&expanded(step)).map_err(|problem| {
                let shown: String = step.to_string().chars().take(160).collect();
                format!("step {i} {shown}\n  {problem}")
            })?;
        }
        self.desk().verify().map_err(|problem| format!("{problem:?}"))?;
        let head = self.head()?;
        if self.path.is_some() {
            self.open()?;
            demand(head, self.head()?, "the head, opened again")?;
        }
        Ok(head)
    }
}

/// What became of a command in a batch, as text has it.
fn outcome(result: &tocsin::Result<Executed>) -> Value {
    match result {
        Ok(executed) => serde_json::to_value(executed).unwrap(),
        Err(error) => json!({"error": {"status": error.status().name(), "reason": error.reason(),
            "message": error.message(), "detail": error.detail()}}),
    }
}

/// The fields of an effect are those of the document of its kind.
fn has_a_type(effect: &Effect) -> Result<(), Failed> {
    let mut fields = effect.fields.clone();
    fields.insert("event".into(), effect.name.as_str().into());
    match serde_json::from_value(Value::Object(fields)) {
        Ok(Event::Unknown(fields)) => Err(Failed::Wrong(format!("an effect is not understood: {fields:?}"))),
        Ok(_) => Ok(()),
        Err(problem) => Err(Failed::Wrong(problem.to_string())),
    }
}

fn check_refusal(expected: &Value, found: &Error) -> Checked {
    demand(expected["status"].as_str(), Some(found.status().name()), &format!("the status ({found:?})"))?;
    demand(expected["reason"].as_str(), Some(found.reason()), &format!("the reason ({found:?})"))?;
    for member in ["path", "index"] {
        if let Some(value) = expected.get(member) {
            demand(value, &found.detail()[member], &format!("the {member} ({found:?})"))?;
        }
    }
    let Some(unmet) = expected.get("unmet") else { return Ok(()) };
    let parts: Value = unmet.as_array().unwrap().iter().map(|part| json!({"$contains": part})).collect();
    compare(&parts, &found.detail()["unmet"], "unmet")
}

struct Came {
    heads: Vec<Option<Head>>,
    problems: Vec<String>,
    typed: usize,
    untyped: usize,
}

/// Runs every case, and gathers what is wrong.
fn run_all(by_types: bool) -> Came {
    let place = std::env::temp_dir().join(format!("tocsin-rust-{}-{by_types}", std::process::id()));
    fs::create_dir_all(&place).unwrap();
    let mut came = Came { heads: vec![], problems: vec![], typed: 0, untyped: 0 };
    for (i, path) in cases().iter().enumerate() {
        let file = read_json(path);
        let mut options = OpenOptions::new().salt_seed(*b"tocsin conformance seed");
        if let Some(given) = file.get("options") {
            options = options.options(serde_json::from_value(given.clone()).unwrap());
        }
        let reopens = file["steps"].as_array().unwrap().iter().any(|step| step.get("reopen").is_some());
        let path_of_desk = reopens.then(|| place.join(format!("{i}.desk")));
        let mut runner = Runner { desk: None, options, path: path_of_desk, by_types, typed: 0, untyped: 0 };
        let head = runner.run(&file);
        came.typed += runner.typed;
        came.untyped += runner.untyped;
        if let Err(problem) = &head {
            came.problems.push(format!("{}: {problem}", path.file_name().unwrap().to_string_lossy()));
        }
        came.heads.push(head.ok());
    }
    fs::remove_dir_all(&place).unwrap();
    came
}

#[test]
fn every_case_holds_as_text_and_by_types() {
    let as_text = std::thread::spawn(|| run_all(false));
    let by_types = run_all(true);
    let as_text = as_text.join().unwrap();
    println!(
        "{} cases; by types {} documents, {} as text where no type says what is in them",
        by_types.heads.len(),
        by_types.typed,
        by_types.untyped
    );
    let problems = [as_text.problems, by_types.problems].concat();
    assert!(problems.is_empty(), "{} do not hold:\n{}", problems.len(), problems.join("\n"));
    assert_eq!(as_text.heads, by_types.heads, "both ways come to the same journals");
    assert!(by_types.heads.len() > 200);
    assert!(by_types.untyped * 10 < by_types.typed, "types say what documents say, but for mistakes in them");
}
