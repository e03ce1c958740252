//! A worker that sends what lies in the outbox, is stopped in the middle, and sends nothing twice and nothing never.
//!
//! The cursor of a consumer is in the desk's file, so a worker that comes back goes on where it was. Between sending and
//! acknowledging it may be stopped: the effect comes again, and its id tells the receiver that it has it already.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use tocsin::{AssignIncident, Desk, Effect, HOST, Instant, LogIncident, Person, Publish};

/// Takes a message once: what comes again under the same id, it has already.
struct MailServer {
    received: BTreeMap<u64, String>,
    calls: u32,
    fails_at: u32,
}

impl MailServer {
    fn send(&mut self, effect: &Effect) -> Result<(), Box<dyn Error>> {
        self.calls += 1;
        self.received
            .entry(effect.id)
            .or_insert_with(|| format!("{} {}", effect.name, effect.record));
        if self.calls == self.fails_at {
            return Err("the answer of the mail server was lost".into());
        }
        Ok(())
    }
}

fn work(path: &Path, server: &mut MailServer) -> Result<(), Box<dyn Error>> {
    let mut desk = Desk::open(path)?;
    for effect in desk.effects("mailer") {
        server.send(&effect?)?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let now: Instant = "2026-11-23T08:00:00Z".parse()?;
    let folder = std::env::temp_dir().join(format!("tocsin-outbox-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    let path = folder.join("support.desk");

    let mut desk = Desk::open(&path)?;
    let people = [
        Person::new("ana").name("Ana"),
        Person::new("ben").name("Ben"),
    ];
    desk.execute(&Publish::new().people(people), HOST, now)?;
    for title in ["VPN is down", "Mail is slow", "Printer jams"] {
        let logged = desk.execute(&LogIncident::new().title(title).caller("ben"), HOST, now)?;
        desk.execute(
            &AssignIncident::new(logged.number()).assignee("ana"),
            HOST,
            now,
        )?;
    }
    let effects = desk.take_effects("a look without acknowledging", 100)?;
    let expected: Vec<u64> = effects.iter().map(|effect| effect.id).collect();
    drop(desk);

    let mut server = MailServer {
        received: BTreeMap::new(),
        calls: 0,
        fails_at: 2,
    };
    let problem = work(&path, &mut server).expect_err("the server fails once");
    println!("stopped: {problem}");
    work(&path, &mut server)?;

    println!(
        "{} messages in {} calls",
        server.received.len(),
        server.calls
    );
    assert!(server.received.keys().eq(&expected));
    assert_eq!(server.calls as usize, expected.len() + 1);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
