"""A backup while the desk goes on, a standby that follows by entries, and a failover to it."""

import pathlib
import tempfile
from datetime import datetime, timedelta, timezone

import tocsin

now = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)

with tempfile.TemporaryDirectory() as folder:
    home = pathlib.Path(folder)
    leader = tocsin.open(home / "leader.desk")
    standby = tocsin.open(home / "standby.desk")

    for i in range(10):
        leader.log_incident(title=f"Incident {i}", at=now + timedelta(minutes=i))
    leader.backup(home / "monday.desk")

    # Over a wire: the standby says where it is, the leader sends bytes, the standby takes them up.
    while (reached := standby.head().sequence) < leader.head().sequence:
        entries = leader.read_entries(reached + 1, bytes_max=4096)
        print(f"{len(entries)} bytes from entry {reached + 1} on: {standby.apply_entries(entries)} entries")
    assert standby.head() == leader.head()

    # What the standby has is proven by the hash of the last entry, which may be kept anywhere.
    anchor = leader.head()
    leader.close()

    # The standby becomes a desk of its own with its first command.
    standby.log_incident(title="The machine of the leader is on fire", at=now + timedelta(hours=1))
    assert standby.head().sequence == anchor.sequence + 1
    print(standby.verify()["entries"], "entries verified after the failover")
    standby.close()

    with tocsin.open(home / "monday.desk", read_only=True, must_exist=True) as backup:
        assert backup.head() == anchor
        print("the backup has", len(backup.incidents()), "incidents")
