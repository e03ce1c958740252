//! What a desk promises to a Rust program, beside what the conformance cases show.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use serde_json::{Value, json};
use tocsin::*;

const MONDAY: &str = "2026-11-23T08:00:00Z";

fn at(minutes: i64) -> Instant {
    MONDAY.parse::<Instant>().unwrap() + Duration::minutes(minutes)
}

fn with_people() -> Desk {
    let mut desk = Desk::in_memory().unwrap();
    let people = [Person::new("ana").name("Ana"), Person::new("ben").name("Ben")];
    desk.execute(&Publish::new().people(people), HOST, at(0)).unwrap();
    desk
}

fn log(desk: &mut Desk, title: &str) -> String {
    desk.execute(&LogIncident::new().title(title).caller("ben"), HOST, at(1)).unwrap().number().to_owned()
}

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("tocsin-rust-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn is_send_and_sync<T: Send + Sync>() {}

#[test]
fn what_may_cross_threads_does() {
    is_send_and_sync::<Desk>();
    is_send_and_sync::<Calendar>();
    is_send_and_sync::<Interrupter>();
    is_send_and_sync::<Error>();
    is_send_and_sync::<Rows>();
}

#[test]
fn threads_ask_one_desk_side_by_side() {
    let mut desk = with_people();
    let number = log(&mut desk, "VPN is down");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let record = desk.ask(&Get::new(&number)).unwrap();
                    assert_eq!(record.title.as_deref(), Some("VPN is down"));
                    assert_eq!(desk.incidents(&Find::new()).unwrap().len(), 1);
                }
            });
        }
    });
}

#[test]
fn a_desk_goes_to_another_thread_and_back() {
    let mut desk = with_people();
    let moved = thread::spawn(move || {
        log(&mut desk, "VPN is down");
        desk
    });
    assert_eq!(moved.join().unwrap().ask(&Get::new(1)).unwrap().title.as_deref(), Some("VPN is down"));
}

#[test]
fn a_call_is_interrupted_from_another_thread() {
    let mut desk = with_people();
    let interrupter = desk.interrupter();
    let mut batch = Batch::new();
    for i in 0..20_000 {
        batch.add(&LogIncident::new().title(format!("Incident {i}")), HOST, at(1)).unwrap();
    }
    let (ready, waiting) = channel();
    let other = thread::spawn(move || {
        waiting.recv().unwrap();
        interrupter.interrupt();
    });
    ready.send(()).unwrap();
    // It stops the batch that runs, or, where it came before or after that, the call that comes next.
    let stopped = desk.execute_all(&batch).err();
    other.join().unwrap();
    let stopped = stopped.or_else(|| desk.verify().err()).expect("one of them is stopped");
    assert_eq!(stopped.status(), Status::Cancelled);
    assert!(desk.verify().is_ok());
}

#[test]
fn who_interrupts_a_desk_that_is_closed_does_nothing() {
    let desk = Desk::in_memory().unwrap();
    let interrupter = desk.interrupter();
    drop(desk);
    interrupter.clone().interrupt();
}

#[test]
fn a_fork_outlives_its_desk_and_changes_nothing() {
    let mut desk = with_people();
    log(&mut desk, "VPN is down");
    let before = desk.head().unwrap();
    let mut fork = desk.fork().unwrap();
    log(&mut fork, "What if");
    assert_eq!(desk.head().unwrap(), before);
    drop(desk);
    assert_eq!(fork.incidents(&Find::new()).unwrap().len(), 2);
}

#[test]
fn a_refusal_says_what_where_and_what_was_allowed() {
    let mut desk = with_people();
    let before = desk.head().unwrap();
    let error = desk.execute(&LogIncident::new().title("x").impact("hgh"), HOST, at(1)).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);
    assert_eq!(error.detail()["path"], "/impact");
    assert_eq!(error.detail()["nearest"], "high");
    assert_eq!(error.to_string(), error.message());
    assert!(format!("{error:?}").starts_with("invalid_argument (document."), "{error:?}");
    assert_eq!(desk.head().unwrap(), before);
}

