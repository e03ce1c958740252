//! A workflow of one's own, published from structs, and an incident driven through it, past a guard that says no.

use serde_json::json;
use tocsin::{
    BeginWork, CustomField, Desk, Duration, Get, HOST, Instant, LogIncident, Person, Publish,
    RecordType, ResolveIncident, SetCustomFields, StateKind, Status, Verb, Workflow, WorkflowState,
    WorkflowTransition, WorkflowTransitionGuard,
};

/// A fault in a lift: nobody closes it before it was inspected, and it is taken back if it breaks within a month.
fn lift() -> Workflow {
    let inspected = WorkflowTransitionGuard::new(
        json!({"var": "custom.inspected"}),
        "the lift has been inspected",
    );
    Workflow::new(
        "lift",
        [
            WorkflowState::new("reported", StateKind::New).initial(true),
            WorkflowState::new("under_repair", StateKind::InProgress),
            WorkflowState::new("repaired", StateKind::Resolved),
            WorkflowState::new("closed", StateKind::Closed),
            WorkflowState::new("withdrawn", StateKind::Cancelled),
        ],
        [
            WorkflowTransition::new(Verb::BeginWork, ["reported"]).to("under_repair"),
            WorkflowTransition::new(Verb::Resolve, ["under_repair"])
                .to("repaired")
                .guards([inspected]),
            WorkflowTransition::new(Verb::Close, ["repaired"]).to("closed"),
            WorkflowTransition::new(Verb::Reopen, ["repaired"]).to("under_repair"),
            WorkflowTransition::new(Verb::Cancel, ["reported"]).to("withdrawn"),
        ],
    )
    .name("Fault in a lift")
    .resolution_codes(["repaired", "replaced"])
    .reopen_window(Duration::days(30))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now: Instant = "2026-11-23T08:00:00Z".parse()?;
    let mut desk = Desk::in_memory()?;
    desk.execute(
        &Publish::new()
            .people([Person::new("tom").name("Tom")])
            .custom_fields([CustomField::new("inspected", "boolean")
                .name("Inspected")
                .types(["lift_fault"])])
            .workflows([lift()])
            .record_types([RecordType::new("lift_fault", "incident", "LFT", "lift").name("Lift")]),
        HOST,
        now,
    )?;
    let logged = desk.execute(
        &LogIncident::new()
            .type_("lift_fault")
            .title("Lift 2 stands still"),
        HOST,
        now,
    )?;
    let number = logged.number();
    desk.execute(&BeginWork::new(number), "tom", now + Duration::minutes(20))?;

    let repaired = now + Duration::hours(2);
    let resolve = ResolveIncident::new(number, "repaired", "New fuse");
    let refusal = desk
        .execute(&resolve, "tom", repaired)
        .expect_err("it was not inspected");
    assert_eq!(refusal.status(), Status::FailedPrecondition);
    println!("Not yet: {refusal}\nUnmet: {}", refusal.detail()["unmet"]);

    desk.execute(
        &SetCustomFields::new(number, [("inspected", true)]),
        "tom",
        repaired,
    )?;
    desk.execute(&resolve, "tom", repaired)?;

    let record = desk.ask(&Get::new(number))?;
    println!(
        "{number} is {} since {repaired}",
        record.state.as_deref().unwrap_or_default()
    );
    assert_eq!(record.state.as_deref(), Some("repaired"));
    assert_eq!(record.resolved_at, Some(repaired));
    Ok(())
}
