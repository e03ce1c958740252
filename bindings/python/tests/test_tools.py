from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

import tocsin

ROTATION = {
    "define": "rotation", "key": "primary", "type": "weekly", "zone": "UTC", "start": "2026-11-02T08:00",
    "participants": [{"people": ["ann"]}, {"people": ["bob"]}],
}  # fmt: skip


def test_who_is_on_call_without_a_desk() -> None:
    at = datetime(2026, 11, 10, tzinfo=timezone.utc)
    ask = {"operation": "who", "rotation": "primary", "at": at}
    answers = tocsin.oncall_answer([ROTATION, ask, {"operation": "nonsense"}])
    assert len(answers) == 3 and "error" in answers[2]
    assert "bob" in json.dumps(answers[1], default=str)
    assert tocsin.oncall_answer([ask], book=[ROTATION]) == [answers[1]]
    assert tocsin.oncall_answer(json.dumps({**ask, "at": "2026-11-10T00:00:00Z"}), book=[ROTATION]) == [answers[1]]


def test_who_is_paged_without_a_desk() -> None:
    policy = {"define": "escalation_policy", "key": "p",
              "steps": [{"targets": [{"kind": "person", "key": "ann"}], "delay": timedelta(minutes=5)}]}  # fmt: skip
    ask = {"operation": "simulate", "policy": "p", "opened_at": datetime(2026, 11, 10, tzinfo=timezone.utc)}
    answer = tocsin.escalation_answer([ask], book=[policy])[0]
    assert "error" not in answer and "ann" in json.dumps(answer, default=str)


def test_impact_is_answered_without_a_desk() -> None:
    graph: list[dict[str, object]] = [
        {"define": "service", "key": "shop", "depends_on": ["db"]},
        {"define": "configuration_item", "key": "db"},
    ]
    answer = tocsin.impact_answer([{"operation": "impact", "failed": ["db"]}], book=graph)[0]
    assert [item["key"] for item in answer["items"]] == ["db", "shop"]


def test_documents_of_monitoring_become_commands(desk: tocsin.Desk) -> None:
    alert = {
        "version": "4", "receiver": "tocsin", "status": "firing", "alerts": [
            {"status": "firing", "labels": {"alertname": "DiskFull", "severity": "critical", "instance": "db1"},
             "annotations": {"summary": "Disk is full"}, "startsAt": "2026-11-23T08:00:00Z", "fingerprint": "f1"}],
    }  # fmt: skip
    commands = tocsin.intake_commands("alertmanager", alert)
    assert [c["command"] for c in commands] == ["report_event"]
    assert tocsin.intake_commands("alertmanager", json.dumps(alert)) == commands
    with pytest.raises(tocsin.InvalidArgument):
        tocsin.intake_commands("alertmanager", "no json")


def test_the_vocabulary() -> None:
    assert tocsin.schema("log_incident")["title"] == "log_incident"
    assert {"commands", "queries", "events"} <= tocsin.catalogue().keys()
    with pytest.raises(tocsin.NotFound):
        tocsin.schema("no_such")
    assert tocsin.library_version() == tocsin.__version__


def test_the_module_is_the_shell() -> None:
    if "TOCSIN_SHELL" not in os.environ:
        pytest.skip("TOCSIN_SHELL names no shell")
    said = subprocess.run([sys.executable, "-m", "tocsin", "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == f"tocsin {tocsin.__version__}"


def test_a_library_that_is_not_there_is_named() -> None:
    environment = {**os.environ, "TOCSIN_LIBRARY": "/nowhere/libtocsin.so"}
    said = subprocess.run([sys.executable, "-c", "import tocsin"], env=environment, capture_output=True, text=True)
    assert said.returncode != 0 and "/nowhere/libtocsin.so" in said.stderr


def test_whether_a_condition_holds_and_why() -> None:
    field = {"define": "field", "path": "team", "kind": "text"}
    question = {"operation": "explain", "condition": {"==": [{"var": "team"}, "net"]}, "data": {"team": "net"}}
    answers = tocsin.condition_answer([question, {"operation": "explain"}], book=[field])
    assert answers[0]["holds"] is True and "error" in answers[1]


def test_json_logic() -> None:
    cheap = {"<": [{"var": "price"}, 10]}
    assert tocsin.json_logic(cheap, {"price": 9}) is True
    assert tocsin.json_logic({"map": [{"var": ""}, {"*": [{"var": ""}, 2]}]}, [1, 2]) == [2, 4]
    with pytest.raises(tocsin.InvalidArgument) as refusal:
        tocsin.json_logic({"shout": 1})
    assert refusal.value.reason == "json_logic.unknown_operator"