#[test]
fn a_batch_is_accepted_as_a_whole_or_each_by_itself() {
    let mut desk = with_people();
    let mut batch = Batch::new();
    batch.add(&LogIncident::new().title("One"), HOST, at(1)).unwrap();
    batch.add(&BeginWork::new("INC0000099"), "ana", at(1)).unwrap();
    batch.add(&LogIncident::new().title("Two"), HOST, at(1)).unwrap();

    let before = desk.head().unwrap();
    let error = desk.execute_all(&batch).unwrap_err();
    assert_eq!((error.status(), &error.detail()["index"]), (Status::NotFound, &json!(1)));
    assert_eq!(desk.head().unwrap(), before);

    let results = desk.execute_each(&batch).unwrap();
    assert_eq!(results[0].as_ref().unwrap().number(), "INC0000001");
    assert_eq!(results[1].as_ref().unwrap_err().reason(), "document.unknown_record");
    assert_eq!(results[2].as_ref().unwrap().number(), "INC0000002");
}

#[test]
fn an_empty_batch_does_nothing() {
    let mut desk = Desk::in_memory().unwrap();
    assert_eq!(desk.execute_all(&Batch::new()).unwrap(), []);
}

#[test]
fn a_dry_run_answers_and_changes_nothing() {
    let mut desk = with_people();
    let before = desk.head().unwrap();
    let would = desk.dry_run(&LogIncident::new().title("VPN is down"), HOST, at(1)).unwrap();
    assert_eq!(would.number(), "INC0000001");
    assert_eq!(would.events[0].name(), "incident_logged");
    assert_eq!(desk.head().unwrap(), before);
}

#[test]
fn the_same_key_again_answers_the_first_result() {
    let mut desk = with_people();
    let command = LogIncident::new().title("VPN is down").idempotency_key("mail-1");
    let first = desk.execute(&command, "ana", at(1)).unwrap();
    let again = desk.execute(&command, "ana", at(2)).unwrap();
    assert!(!first.repeated && again.repeated);
    assert_eq!(first.sequence, again.sequence);
}

#[test]
fn an_expected_version_that_is_another_is_a_conflict() {
    let mut desk = with_people();
    let number = log(&mut desk, "VPN is down");
    let error = desk.execute(&BeginWork::new(&number).expected_version(7), "ana", at(2)).unwrap_err();
    assert_eq!(error.status(), Status::Conflict);
}

#[test]
fn events_and_records_have_types() {
    let mut desk = with_people();
    let logged = desk.execute(&LogIncident::new().title("x").channel(Channel::Phone), HOST, at(1)).unwrap();
    let Event::IncidentLogged(event) = &logged.events[0] else { panic!("{:?}", logged.events) };
    assert_eq!(event.channel, Some(Channel::Phone));
    let record = desk.ask(&Get::new(1)).unwrap();
    assert_eq!((record.id, record.channel), (Some(1), Some(Channel::Phone)));
    assert_eq!(record.opened_at, Some(at(1)));
}

#[test]
fn what_later_versions_add_is_kept() {
    let event: Event = serde_json::from_value(json!({"event": "coffee_made", "cups": 2})).unwrap();
    assert!(matches!(event, Event::Unknown(_)));
    assert_eq!(event.name(), "coffee_made");
    assert_eq!(serde_json::to_value(&event).unwrap(), json!({"event": "coffee_made", "cups": 2}));
    let channel: Channel = serde_json::from_value(json!("telepathy")).unwrap();
    assert_eq!((channel.as_str(), channel.clone()), ("telepathy", Channel::Unknown("telepathy".into())));
    let note: AddNote = serde_json::from_value(json!({"incident": 1, "text": "x", "colour": "red"})).unwrap();
    assert_eq!(note, AddNote::new(1, "x"));
}

