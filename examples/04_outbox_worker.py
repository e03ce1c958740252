"""A worker that sends what lies in the outbox, is killed in the middle, and sends nothing twice and nothing never.

The cursor of a consumer is in the desk's file, so a worker that comes back goes on where it was. Between sending and
acknowledging it may be stopped: the effect comes again, and its id tells the receiver that it has it already.
"""

import pathlib
import tempfile
from datetime import datetime, timezone
from typing import Any

import tocsin

now = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)


class MailServer:
    """Takes a message once: what comes again under the same id, it has already."""

    def __init__(self, fails_at: int) -> None:
        self.received: dict[int, str] = {}
        self.calls = 0
        self.fails_at = fails_at

    def send(self, effect: dict[str, Any]) -> None:
        self.calls += 1
        self.received.setdefault(effect["id"], f"{effect['effect']} {effect['record']}")
        if self.calls == self.fails_at:
            raise ConnectionError("the answer of the mail server was lost")


def work(path: pathlib.Path, server: MailServer) -> None:
    with tocsin.open(path) as desk:
        for effect in desk.effects("mailer"):
            server.send(effect)


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "support.desk"
    with tocsin.open(path) as desk:
        desk.publish(at=now, people=[{"key": "ana", "name": "Ana"}, {"key": "ben", "name": "Ben"}])
        for title in ("VPN is down", "Mail is slow", "Printer jams"):
            number = desk.log_incident(title=title, caller="ben", at=now)["record"]["number"]
            desk.assign_incident(incident=number, assignee="ana", at=now)
        expected = [effect["id"] for effect in desk.take_effects("a look without acknowledging")]

    server = MailServer(fails_at=2)
    try:
        work(path, server)
    except ConnectionError as problem:
        print("stopped:", problem)
    work(path, server)

    print(f"{len(server.received)} messages in {server.calls} calls")
    assert list(server.received) == expected and server.calls == len(expected) + 1
