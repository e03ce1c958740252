//! A desk in the event loop: timers fire when they are due, pages go out as they come, an acknowledgement ends it.
//!
//! Other threads hand commands to the loop through a channel, which also wakes it. Patience with Ana is a second here, so
//! that it is soon over.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;

use tocsin::{
    AcknowledgePage, Desk, Duration, Effect, EscalationPolicy, EscalationPolicyStep,
    EscalationPolicyStepTarget, Get, HOST, Instant, LogIncident, Person, Publish, RecordRef,
    Result, StartEscalation,
};

/// What reaches the loop from outside.
enum Message {
    Acknowledged { incident: RecordRef, by: String },
}

fn step(person: &str, patience: Duration) -> EscalationPolicyStep {
    EscalationPolicyStep::new()
        .targets([EscalationPolicyStepTarget::new("person").key(person)])
        .delay(patience)
}

/// What a host does with an effect: here a person answers it, Ben at once, Ana not at all.
fn send(effect: &Effect, answers: &Sender<Message>) {
    let person = effect.text("person").unwrap_or_default().to_owned();
    println!("{} {} {person}", effect.scheduled_at, effect.name);
    if effect.name == "page" && person == "ben" {
        let (answers, incident) = (answers.clone(), effect.record.clone());
        thread::spawn(move || {
            answers.send(Message::Acknowledged {
                incident,
                by: person,
            })
        });
    }
}

fn main() -> Result<()> {
    let mut desk = Desk::in_memory()?;
    let night = EscalationPolicy::new("night").steps([
        step("ana", Duration::seconds(1)),
        step("ben", Duration::minutes(5)),
    ]);
    let people = [
        Person::new("ana").name("Ana"),
        Person::new("ben").name("Ben"),
    ];
    desk.execute(
        &Publish::new().people(people).escalation_policies([night]),
        HOST,
        Instant::now(),
    )?;
    let logged = desk.execute(
        &LogIncident::new().title("Mail is down").severity("sev1"),
        HOST,
        Instant::now(),
    )?;
    desk.execute(
        &StartEscalation::new(logged.number(), "night"),
        HOST,
        Instant::now(),
    )?;

    let (answers, inbox) = channel();
    loop {
        desk.advance(Instant::now())?;
        desk.deliver("pager", |_, effect| {
            send(effect, &answers);
            Result::Ok(())
        })?;
        // Sleeps until something is due, or somebody says something.
        let due = desk
            .next_due()
            .map_or(Duration::hours(1), |due| due - Instant::now());
        match inbox.recv_timeout(due.try_into().unwrap_or_default()) {
            Ok(Message::Acknowledged { incident, by }) => {
                desk.execute(&AcknowledgePage::new(incident), &by, Instant::now())?;
                break;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => unreachable!("the loop has a sender of its own"),
        }
    }
    let record = desk.ask(&Get::new(logged.number()))?;
    assert_eq!(record.acknowledged_by.as_deref(), Some("ben"));
    Ok(())
}