#[test]
fn a_document_that_lacks_what_it_needs_is_not_read() {
    let problem = serde_json::from_value::<AddNote>(json!({"incident": 1})).unwrap_err();
    assert!(problem.to_string().contains("text is missing"), "{problem}");
    let problem = serde_json::from_value::<Get>(json!({"incident": 1, "as_of": "2026-11-23T08:00:00"})).unwrap_err();
    assert!(problem.to_string().contains("as_of"), "{problem}");
}

#[test]
fn a_question_is_answered_by_a_type_of_your_own() {
    #[derive(serde::Deserialize)]
    struct Counted {
        total: u64,
    }
    let mut desk = with_people();
    log(&mut desk, "VPN is down");
    assert_eq!(desk.ask_for::<Counted>(&Count::new()).unwrap().total, 1);
    assert_eq!(desk.ask(&Count::new()).unwrap()["total"], 1);
    let error = desk.ask_for::<Vec<u8>>(&Count::new()).unwrap_err();
    assert_eq!(error.reason(), "binding.answer");
}

#[test]
fn lists_come_whole_and_by_pages() {
    let mut desk = with_people();
    for i in 0..7 {
        log(&mut desk, &format!("Incident {i}"));
    }
    let rows = desk.incidents(&Find::new()).unwrap();
    assert_eq!(rows.iter().map(IncidentRow::id).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!((rows[0].state_kind(), rows[0].opened_at()), (Some(StateKind::New), Some(at(1))));
    assert_eq!((rows[0].resolved_at(), rows.cursor()), (None, None));

    let first = desk.incidents(&Find::new().limit(3)).unwrap();
    let rest = desk.incidents(&Find::new().cursor(first.cursor().unwrap())).unwrap();
    assert_eq!((first.len(), rest.len(), rest[0].id()), (3, 4, 4));

    let records: Result<Vec<_>> = desk.records(Find::new().limit(2)).collect();
    assert_eq!(records.unwrap().len(), 7);
    assert!(desk.records(Find::new().cursor("no cursor")).next().unwrap().is_err());
}

#[test]
fn an_effect_comes_again_until_the_next_is_asked_for() {
    let mut desk = with_people();
    for title in ["One", "Two"] {
        let number = log(&mut desk, title);
        desk.execute(&AssignIncident::new(&number).assignee("ana"), HOST, at(2)).unwrap();
    }
    let all = desk.take_effects("looks", 100).unwrap();
    assert!(all.len() >= 2);
    let handed_out = desk.effects("mailer").next().unwrap().unwrap();
    assert_eq!(handed_out, all[0]);

    let mut again = desk.effects("mailer");
    assert_eq!(again.next().unwrap().unwrap(), all[0]);
    assert_eq!(again.next().unwrap().unwrap(), all[1]);
    drop(again);
    assert_eq!(desk.effects("mailer").map(|effect| effect.unwrap().id).collect::<Vec<_>>(), ids(&all[1..]));
    assert!(desk.take_effects("mailer", 100).unwrap().is_empty());
}

fn ids(effects: &[Effect]) -> Vec<u64> {
    effects.iter().map(|effect| effect.id).collect()
}

#[test]
fn delivery_stops_at_what_fails_and_goes_on_from_there() {
    let mut desk = with_people();
    let number = log(&mut desk, "VPN is down");
    desk.execute(&AssignIncident::new(&number).assignee("ana"), HOST, at(2)).unwrap();
    let expected = ids(&desk.take_effects("looks", 100).unwrap());

    let failed = desk.deliver("mailer", |_, _| Err::<(), Box<dyn std::error::Error>>("the line is down".into()));
    assert_eq!(failed.unwrap_err().to_string(), "the line is down");
    let mut sent = vec![];
    let count = desk
        .deliver("mailer", |desk, effect| {
            if sent.is_empty() {
                desk.execute(&AddNote::new(&effect.record, "Sent"), HOST, at(3))?;
            }
            sent.push(effect.id);
            Ok::<(), Error>(())
        })
        .unwrap();
    assert_eq!(sent[..expected.len()], expected[..]);
    assert_eq!(count as usize, sent.len());
}

#[test]
fn a_page_is_read_as_its_document() {
    let mut desk = with_people();
    let target = EscalationPolicyStepTarget::new(EscalationTargetKind::Person).key("ana");
    let policy = EscalationPolicy::new("night").steps([EscalationPolicyStep::new().targets([target])]);
    desk.execute(&Publish::new().escalation_policies([policy]), HOST, at(1)).unwrap();
    let number = log(&mut desk, "VPN is down");
    desk.execute(&StartEscalation::new(&number, "night"), HOST, at(2)).unwrap();
    let effects = desk.take_effects("pager", 100).unwrap();
    let page = effects.iter().find(|effect| effect.name == "page").unwrap();
    assert_eq!((page.text("person"), page.record.to_string()), (Some("ana"), number));
    assert_eq!(page.read::<Page>().unwrap().person.as_deref(), Some("ana"));
}

#[test]
fn timers_fire_when_they_are_due() {
    let mut desk = with_people();
    let target = EscalationPolicyStepTarget::new("person").key("ana");
    let step = EscalationPolicyStep::new().targets([target]).delay(std::time::Duration::from_secs(300));
    desk.execute(&Publish::new().escalation_policies([EscalationPolicy::new("night").steps([step])]), HOST, at(0))
        .unwrap();
    assert_eq!(desk.next_due(), None);
    let number = log(&mut desk, "VPN is down");
    desk.execute(&StartEscalation::new(&number, "night"), HOST, at(1)).unwrap();
    let due = desk.next_due().expect("a timer is waiting");
    let advanced = desk.advance(due).unwrap();
    assert!(advanced.fired > 0 && !advanced.more);
    assert!(desk.next_due().is_none_or(|next| next > due));
    let error = desk.advance(due + Duration::days(10_000)).unwrap_err();
    assert_eq!(error.status(), Status::FailedPrecondition);
}

#[test]
fn a_desk_in_a_file_is_there_again() {
    let folder = Folder::new("file");
    let path = folder.0.join("support.desk");
    assert_eq!(OpenOptions::new().must_exist(true).open(&path).err().unwrap().status(), Status::NotFound);
    let mut desk = Desk::open(&path).unwrap();
    desk.execute(&LogIncident::new().title("VPN is down"), HOST, at(1)).unwrap();
    let head = desk.head().unwrap();
    desk.backup(folder.0.join("copy.desk")).unwrap();
    assert_eq!(desk.backup(folder.0.join("copy.desk")).unwrap_err().status(), Status::AlreadyExists);
    drop(desk);
    assert_eq!(Desk::open(&path).unwrap().head().unwrap(), head);

    let mut copy = OpenOptions::new().read_only(true).open(folder.0.join("copy.desk")).unwrap();
    assert_eq!(copy.head().unwrap(), head);
    assert!(copy.execute(&LogIncident::new().title("x"), HOST, at(2)).is_err());
}

#[test]
fn a_standby_follows_and_refuses_what_does_not_follow() {
    let mut leader = with_people();
    log(&mut leader, "VPN is down");
    let mut standby = Desk::in_memory().unwrap();
    let logged = leader.head().unwrap().sequence;
    assert_eq!(standby.follow(&leader).unwrap(), logged);
    assert_eq!(standby.follow(&leader).unwrap(), 0);
    assert_eq!(standby.head().unwrap(), leader.head().unwrap());
    assert_eq!(standby.entry(logged).unwrap()["asked"]["command"], "log_incident");

    log(&mut standby, "On the standby");
    log(&mut leader, "On the leader");
    let entries = leader.read_entries(logged + 1, 1 << 20).unwrap();
    assert_eq!(standby.apply_entries(&entries).unwrap_err().status(), Status::Conflict);
    assert_eq!(standby.apply_entries(b"no entries at all").unwrap_err().status(), Status::Corrupt);
}

#[test]
fn options_and_presence_go_in_as_documents() {
    let options = DeskOptions::new().number_prefix("CASE").number_width(3);
    let mut desk = OpenOptions::new().options(options).salt_seed([7; 32]).open_in_memory().unwrap();
    desk.execute(&Publish::new().people([Person::new("ana")]), HOST, at(0)).unwrap();
    let logged = desk.execute(&LogIncident::new().title("x"), HOST, at(0)).unwrap();
    assert_eq!(logged.number(), "CASE001");
    desk.note_presence(&PresenceNote::new("CASE001", "ana", Activity::Viewing, at(0)).until(at(30))).unwrap();
    assert!(desk.ask(&Presence::new("CASE001")).unwrap().to_string().contains("ana"));
    assert!(OpenOptions::new().salt_seed(*b"short").open_in_memory().is_err());
}

#[test]
fn json_text_goes_in_and_out() {
    let mut desk = Desk::in_memory().unwrap();
    let lines = "{\"command\":\"log_incident\",\"actor\":\"host\",\"title\":\"One\"}\n\
                 {\"command\":\"log_incident\",\"actor\":\"host\",\"title\":\"Two\"}\n";
    let answer = desk.execute_json(lines, Some(at(0)), Mode { lines: true, ..Mode::default() }).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer[1]["record"]["number"], "INC0000002");
    assert!(desk.ask_json(r#"{"query":"count"}"#).unwrap().contains("\"total\":2"));
    assert_eq!(desk.execute_json([0xff, 0xfe], None, Mode::default()).unwrap_err().status(), Status::InvalidArgument);
    assert_eq!(desk.execute_json("", None, Mode::default()).unwrap_err().status(), Status::InvalidArgument);
}

#[test]
fn an_instant_that_no_text_can_say_is_refused_here() {
    let mut desk = Desk::in_memory().unwrap();
    let never = Instant::from_micros(i64::MAX);
    let error = desk.execute(&LogIncident::new().title("x"), HOST, never).unwrap_err();
    assert_eq!((error.status(), error.reason()), (Status::InvalidArgument, "binding.document"));
}

#[test]
fn the_library_describes_itself() {
    assert_eq!(library_version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(schema("log_incident").unwrap()["title"], "log_incident");
    assert_eq!(schema("coffee").unwrap_err().status(), Status::NotFound);
    assert!(catalogue().unwrap()["commands"].as_array().unwrap().len() > 50);
    let words = [Status::NotFound, Status::OutOfMemory, Status::Unknown(99)].map(Status::name);
    assert_eq!(words, ["not_found", "out_of_memory", "unknown"]);
}

// ---- what workflows ask the host

/// A desk with one incident, which is resolved if the host says so.
fn with_a_host_guard() -> Desk {
    let mut desk = Desk::in_memory().unwrap();
    let states = [
        WorkflowState::new("begun", StateKind::New).initial(true),
        WorkflowState::new("done", StateKind::Resolved),
        WorkflowState::new("over", StateKind::Closed),
    ];
    let credit = WorkflowTransitionHostGuard::new("credit", "there is no credit");
    let moves = [
        WorkflowTransition::new(Verb::Resolve, ["begun"]).to("done").host_guards([credit]),
        WorkflowTransition::new(Verb::Close, ["done"]).to("over"),
    ];
    let workflow = Workflow::new("credit", states, moves).name("Credit").resolution_codes(["settled"]);
    desk.execute(&Publish::new().workflows([workflow]), HOST, at(0)).unwrap();
    desk.execute(&LogIncident::new().title("A bill").workflow("credit"), HOST, at(1)).unwrap();
    desk
}

fn resolve(desk: &mut Desk) -> Result<Executed> {
    desk.execute(&ResolveIncident::new("INC0000001", "settled", "Paid"), HOST, at(2))
}

fn no_credit(desk: &mut Desk) -> bool {
    resolve(desk).unwrap_err().reason() == "workflow.host_guard"
}

#[test]
fn the_host_answers_what_a_workflow_asks() {
    let mut desk = with_a_host_guard();
    assert!(no_credit(&mut desk));
    let mut answers = VecDeque::from([Some(false), None, Some(true)]);
    let (asked, questions) = channel();
    desk.set_guard(move |question| {
        asked.send(serde_json::from_str::<Value>(question).unwrap()).unwrap();
        answers.pop_front().unwrap()
    })
    .unwrap();
    assert!(no_credit(&mut desk));
    assert!(no_credit(&mut desk));
    resolve(&mut desk).unwrap();
    let questions: Vec<Value> = questions.try_iter().collect();
    assert_eq!(questions.len(), 3);
    let question = json!({"guard": "credit", "incident": "INC0000001", "actor": "host", "at": "2026-11-23T08:02:00Z"});
    assert_eq!(questions[0], question);
    let entry = desk.entry(desk.head().unwrap().sequence).unwrap();
    assert!(entry["events"].to_string().contains("guard_answered"));
}

#[test]
fn a_fork_has_a_guard_of_its_own_or_none() {
    let mut desk = with_a_host_guard();
    desk.set_guard(|_| Some(true)).unwrap();
    let mut fork = desk.fork().unwrap();
    assert!(no_credit(&mut fork));
    fork.set_guard_answers(&[("credit".to_owned(), true)].into()).unwrap();
    resolve(&mut fork).unwrap();
    assert_eq!(desk.ask(&Get::new(1)).unwrap().state_kind, Some(StateKind::New));
}

#[test]
fn where_a_guard_panics_the_call_that_asked_does() {
    let mut desk = with_a_host_guard();
    desk.set_guard(|_| panic_any("no line to the bank")).unwrap();
    let before = desk.head().unwrap();
    for _ in 0..2 {
        let panic = catch_unwind(AssertUnwindSafe(|| resolve(&mut desk))).unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"no line to the bank"));
    }
    let mut batch = Batch::new();
    batch.add(&ResolveIncident::new(1, "settled", "Paid"), HOST, at(2)).unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| desk.execute_each(&batch))).is_err());
    assert_eq!(desk.head().unwrap(), before);
    desk.interrupter().interrupt();
    assert_eq!(resolve(&mut desk).unwrap_err().reason(), "desk.interrupted");
    desk.set_guard(|_| Some(true)).unwrap();
    resolve(&mut desk).unwrap();
}

