//! A backup while the desk goes on, a standby that follows by entries, and a failover to it.

use tocsin::{Desk, Duration, Find, HOST, Instant, LogIncident, OpenOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now: Instant = "2026-11-23T08:00:00Z".parse()?;
    let home = std::env::temp_dir().join(format!("tocsin-standby-{}", std::process::id()));
    std::fs::create_dir(&home)?;
    let mut leader = Desk::open(home.join("leader.desk"))?;
    let mut standby = Desk::open(home.join("standby.desk"))?;

    for i in 0..10 {
        let command = LogIncident::new().title(format!("Incident {i}"));
        leader.execute(&command, HOST, now + Duration::minutes(i))?;
    }
    leader.backup(home.join("monday.desk"))?;

    // Over a wire: the standby says where it is, the leader sends bytes, the standby takes them up.
    loop {
        let reached = standby.head()?.sequence;
        if reached == leader.head()?.sequence {
            break;
        }
        let entries = leader.read_entries(reached + 1, 4096)?;
        let applied = standby.apply_entries(&entries)?;
        println!(
            "{} bytes from entry {} on: {applied} entries",
            entries.len(),
            reached + 1
        );
    }

    // What the standby has is proven by the hash of the last entry, which may be kept anywhere.
    let anchor = leader.head()?;
    assert_eq!(standby.head()?, anchor);
    drop(leader);

    // The standby becomes a desk of its own with its first command.
    let command = LogIncident::new().title("The machine of the leader is on fire");
    standby.execute(&command, HOST, now + Duration::hours(1))?;
    assert_eq!(standby.head()?.sequence, anchor.sequence + 1);
    println!(
        "{} entries verified after the failover",
        standby.verify()?["entries"]
    );

    let backup = OpenOptions::new()
        .read_only(true)
        .must_exist(true)
        .open(home.join("monday.desk"))?;
    assert_eq!(backup.head()?, anchor);
    println!(
        "the backup has {} incidents",
        backup.incidents(&Find::new())?.len()
    );
    drop((standby, backup));
    std::fs::remove_dir_all(home)?;
    Ok(())
}
