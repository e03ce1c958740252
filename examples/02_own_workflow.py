"""A workflow of one's own, published from dicts, and an incident driven through it, past a guard that says no."""

from datetime import datetime, timedelta, timezone

import tocsin

now = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)

# A fault in a lift: nobody closes it before it was inspected, and it is taken back if it breaks within a month.
workflow = {
    "key": "lift",
    "name": "Fault in a lift",
    "states": [
        {"name": "reported", "kind": "new", "initial": True},
        {"name": "under_repair", "kind": "in_progress"},
        {"name": "repaired", "kind": "resolved"},
        {"name": "closed", "kind": "closed"},
        {"name": "withdrawn", "kind": "cancelled"},
    ],
    "transitions": [
        {"verb": "begin_work", "from": ["reported"], "to": "under_repair"},
        {"verb": "resolve", "from": ["under_repair"], "to": "repaired",
         "guards": [{"condition": {"var": "custom.inspected"}, "says": "the lift has been inspected"}]},
        {"verb": "close", "from": ["repaired"], "to": "closed"},
        {"verb": "reopen", "from": ["repaired"], "to": "under_repair"},
        {"verb": "cancel", "from": ["reported"], "to": "withdrawn"},
    ],
    "resolution_codes": ["repaired", "replaced"],
    "reopen_window": timedelta(days=30),
}  # fmt: skip

with tocsin.open() as desk:
    desk.publish(
        at=now,
        people=[{"key": "tom", "name": "Tom"}],
        custom_fields=[{"key": "inspected", "name": "Inspected", "kind": "boolean", "types": ["lift_fault"]}],
        workflows=[workflow],  # type: ignore[list-item]  # a dict from anywhere is as good as a literal
        record_types=[{"key": "lift_fault", "name": "Lift", "base": "incident", "number_prefix": "LFT", "workflow": "lift"}],
    )
    number = desk.log_incident(type="lift_fault", title="Lift 2 stands still", at=now)["record"]["number"]
    desk.begin_work(incident=number, actor="tom", at=now + timedelta(minutes=20))

    repaired = now + timedelta(hours=2)
    try:
        desk.resolve_incident(incident=number, actor="tom", code="repaired", notes="New fuse", at=repaired)
    except tocsin.FailedPrecondition as refusal:
        print("Not yet:", refusal)
        print("Unmet:", refusal.detail["unmet"])

    desk.set_custom_fields(incident=number, actor="tom", custom={"inspected": True}, at=repaired)
    desk.resolve_incident(incident=number, actor="tom", code="repaired", notes="New fuse", at=repaired)

    record = desk.get(incident=number)
    print(number, "is", record["state"], "after", record["resolved_at"] - record["opened_at"])
    assert record["state"] == "repaired" and record["resolved_at"] == repaired