#[test]
fn a_guard_is_dropped_once_it_is_not_needed() {
    let life = Arc::new(());
    let counted = || {
        let life = Arc::clone(&life);
        move |_: &str| Some(Arc::strong_count(&life) == 0)
    };
    let mut desk = with_a_host_guard();
    desk.set_guard(counted()).unwrap();
    desk.set_guard(counted()).unwrap(); // the one before goes
    assert_eq!(Arc::strong_count(&life), 2);
    let fork = desk.fork().unwrap();
    desk.clear_guard().unwrap();
    assert_eq!(Arc::strong_count(&life), 1);
    assert!(no_credit(&mut desk));
    desk.set_guard(counted()).unwrap();
    drop(desk);
    assert_eq!(Arc::strong_count(&life), 1);
    drop(fork);

    let folder = Folder::new("guard");
    let path = folder.0.join("support.desk");
    let mut lost = Desk::open(&path).unwrap();
    let _owner = OpenOptions::new().take_over(true).open(&path).unwrap();
    assert!(lost.set_guard(counted()).is_err());
    assert_eq!(Arc::strong_count(&life), 1);
}

// ---- what it says beside its answers

#[test]
fn what_a_desk_says_goes_to_the_log() {
    let mut desk = Desk::in_memory().unwrap();
    let (say, said) = channel();
    let listener = || {
        let say = say.clone();
        move |level, category: &str, message: &str| {
            say.send((level, category.to_owned(), message.to_owned())).unwrap();
        }
    };
    desk.set_log(listener()).unwrap();
    assert_eq!(said.try_iter().collect::<Vec<_>>(), [(LogLevel::Info, "desk".into(), "a new desk".into())]);
    let number = desk.execute(&LogIncident::new().title("x"), HOST, at(0)).unwrap().number().to_owned();
    let hold = HoldIncident::new(number, "awaiting_vendor").follow_up_at(at(60));
    desk.execute(&hold, HOST, at(0)).unwrap();
    desk.set_log(listener()).unwrap(); // the one before goes, and nothing is said again
    desk.advance(at(120)).unwrap();
    let late: Vec<_> = said.try_iter().collect();
    assert_eq!((late.len(), late[0].0, late[0].1.as_str()), (1, LogLevel::Warning, "time"));
    assert!(late[0].2.contains("PT1H late"));
    desk.clear_log().unwrap();
    desk.advance(at(20 * 24 * 60)).unwrap();
    assert_eq!(said.try_iter().count(), 0);
}

