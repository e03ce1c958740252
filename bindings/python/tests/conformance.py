"""Runs a conformance case (tests/conformance/README.md) against a desk: what every binding copies.

Two kinds of desk are run. TextDesk hands JSON text through, as the C interface does. NativeDesk speaks as a Python program
does: commands and questions as methods with keywords, instants and durations as Python has them; what it answers is
written as text again, and must match just the same.
"""

from __future__ import annotations

import json
import pathlib
from datetime import datetime, timedelta
from typing import Any

import tocsin
from tocsin import _raw
from tocsin._convert import EPOCH, encode, parse_duration, parse_instant, text_in, to_us
from tocsin._raw import ADVANCE_ALLOW_LEAP, NEVER
from tocsin._vocabulary import COMMANDS, DURATIONS, INSTANTS, QUERIES

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "tests" / "conformance"
SALT_SEED = b"tocsin conformance seed"
FLAGS = {
    "atomic": _raw.EXECUTE_ATOMIC,
    "dry_run": _raw.EXECUTE_DRY_RUN,
    "allow_leap": _raw.EXECUTE_ALLOW_LEAP,
    "lines": _raw.EXECUTE_LINES,
}


class Mismatch(AssertionError):
    pass


def cases() -> list[pathlib.Path]:
    return sorted(path for part in ("cases", "peers") for path in (FOLDER / part).glob("*.json"))


