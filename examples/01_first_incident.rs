//! A desk in memory, one incident: the program of the main README, in Rust.

use tocsin::{Desk, Event, HOST, Impact, LogIncident, Result, Urgency};

fn main() -> Result<()> {
    let mut desk = Desk::in_memory()?;
    let at = "2026-11-22T08:00:00Z"
        .parse::<tocsin::Instant>()
        .expect("an instant");
    let logged = desk.execute(
        &LogIncident::new()
            .title("VPN is down")
            .impact(Impact::High)
            .urgency(Urgency::High),
        HOST,
        at,
    )?;
    if let Event::IncidentLogged(event) = &logged.events[0] {
        println!(
            "{} {}",
            logged.number(),
            event
                .priority
                .as_ref()
                .map_or("", |priority| priority.as_str())
        );
    }
    Ok(())
}