#[test]
fn a_panic_of_the_log_ends_nothing() {
    let mut desk = Desk::in_memory().unwrap();
    let (say, said) = channel();
    desk.set_log(move |_, _, _| {
        say.send(()).unwrap();
        panic_any("no disk")
    })
    .unwrap();
    assert_eq!(said.try_iter().count(), 1);
    desk.set_progress(|_, _, _| false).unwrap();
    many_incidents(&mut desk).unwrap_err(); // and the panic does not go on from another call
}

/// More than pass without a report.
fn many_incidents(desk: &mut Desk) -> Result<Vec<Executed>> {
    let mut batch = Batch::new();
    for i in 0..1100 {
        batch.add(&LogIncident::new().title(format!("{i}")), HOST, at(0)).unwrap();
    }
    desk.execute_all(&batch)
}

#[test]
fn a_long_call_says_how_far_it_is_and_can_be_stopped() {
    let mut desk = Desk::in_memory().unwrap();
    let (report, reports) = channel();
    desk.set_progress(move |doing, done, total| report.send((doing.to_owned(), done, total)).is_ok()).unwrap();
    many_incidents(&mut desk).unwrap();
    assert_eq!(reports.try_iter().collect::<Vec<_>>(), [("execute".into(), 1024, 0)]);
    desk.verify().unwrap();
    assert_eq!(reports.try_iter().last().unwrap(), ("verify".into(), 1024, 1101));
    desk.fork().unwrap().verify().unwrap();
    assert_eq!(reports.try_iter().count(), 0);

    desk.set_progress(|_, _, _| false).unwrap();
    let stopped = desk.verify().unwrap_err();
    assert_eq!((stopped.status(), stopped.reason()), (Status::Cancelled, "desk.stopped"));
    desk.clear_progress().unwrap();
    desk.verify().unwrap();
}