def read_json(path: pathlib.Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- matching


def equal(expected: Any, found: Any) -> bool:
    """Equal as JSON is: numbers by value, and a truth is no number."""
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return expected == found
    return type(expected) is type(found) and bool(expected == found)


def difference(expected: Any, found: Any, path: str = "") -> str | None:
    """Where the answer is not what is expected; None where it is."""
    where = path or "the answer"
    if isinstance(expected, dict):
        if "$any" in expected:
            return None
        if "$contains" in expected:
            has = isinstance(found, str) and expected["$contains"] in found
            return None if has else f"{where}: expected {expected}, found {found!r}"
        if not isinstance(found, dict):
            return f"{where}: expected {expected}, found {found!r}"
        for name, value in expected.items():
            below = f"{path}/{name}"
            if isinstance(value, dict) and "$absent" in value:
                if name in found:
                    return f"{below}: expected nothing, found {found[name]!r}"
            elif name not in found:
                return f"{below}: expected {value!r}, found nothing in {found!r}"
            else:
                deeper = difference(value, found[name], below)
                if deeper:
                    return deeper
        return None
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return f"{where}: expected {expected}, found {found!r}"
        for i, (one, other) in enumerate(zip(expected, found)):
            deeper = difference(one, other, f"{path}/{i}")
            if deeper:
                return deeper
        return None
    return None if equal(expected, found) else f"{where}: expected {expected!r}, found {found!r}"


# ---------------------------------------------------------------- steps


def text_of(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, list):
        return "".join(text_of(one) for one in part)
    return str(part["$repeat"]) * int(part["times"])


def expanded(part: Any) -> Any:
    if isinstance(part, dict):
        return text_of(part) if "$repeat" in part else {name: expanded(value) for name, value in part.items()}
    return [expanded(one) for one in part] if isinstance(part, list) else part


def microseconds(instant: str | int) -> int:
    return instant if isinstance(instant, int) else to_us(parse_instant(instant))


class TextDesk:
    """Documents as JSON text."""

    def __init__(self, options: dict[str, Any], path: pathlib.Path | None) -> None:
        self.options, self.path = options, path
        self.desk = self.open()

    def open(self) -> tocsin.Desk:
        return tocsin.open(self.path, options=self.options, salt_seed=SALT_SEED)

    def reopen(self) -> bool:
        if self.path is None:
            return False
        self.desk.close()
        self.desk = self.open()
        return True

    def execute(self, step: dict[str, Any], document: str | bytes) -> str:
        flags = sum(bit for name, bit in FLAGS.items() if step.get(name, False))
        return self.desk._execute(text_in(document), step.get("at_us", NEVER), flags).decode("utf-8")

    def execute_parsed(self, step: dict[str, Any], commands: Any) -> str:
        return self.execute(step, json.dumps(commands, ensure_ascii=False))

    def query(self, question: Any) -> str:
        return self.desk.query_json(json.dumps(question, ensure_ascii=False))

    def entry(self, sequence: int) -> str:
        return self.desk.entry_json(sequence)

    def effects(self, consumer: str, max: int) -> str:
        return self.desk.take_effects_json(consumer, max=max)

    def advance(self, now_us: int, limit: int, allow_leap: bool) -> tocsin.Advanced:
        return self.desk._advance(now_us, limit, ADVANCE_ALLOW_LEAP if allow_leap else 0)


class NativeDesk(TextDesk):
    """Methods with keywords, datetimes and timedeltas; what no keyword can say goes as it does above."""

    def execute_parsed(self, step: dict[str, Any], commands: Any) -> str:
        if step.get("at_us") is not None:
            return super().execute_parsed(step, commands)
        plain = not (step.keys() & {"dry_run", "allow_leap", "atomic"})
        if plain and callable_as_method(commands, "command", COMMANDS):
            return as_text(call_method(self.desk, commands, "command"))
        if isinstance(commands, (dict, list)):
            flags = {name: step.get(name, False) for name in ("atomic", "dry_run", "allow_leap")}
            return as_text(self.desk.execute(native(commands), **flags))
        return super().execute_parsed(step, commands)

    def query(self, question: Any) -> str:
        if callable_as_method(question, "query", QUERIES):
            return as_text(call_method(self.desk, question, "query"))
        return super().query(question)

    def entry(self, sequence: int) -> str:
        return as_text(self.desk.entry(sequence))

    def effects(self, consumer: str, max: int) -> str:
        return as_text(self.desk.take_effects(consumer, max=max))

    def advance(self, now_us: int, limit: int, allow_leap: bool) -> tocsin.Advanced:
        try:
            now = EPOCH + timedelta(microseconds=now_us)
        except OverflowError:  # no datetime says it
            return super().advance(now_us, limit, allow_leap)
        return self.desk.advance(now, limit=limit, allow_leap=allow_leap)


def callable_as_method(document: Any, tag: str, forms: dict[str, Any]) -> bool:
    """Whether keywords can say it: a known name, no unknown field, none missing, and no null."""
    form = forms.get(document.get(tag, "")) if isinstance(document, dict) and isinstance(document.get(tag), str) else None
    if form is None or None in document.values() or (tag == "command" and "actor" not in document):
        return False
    given = document.keys() - {tag}
    return bool(given <= form.fields.keys() and given.issuperset(form.required))


def call_method(desk: tocsin.Desk, document: dict[str, Any], tag: str) -> Any:
    keywords = {"from": "from_", "for": "for_", "except": "except_", "pass": "pass_"}
    given = {keywords.get(name, name): value for name, value in native(document).items() if name != tag}
    return getattr(desk, document[tag])(**given)


def native(part: Any, name: str = "") -> Any:
    """A document as a Python program would give it."""
    if isinstance(part, dict):
        return {n: value if n == "custom" else native(value, n) for n, value in part.items()}
    if isinstance(part, list):
        return tuple(native(one, name) for one in part)
    for names, parse in ((INSTANTS, parse_instant), (DURATIONS, parse_duration)):
        if isinstance(part, str) and name in names:
            try:
                return parse(part)
            except (ValueError, OverflowError):
                pass
    return part


def as_text(answer: Any) -> str:
    no_text_instants(answer)
    return encode(answer).decode("utf-8")


# Members that hold documents of other forms: tests in packs, conditions and what they saw, what a refusal quotes.
FOREIGN = {"custom", "steps", "condition", "when", "where", "detail", "value", "operands"}


def no_text_instants(part: Any, name: str = "") -> None:
    """Nothing that looks like an instant or a duration is left as text."""
    if isinstance(part, dict):
        for n, value in part.items():
            if n not in FOREIGN:
                no_text_instants(value, n)
    elif isinstance(part, list):
        for one in part:
            no_text_instants(one, name)
    elif isinstance(part, str):
        for parse in (parse_instant, parse_duration):
            try:
                parse(part)
            except ValueError:
                continue
            raise Mismatch(f"{name} is left as text: {part}")
    else:
        assert isinstance(part, (int, float, bool, type(None), datetime, timedelta)), part


def demand(expected: Any, found: Any, what: str) -> None:
    if not equal(expected, found):
        raise Mismatch(f"{what}: expected {expected!r}, found {found!r}")


class Runner:
    def __init__(self, desk: TextDesk) -> None:
        self.desk = desk

    def give(self, commands: list[Any]) -> None:
        for command in commands:
            self.desk.execute_parsed({}, command)

    def run(self, steps: list[dict[str, Any]]) -> None:
        for i, step in enumerate(steps):
            try:
                self.take(expanded(step))
            except Mismatch as problem:
                raise Mismatch(f"step {i} {json.dumps(step)[:160]}\n  {problem}") from None

    def take(self, step: dict[str, Any]) -> None:
        desk = self.desk.desk
        if "next_due" in step:
            due = desk.next_due()
            expected = None if step["next_due"] is None else microseconds(step["next_due"])
            return demand(expected, None if due is None else to_us(due), "next_due")
        if "head" in step:
            return demand(step["head"]["sequence"], desk.head().sequence, "the head")
        if "reopen" in step:
            before = desk.head()
            if self.desk.reopen():
                demand(before.hash, self.desk.desk.head().hash, "the head after reopening")
            return None
        before = desk.head()
        try:
            answer = self.answer_to(step)
        except tocsin.Error as refusal:
            if "refused" not in step:
                raise Mismatch(f"it is refused: {refusal.reason}: {refusal} {refusal.detail}") from None
            self.check_refusal(step["refused"], refusal)
            fired = step["refused"].get("fired", 0)
            demand(before.sequence + fired, desk.head().sequence, "the head after the refusal")
            if fired == 0:
                demand(before.hash, desk.head().hash, "the head's hash after the refusal")
            return None
        if "refused" in step:
            raise Mismatch(f"it is accepted, and answers {answer}")
        if step.get("dry_run"):
            demand(before.hash, desk.head().hash, "the head after the dry run")
        if "expect" in step:
            wrong = difference(step["expect"], json.loads(answer))
            if wrong:
                raise Mismatch(wrong)
        return None

    def answer_to(self, step: dict[str, Any]) -> str:
        if "execute" in step:
            return self.desk.execute_parsed(step, step["execute"])
        if "execute_text" in step:
            return self.desk.execute(step, text_of(step["execute_text"]))
        if "execute_hex" in step:
            return self.desk.execute(step, bytes.fromhex(step["execute_hex"]))
        if "query" in step:
            return self.desk.query(step["query"])
        if "entry" in step:
            return self.desk.entry(step["entry"])
        if "effects" in step:
            return self.effects(step)
        if "advance" in step:
            done = self.desk.advance(microseconds(step["advance"]), step.get("limit", 0), step.get("allow_leap", False))
            return json.dumps({"fired": done.fired, "more": done.more})
        raise Mismatch("the step does nothing that is known")

    def effects(self, step: dict[str, Any]) -> str:
        answer = self.desk.effects(step["effects"], step.get("max", 100))
        if step.get("acknowledge"):
            taken = json.loads(answer)
            if not taken:
                raise Mismatch("there is no effect to acknowledge")
            self.desk.desk.acknowledge_effects(step["effects"], taken[-1]["id"])
        return answer

    @staticmethod
    def check_refusal(expected: dict[str, Any], found: tocsin.Error) -> None:
        demand(expected["status"], found.status, f"the status ({found.reason}: {found})")
        demand(expected["reason"], found.reason, f"the reason ({found})")
        for member in ("path", "index"):
            if member in expected:
                demand(expected[member], found.detail.get(member), f"the {member} ({found})")
        if "unmet" not in expected:
            return
        unmet = found.detail.get("unmet", [])
        demand(len(expected["unmet"]), len(unmet), f"how many conditions are unmet in {found.detail}")
        for part, condition in zip(expected["unmet"], unmet):
            if part not in condition:
                raise Mismatch(f'no "{part}" in {condition!r}')


def run_case(file: dict[str, Any], desk: TextDesk) -> tocsin.Head:
    """Runs one file to its end, and answers the head that it came to."""
    runner = Runner(desk)
    if "given" in file:
        runner.give(read_json(FOLDER / "given" / f"{file['given']}.json"))
    runner.run(file["steps"])
    desk.desk.verify()
    head = desk.desk.head()
    if desk.reopen() and desk.desk.head() != head:
        raise Mismatch("the desk, closed and opened again, has another head")
    return head
