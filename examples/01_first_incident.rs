//! A desk in memory, one incident: the program of the main README, in Rust.

use tocsin::{Desk, Get, HOST, Impact, Instant, LogIncident, Urgency};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let at: Instant = "2026-11-22T08:00:00Z".parse()?;
    let mut desk = Desk::in_memory()?;
    let vpn = LogIncident::new()
        .title("VPN is down")
        .impact(Impact::High)
        .urgency(Urgency::High);
    let logged = desk.execute(&vpn, HOST, at)?;
    let record = desk.ask(&Get::new(logged.number()))?;
    let priority = record.priority.expect("the matrix gives one");
    println!("{} {priority}", logged.number());
    Ok(())
}