#[test]
fn where_the_progress_panics_the_call_that_reported_does() {
    let mut desk = Desk::in_memory().unwrap();
    many_incidents(&mut desk).unwrap();
    let before = desk.head().unwrap();
    desk.set_progress(|doing, _, _| panic_any(doing.to_owned() + " takes too long")).unwrap();
    let panic = catch_unwind(AssertUnwindSafe(|| many_incidents(&mut desk))).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"execute takes too long".to_owned()));
    assert_eq!(desk.head().unwrap(), before);
    thread::scope(|threads| {
        let ask = || desk.verify();
        for asked in [threads.spawn(ask), threads.spawn(ask)] {
            let panic = asked.join().unwrap_err();
            assert_eq!(panic.downcast_ref(), Some(&"verify takes too long".to_owned()));
        }
    });
    desk.set_progress(|_, _, _| false).unwrap();
    assert_eq!(desk.verify().unwrap_err().reason(), "desk.stopped");
}

#[test]
fn a_log_and_a_progress_are_dropped_once_they_are_not_needed() {
    let life = Arc::new(());
    let log = |life: Arc<()>| move |_, _: &str, _: &str| assert!(Arc::strong_count(&life) != 0);
    let progress = |life: Arc<()>| move |_: &str, _, _| Arc::strong_count(&life) != 0;
    let mut desk = Desk::in_memory().unwrap();
    for _ in 0..2 {
        desk.set_log(log(life.clone())).unwrap();
        desk.set_progress(progress(life.clone())).unwrap();
        assert_eq!(Arc::strong_count(&life), 3);
    }
    desk.clear_log().unwrap();
    assert_eq!(Arc::strong_count(&life), 2);
    drop(desk);
    assert_eq!(Arc::strong_count(&life), 1);
}

