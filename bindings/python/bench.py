#!/usr/bin/env python3
"""Measures what the binding costs: a call, a command, and a list as typed rows against the same list as JSON.

    bindings/python/bench.py [--incidents N] [--json FILE]

Lists are compared in one run, on one desk, in turn, the best of several rounds each. Goal: typed rows at least five times
as fast as JSON. Exit code 1: the goal is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import datetime, timedelta, timezone
from typing import Any, Callable

import tocsin
from tocsin._library import library

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
FIELDS = ["id", "number", "opened_at", "updated_at", "resolved_at", "closed_at", "version", "reopen_count",
          "reassignment_count", "state_kind", "priority", "severity"]  # fmt: skip
GOAL = 5.0


def best(work: Callable[[], Any], rounds: int = 5) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def per_call(work: Callable[[], Any], calls: int = 20_000) -> float:
    def many() -> None:
        for _ in range(calls):
            work()

    return best(many) / calls


def filled(incidents: int) -> tocsin.Desk:
    desk = tocsin.open()
    for first in range(0, incidents, 1000):
        with desk.batch(at=START + timedelta(minutes=first)) as batch:
            for i in range(first, min(first + 1000, incidents)):
                batch.log_incident(title=f"Incident {i}", impact="high" if i % 3 else "low", urgency="high")
    return desk


def measure_calls(desk: tocsin.Desk, at: datetime) -> dict[str, float]:
    return {
        "ctypes call (tocsin_abi_version)": per_call(library.tocsin_abi_version),
        "desk.next_due()": per_call(desk.next_due),
        "desk.head()": per_call(desk.head),
        "desk.get(incident=1)": per_call(lambda: desk.get(incident=1), 5000),
        "desk.query_json(get)": per_call(lambda: desk.query_json('{"query":"get","incident":1}'), 5000),
        "desk.log_incident(...), one commit each": per_call(lambda: desk.log_incident(title="One more", at=at), 1000),
    }


def measure_lists(desk: tocsin.Desk, incidents: int) -> dict[str, float]:
    """Nanoseconds a row, of each way to read the same list."""
    ways: dict[str, Callable[[], Any]] = {
        "JSON, all fields, json.loads": lambda: pages(desk, None),
        "JSON, the fields of a row, json.loads": lambda: pages(desk, FIELDS),
        "desk.find_all(): dicts with datetimes": lambda: list(desk.find_all(limit=10_000)),
        "desk.incidents(), columns": lambda: sum(desk.incidents().column("priority")),
        "desk.incidents(), tuples of numbers": lambda: list(desk.incidents().numbers()),
        "desk.incidents(), named tuples": lambda: list(desk.incidents()),
    }
    count = len(desk.incidents())
    assert incidents <= count == len(list(desk.find_all(limit=10_000)))
    return {name: best(way) / count for name, way in ways.items()}


def pages(desk: tocsin.Desk, fields: list[str] | None) -> list[Any]:
    question: dict[str, Any] = {"query": "find", "limit": 10_000, **({"fields": fields} if fields else {})}
    records = []
    while True:
        page = json.loads(desk.query_json(json.dumps(question)))
        records += page["records"]
        if not page.get("cursor"):
            return records
        question["cursor"] = page["cursor"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    options.add_argument("--incidents", type=int, default=20_000)
    options.add_argument("--json", help="also write the figures, in seconds, into this file")
    arguments = options.parse_args()

    desk = filled(arguments.incidents)
    lists = measure_lists(desk, arguments.incidents)
    calls = measure_calls(desk, START + timedelta(minutes=arguments.incidents))
    desk.close()

    for name, seconds in calls.items():
        print(f"{name:<42}{seconds * 1e6:>10.2f} us a call")
    for name, seconds in lists.items():
        print(f"{name:<42}{seconds * 1e9:>10.0f} ns a row")
    ratio = lists["JSON, the fields of a row, json.loads"] / lists["desk.incidents(), columns"]
    whole = lists["JSON, all fields, json.loads"] / lists["desk.incidents(), columns"]
    print(f"typed rows are {ratio:.1f} times as fast as JSON of the same fields, {whole:.1f} times as JSON of all (goal: {GOAL:.0f})")
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"calls": calls, "lists": lists, "typed_rows_against_json": ratio}, file, indent=1)
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
