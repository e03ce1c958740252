"""What needs no desk: lines about duty and escalation, documents of monitoring systems, the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, Union

from ._convert import Text, decode, encode, text_in
from ._library import library, read

Lines = Union[str, bytes, Iterable[Mapping[str, Any]]]


def utc_now() -> datetime:
    """The clock of this machine, for `tocsin.open(clock=tocsin.utc_now)`."""
    return datetime.now(timezone.utc)


def _lines(given: Lines) -> bytes:
    if isinstance(given, (str, bytes)):
        return text_in(given)
    return b"\n".join(encode(line) for line in given)


def _answers(function: Any, book: Lines, lines: Lines) -> list[dict[str, Any]]:
    known, asked = _lines(book), _lines(lines)
    answers = read(function, known, len(known), asked, len(asked))
    return [decode(line) for line in answers.splitlines() if line]


def oncall_answer(lines: Lines, *, book: Lines = ()) -> list[dict[str, Any]]:
    """Who is on call, without a desk: one answer for each line (a dict, or JSON Lines as text), in order.

    {"define": "rotation", ...} says what is, {"operation": "who", ...} asks; what is wrong with a line is its answer,
    {"error": {...}}. book: lines that define, taken for granted. The forms: docs/oncall.md.
    """
    return _answers(library.tocsin_oncall_answer, book, lines)


def escalation_answer(lines: Lines, *, book: Lines = ()) -> list[dict[str, Any]]:
    """Who is paged when, without a desk; as `oncall_answer`, whose lines are understood, too. The
    forms: docs/escalation_policies.md."""
    return _answers(library.tocsin_escalation_answer, book, lines)


def impact_answer(lines: Lines, *, book: Lines = ()) -> list[dict[str, Any]]:
    """What an outage affects, without a desk: lines that define services and configuration items, and ask. The
    forms: docs/service_graph.md."""
    return _answers(library.tocsin_impact_answer, book, lines)


def recurrence_answer(lines: Lines, *, book: Lines = ()) -> list[dict[str, Any]]:
    """Which incidents make a problem, without a desk: one answer for each line, in order. The forms: docs/recurrence.md."""
    return _answers(library.tocsin_recurrence_answer, book, lines)


def condition_answer(lines: Lines, *, book: Lines = ()) -> list[dict[str, Any]]:
    """Whether a condition holds, and why, without a desk: lines that declare fields, and ask. The forms: docs/conditions.md."""
    return _answers(library.tocsin_condition_answer, book, lines)


def intake_commands(mapping: str | Mapping[str, Any], document: Text | Mapping[str, Any]) -> list[dict[str, Any]]:
    """Commands for Desk.execute out of a document of a monitoring system.

    mapping: "alertmanager" for what Prometheus Alertmanager posts, or a mapping of your own: docs/machine_events.md.
    """
    by = text_in(mapping) if isinstance(mapping, str) else encode(mapping)
    what = text_in(document) if isinstance(document, (str, bytes)) else encode(document)
    commands = read(library.tocsin_intake_commands, by, len(by), what, len(what))
    return [json.loads(line) for line in commands.splitlines() if line]


def json_logic(rule: Any, data: Any = None) -> Any:
    """What a rule makes of data, as jsonlogic.com has it, JavaScript's coercions included; both as json.loads gives them."""
    by, what = encode(rule), encode(data)
    return json.loads(read(library.tocsin_json_logic_apply, by, len(by), what, len(what)))


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of document, or of all for "all"."""
    kind = text_in(name)
    found: dict[str, Any] = json.loads(read(library.tocsin_schema, kind, len(kind)))
    return found


def catalogue() -> dict[str, Any]:
    """Every command, question, event and definition, with meaning and fields."""
    found: dict[str, Any] = json.loads(read(library.tocsin_catalogue))
    return found


def library_version() -> str:
    """The version of the library that runs."""
    version: bytes = library.tocsin_version()
    return version.decode()