// ---- timers

/// A desk whose only incident closes by itself in five days, and the instant at which it does.
fn with_a_timer() -> (Desk, Instant) {
    let mut desk = with_people();
    let number = log(&mut desk, "VPN is down");
    desk.execute(&ResolveIncident::new(number.as_str(), "fix", "Done"), "ana", at(2)).unwrap();
    let due = desk.next_due().unwrap();
    (desk, due)
}

fn within_ten_seconds(mut met: impl FnMut() -> bool) -> bool {
    (0..1000).any(|_| {
        thread::sleep(std::time::Duration::from_millis(10));
        met()
    })
}

#[test]
fn a_driver_fires_what_is_due_and_gives_the_desk_back() {
    let (desk, due) = with_a_timer();
    let clock = std::sync::Arc::new(std::sync::Mutex::new(at(3)));
    let told = clock.clone();
    let driver = TimerDriver::start_with_clock(desk, move || *told.lock().unwrap());
    assert_eq!(driver.lock().next_due(), Some(due));
    *clock.lock().unwrap() = due;
    driver.wake();
    assert!(within_ten_seconds(|| driver.lock().next_due().is_none()));
    assert!(driver.is_running());
    assert_eq!(driver.stop().unwrap().ask(&Get::new("INC0000001")).unwrap().state_kind, Some(StateKind::Closed));
}

#[test]
fn a_command_wakes_the_driver() {
    let driver = TimerDriver::start_with_clock(with_people(), || at(60 * 24 * 20));
    {
        let mut desk = driver.lock();
        let number = log(&mut desk, "VPN is down");
        desk.execute(&ResolveIncident::new(number.as_str(), "fix", "Done"), "ana", at(2)).unwrap();
    }
    assert!(within_ten_seconds(|| driver.lock().next_due().is_none()));
}

#[test]
fn what_ends_a_driver_is_said_when_it_is_stopped() {
    let (desk, due) = with_a_timer();
    let driver = TimerDriver::start_with_clock(desk, move || due + Duration::days(10_000));
    assert!(within_ten_seconds(|| !driver.is_running()));
    assert_eq!(driver.lock().next_due(), Some(due));
    assert_eq!(driver.stop().map(|_| ()).unwrap_err().reason(), "desk.leap_too_far");
}

#[test]
fn a_driver_that_is_dropped_stops() {
    let (desk, _) = with_a_timer();
    drop(TimerDriver::start_with_clock(desk, || at(3)));
}

#[test]
fn clocks_and_timers_come_as_rows() {
    let (desk, due) = with_a_timer();
    let timers = desk.timer_rows(&Timers::new()).unwrap();
    assert_eq!((timers.len(), timers[0].due_at(), timers[0].timer_kind()), (1, Some(due), Some("auto_close")));
    assert!(desk.clock_rows(&BreachesAhead::new()).unwrap().is_empty());
    assert_eq!(desk.key("person", 1).unwrap(), "system");
    assert_eq!(desk.key("person", 4711).unwrap_err().status(), Status::NotFound);
}
