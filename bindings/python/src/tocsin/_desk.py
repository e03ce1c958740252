"""A desk: the handle, its lock, and what Python makes of its calls."""

from __future__ import annotations

import ctypes
import logging
import os
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Optional

from . import _raw
from ._convert import Text, decode, encode, from_us, text_in, to_us
from ._error import Closed
from ._errors import Cancelled
from ._library import call, library, read
from ._lists import Rows
from ._methods import Commands, Questions
from ._rows import (
    CLOCK_ROW,
    CLOCK_ROW_SIZE,
    EFFECT_ROW,
    EFFECT_ROW_SIZE,
    INCIDENT_ROW,
    INCIDENT_ROW_SIZE,
    SHIFT_ROW,
    SHIFT_ROW_SIZE,
    TIMER_ROW,
    TIMER_ROW_SIZE,
    ClockRow,
    EffectRow,
    IncidentRow,
    ShiftRow,
    TimerRow,
)

if TYPE_CHECKING:
    from .documents import Effect, IncidentRecord, Instant, Result

Clock = Callable[[], datetime]
_PAGE = 10_000  # rows: as many as one question may ask for


_LEVELS = {_raw.LOG_ERROR: logging.ERROR, _raw.LOG_WARNING: logging.WARNING, _raw.LOG_INFO: logging.INFO}


def _to_logger(logger: logging.Logger) -> Callable[[int, str, str], None]:
    return lambda level, category, message: logger.log(level, "%s: %s", category, message)


class Advanced(NamedTuple):
    """What advancing did: how many entries fired, and whether more is due."""

    fired: int
    more: bool


class Head(NamedTuple):
    """The last entry of a journal: its sequence and its chain hash, to be kept elsewhere as an anchor."""

    sequence: int
    hash: bytes


def open(  # noqa: A001
    path: str | os.PathLike[str] | None = None,
    *,
    options: Mapping[str, Any] | None = None,
    salt_seed: bytes | None = None,
    read_only: bool = False,
    must_exist: bool = False,
    take_over: bool = False,
    clock: Clock | None = None,
) -> Desk:
    """Opens a desk file, which is made if it is not there; without a path (or with ":memory:"), a desk in memory.

    options: schema "desk_options", as {"max_leap": timedelta(days=30)}.
    salt_seed: 16 to 64 secret bytes for the commitments to personal fields.
    read_only: questions only; any number of processes at once.
    must_exist: NotFound instead of a new file.
    take_over: take the file from a process that is gone or is to lose it; without it, it is Busy.
    clock: gives the instant of commands without `at`, as tocsin.utc_now does. There is none by itself: Tocsin reads no
        clock unless you say so, which is what makes a run repeatable.
    """
    given = _raw.tocsin_open_options()
    library.tocsin_open_options_init(ctypes.byref(given), ctypes.sizeof(given))
    given.flags = (
        (_raw.OPEN_READ_ONLY if read_only else 0)
        | (_raw.OPEN_MUST_EXIST if must_exist else 0)
        | (_raw.OPEN_TAKE_OVER if take_over else 0)
    )
    if path is not None and path != ":memory:":
        where = _path(path)
        given.path, given.path_size = where, len(where)
    if options is not None:
        config = encode(options)
        given.config, given.config_size = config, len(config)
    seed = None if salt_seed is None else ctypes.create_string_buffer(bytes(salt_seed), len(salt_seed))
    if seed is not None:
        given.salt_seed, given.salt_seed_size = ctypes.addressof(seed), len(seed)
    handle = ctypes.c_void_p()
    call(library.tocsin_desk_open, _raw.ABI_VERSION, ctypes.byref(given), ctypes.byref(handle))
    return Desk(handle, clock)


def _path(path: str | os.PathLike[str]) -> bytes:
    encoded = os.fsencode(path)
    if b"\0" in encoded:
        raise ValueError("a path has no NUL in it")
    return encoded


class Desk(Commands["Result"], Questions):
    """One service desk; `tocsin.open` makes it.

    Every command and every question is a method with keywords: desk.log_incident(title=..., at=...),
    desk.find(where={"open": True}). What is not given, or None, is left to the library. Answers are dicts, their
    instants datetimes in UTC, their durations timedeltas.

    A desk may be used by any thread: one call runs at a time, the others wait, and while it runs the interpreter is
    free. `interrupt` does not wait. For questions side by side, ask a `fork` on each thread.
    """

    def __init__(self, handle: ctypes.c_void_p, clock: Clock | None = None) -> None:
        self._handle: Optional[ctypes.c_void_p] = handle
        self._lock = threading.RLock()  # held during a call
        self._handle_lock = threading.Lock()  # held while the handle goes, or is used without the other
        self._clock = clock
        self._listeners: list[Callable[[], None]] = []
        self._guard: Any = None  # the functions that C calls, for as long as it may
        self._log: Any = None
        self._progress: Any = None
        self._callback_raised: Optional[BaseException] = None

    # ------------------------------------------------------------ its life

    def close(self) -> None:
        """Waits for the call that runs, and closes; a second time it does nothing."""
        with self._lock, self._handle_lock:
            handle, self._handle = self._handle, None
            if handle is not None:
                library.tocsin_desk_close(handle)

    @property
    def closed(self) -> bool:
        return self._handle is None

    def __enter__(self) -> Desk:
        self._open_handle()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __del__(self, _warn: Any = warnings.warn) -> None:
        if getattr(self, "_handle", None) is not None:
            try:
                _warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            finally:  # the warning may have been made an error
                self.close()

    def __repr__(self) -> str:
        return f"<tocsin.Desk {'closed' if self.closed else 'open'} at {id(self):#x}>"

    def _open_handle(self) -> ctypes.c_void_p:
        if self._handle is None:
            raise Closed("desk")
        return self._handle

    def _call(self, function: Any, *arguments: Any) -> None:
        with self._lock:
            try:
                call(function, self._open_handle(), *arguments)
            except Cancelled:
                self._raise_from_callback()
                raise

    def _read(self, function: Any, *arguments: Any) -> bytes:
        with self._lock:
            try:
                return read(function, self._open_handle(), *arguments)
            except Cancelled:
                self._raise_from_callback()
                raise

    def _raise_from_callback(self) -> None:
        raised, self._callback_raised = self._callback_raised, None
        if raised is not None:
            raise raised

    def fork(self) -> Desk:
        """A copy for "what if", and for other threads: it shares the records, never writes, and may outlive this desk."""
        copy = ctypes.c_void_p()
        self._call(library.tocsin_desk_fork, ctypes.byref(copy))
        return Desk(copy, self._clock)

    # ------------------------------------------------------------ what workflows ask the host

    def set_guard(self, guard: Callable[[dict[str, Any]], Optional[bool]] | None) -> None:
        """Who answers for the `host_guards` of workflows from now on: guard({"guard": "credit", "incident": "INC0000001", ...}).

        True or False; None where it does not know that one. It is called during the command that needs the answer, and
        must not use the desk. What it raises ends the command, which has changed nothing, and is raised there.
        """

        def asked(_: Any, question: bytes, size: int) -> int:
            try:
                answer = guard(decode(question[:size])) if guard else None
            except BaseException as raised:  # it goes on where the command was given
                self._callback_raised = raised
                return _raw.CALLBACK_ABORT
            return _raw.CALLBACK_PASS if answer is None else int(bool(answer))

        function = _raw.tocsin_guard_fn(asked) if guard else _raw.tocsin_guard_fn()
        self._call(library.tocsin_desk_set_guard, function, None, _raw.tocsin_free_fn())
        self._guard = function

    def set_guard_answers(self, answers: Mapping[str, bool]) -> None:
        """Answers by name, instead of those given before; nobody is asked for these. For forks, dry runs and tests."""
        table = encode(answers)
        self._call(library.tocsin_desk_set_guard_answers, table, len(table))

    # ------------------------------------------------------------ what it says beside its answers

    def set_log(self, log: Callable[[int, str, str], None] | logging.Logger | None) -> None:
        """Where messages for your log go from now on: a logger, or log(level, category, message), a level of `logging`.

        They say what was opened, that timers fire late, that the store took nothing. What opening had to say comes at once.
        The function is called during the call that says it, and must not use the desk; what it raises is reported as
        `sys.unraisablehook` does, and ends nothing.
        """
        take = _to_logger(log) if isinstance(log, logging.Logger) else log

        def said(_: Any, level: int, category: bytes, message: bytes, size: int) -> None:
            if take:
                take(_LEVELS.get(level, logging.INFO), category.decode(), message[:size].decode())

        function = _raw.tocsin_log_fn(said) if take else _raw.tocsin_log_fn()
        self._call(library.tocsin_desk_set_log, function, None, _raw.tocsin_free_fn())
        self._log = function

    def set_progress(self, progress: Callable[[str, int, int], Optional[bool]] | None) -> None:
        """Who hears from now on how far a long call is: progress("verify", done, total), about every thousand steps.

        `total` is 0 where it is not known. Where it answers False the call ends with `Cancelled`; what it raises ends the
        call, too, and is raised there. It is called during the call, and must not use the desk.
        """

        def reported(_: Any, doing: bytes, done: int, total: int) -> int:
            try:
                goes_on = progress(doing.decode(), done, total) if progress else None
            except BaseException as raised:  # it goes on where the call was made
                self._callback_raised = raised
                return _raw.CALLBACK_ABORT
            return _raw.CALLBACK_ABORT if goes_on is False else 0

        function = _raw.tocsin_progress_fn(reported) if progress else _raw.tocsin_progress_fn()
        self._call(library.tocsin_desk_set_progress, function, None, _raw.tocsin_free_fn())
        self._progress = function

    # ------------------------------------------------------------ commands and time

    def _take(self, tag: str, document: dict[str, Any]) -> Any:
        if tag == "query":
            return self.query(document)
        document.setdefault("actor", "host")
        return self.execute(document)

    def _at_us(self, at: Instant | None) -> int:
        """The instant for what has none of its own; never, where nobody says which."""
        if at is None:
            return to_us(self._clock()) if self._clock else _raw.NEVER
        if isinstance(at, str):
            at = datetime.fromisoformat(at[:-1] + "+00:00" if at.endswith("Z") else at)
        return to_us(at)

    def execute(
        self,
        commands: Mapping[str, Any] | Iterable[Mapping[str, Any]],
        *,
        at: Instant | None = None,
        atomic: bool = True,
        dry_run: bool = False,
        allow_leap: bool = False,
    ) -> Any:
        """Executes a command (a dict with "command"), and answers its result; or many, and answers a list of results.

        at: for commands without an "at" of their own.
        atomic: many are accepted as a whole or not at all, and the detail of the error has the "index" of the first that
            is refused. False: one that is refused has {"error": {...}} as its result.
        dry_run: answer what would happen; change nothing.
        allow_leap: `at` may lie further ahead than the option max_leap.
        """
        if isinstance(commands, (str, bytes)):
            raise TypeError("execute takes dicts; for JSON text there is execute_json")
        one = isinstance(commands, Mapping)
        flags = (
            (_raw.EXECUTE_ATOMIC if atomic and not one else 0)
            | (_raw.EXECUTE_DRY_RUN if dry_run else 0)
            | (_raw.EXECUTE_ALLOW_LEAP if allow_leap else 0)
        )
        return decode(self._execute(encode(commands if one else list(commands)), self._at_us(at), flags))

    def execute_json(
        self,
        commands: Text,
        *,
        at: Instant | None = None,
        atomic: bool = False,
        dry_run: bool = False,
        allow_leap: bool = False,
        lines: bool = False,
    ) -> str:
        """The same with JSON text in and out, as the C interface has it; lines: JSON Lines, one command a line."""
        flags = (
            (_raw.EXECUTE_ATOMIC if atomic else 0)
            | (_raw.EXECUTE_DRY_RUN if dry_run else 0)
            | (_raw.EXECUTE_ALLOW_LEAP if allow_leap else 0)
            | (_raw.EXECUTE_LINES if lines else 0)
        )
        return self._execute(text_in(commands), self._at_us(at), flags).decode("utf-8")

    def _execute(self, commands: bytes, at_us: int, flags: int) -> bytes:
        try:
            return self._read(library.tocsin_desk_execute, at_us, commands, len(commands), flags)
        finally:
            self._tell()

    def batch(self, *, at: Instant | None = None, actor: str = "host") -> Batch:
        """Collects commands, and executes them as a whole when the block ends without an exception.

        with desk.batch(at=now) as batch:
            batch.log_incident(title="Printer 1 is out of paper")
            batch.log_incident(title="Printer 2 is out of paper")
        batch.results
        """
        return Batch(self, at, actor)

    def advance(self, now: Instant | None = None, *, limit: int = 0, allow_leap: bool = False) -> Advanced:
        """Fires what is due up to and including now, in order, at most `limit` entries (0: all)."""
        return self._advance(self._at_us(now), limit, _raw.ADVANCE_ALLOW_LEAP if allow_leap else 0)

    def _advance(self, now_us: int, limit: int, flags: int) -> Advanced:
        fired, more = ctypes.c_uint64(), ctypes.c_int32()
        try:
            self._call(library.tocsin_desk_advance, now_us, limit, flags, ctypes.byref(fired), ctypes.byref(more))
        finally:
            self._tell()
        return Advanced(fired.value, more.value != 0)

    def next_due(self) -> datetime | None:
        """When `advance` has something to do next; None: nothing is waiting."""
        with self._lock:
            return from_us(library.tocsin_desk_next_due(self._open_handle()))

    def interrupt(self) -> None:
        """From any thread: the call that runs, or else the next, stops with Cancelled."""
        with self._handle_lock:
            library.tocsin_desk_interrupt(self._open_handle())

    def note_presence(
        self, *, incident: str | int, actor: str, activity: str, at: Instant, until: Instant | None = None
    ) -> None:
        """Says who has a record in front of them: "viewing", "editing" or "left". In memory alone, for screens."""
        presence = {"incident": incident, "actor": actor, "activity": activity, "at": at, "until": until}
        document = encode({name: value for name, value in presence.items() if value is not None})
        self._call(library.tocsin_desk_note_presence, document, len(document))

    # ------------------------------------------------------------ questions

    def query(self, question: Mapping[str, Any]) -> Any:
        """Answers a question, a dict with "query"; the methods do the same with keywords."""
        return decode(self._query(encode(question)))

    def query_json(self, question: Text) -> str:
        """The same with JSON text in and out."""
        return self._query(text_in(question)).decode("utf-8")

    def _query(self, question: bytes) -> bytes:
        return self._read(library.tocsin_desk_query, question, len(question))

    def find_all(self, **question: Any) -> Iterator[IncidentRecord]:
        """Every record that `find` would give page by page; takes what `find` takes."""
        page = self.find(**question)
        while True:
            yield from page["records"]
            if not page.get("cursor"):
                return
            page = self.find(**{**question, "cursor": page["cursor"]})

    def incidents(
        self,
        *,
        where: Mapping[str, Any] | None = None,
        condition: Any = None,
        order: str | None = None,
        descending: bool | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        actor: str | None = None,
    ) -> Rows[IncidentRow]:
        """The list that `find` would give, as typed rows: all of it, or `limit` rows and the cursor for the rest.

        Ten times as fast as dicts; see tocsin.Rows.
        """
        asked = {"where": where, "condition": condition, "order": order, "descending": descending, "actor": actor}
        question = {name: value for name, value in asked.items() if value is not None}
        filled = bytearray()
        following = cursor or ""
        while limit is None or limit > 0:
            capacity = _PAGE if limit is None else min(limit, _PAGE)
            page, following = self._incidents({**question, "query": "find", "limit": capacity}, capacity, following)
            filled += page
            if limit is not None:
                limit -= len(page) // INCIDENT_ROW_SIZE
            if not following:
                break
        return Rows(IncidentRow, INCIDENT_ROW, INCIDENT_ROW_SIZE, filled, following)

    def _incidents(self, question: dict[str, Any], capacity: int, cursor: str) -> tuple[memoryview, str]:
        asked = encode({**question, "cursor": cursor} if cursor else question)
        rows = ctypes.create_string_buffer(capacity * INCIDENT_ROW_SIZE)
        count = ctypes.c_size_t()
        following = self._read(
            library.tocsin_desk_incidents, asked, len(asked), rows, INCIDENT_ROW_SIZE, capacity, ctypes.byref(count)
        )
        return memoryview(rows).cast("B")[: count.value * INCIDENT_ROW_SIZE], following.decode("utf-8")

    def timer_rows(self, **question: Any) -> Rows[TimerRow]:
        """What the question `timers` lists, as typed rows: what waits, in the order in which it fires."""
        data = self._rows(library.tocsin_desk_timers, "timers", TIMER_ROW_SIZE, question)
        return Rows(TimerRow, TIMER_ROW, TIMER_ROW_SIZE, data)

    def clock_rows(self, **question: Any) -> Rows[ClockRow]:
        """What the question `breaches_ahead` lists, as typed rows: clocks that run, by deadline."""
        data = self._rows(library.tocsin_desk_clocks, "breaches_ahead", CLOCK_ROW_SIZE, question)
        return Rows(ClockRow, CLOCK_ROW, CLOCK_ROW_SIZE, data)

    def shift_rows(self, **question: Any) -> Rows[ShiftRow]:
        """What the question `shifts` lists, as typed rows: desk.shift_rows(schedule="night", from_=..., until=...)."""
        asked = {name.rstrip("_"): value for name, value in question.items()}
        data = self._rows(library.tocsin_desk_shifts, "shifts", SHIFT_ROW_SIZE, asked)
        return Rows(ShiftRow, SHIFT_ROW, SHIFT_ROW_SIZE, data)

    def _rows(self, function: Any, query: str, size: int, question: dict[str, Any]) -> bytes:
        asked = encode({**{name: value for name, value in question.items() if value is not None}, "query": query})
        count, total, capacity = ctypes.c_size_t(), ctypes.c_size_t(), 256
        while True:
            rows = ctypes.create_string_buffer(capacity * size)
            self._call(function, asked, len(asked), rows, size, capacity, ctypes.byref(count), ctypes.byref(total))
            if total.value <= capacity:
                return rows.raw[: count.value * size]
            capacity = total.value

    def key(self, kind: str, number: int) -> str:
        """The key that a number in a row stands for: desk.key("person", row.person)."""
        name = text_in(kind)
        return self._read(library.tocsin_desk_key, name, len(name), number).decode("utf-8")

    # ------------------------------------------------------------ effects

    def effect_rows(self, consumer: str, *, max: int = 100) -> Rows[EffectRow]:
        """What `take_effects` gives, but the headers alone: what waits, since when, of what kind."""
        name, count = text_in(consumer), ctypes.c_size_t()
        rows = ctypes.create_string_buffer(max * EFFECT_ROW_SIZE)
        self._call(
            library.tocsin_desk_take_effect_rows, name, len(name), rows, EFFECT_ROW_SIZE, max, ctypes.byref(count)
        )
        return Rows(EffectRow, EFFECT_ROW, EFFECT_ROW_SIZE, rows.raw[: count.value * EFFECT_ROW_SIZE])

    def effects(self, consumer: str, *, max: int = 100) -> Iterator[Effect]:
        """What `consumer` has not acknowledged, oldest first; asking for the next one acknowledges the one before.

        for effect in desk.effects("mailer"):
            send(effect)

        Where the body raises, or leaves the loop, the effect in hand is not acknowledged, and comes again: an effect is
        handled once or more, and its "id" tells which. The loop ends when nothing is left.
        """
        while True:
            taken = self.take_effects(consumer, max=max)
            if not taken:
                return
            for effect in taken:
                yield effect
                self.acknowledge_effects(consumer, effect["id"])

    def take_effects(self, consumer: str, *, max: int = 100) -> list[Effect]:
        """At most `max` effects that `consumer` has not acknowledged; they are given again until it has."""
        name = text_in(consumer)
        effects: list[Effect] = decode(self._read(library.tocsin_desk_take_effects, name, len(name), max))
        return effects

    def take_effects_json(self, consumer: str, *, max: int = 100) -> str:
        """The same as JSON text."""
        name = text_in(consumer)
        return self._read(library.tocsin_desk_take_effects, name, len(name), max).decode("utf-8")

    def acknowledge_effects(self, consumer: str, effect_id: int) -> None:
        """Everything up to and including this effect has been handled."""
        name = text_in(consumer)
        self._call(library.tocsin_desk_acknowledge_effects, name, len(name), effect_id)

    # ------------------------------------------------------------ the journal

    def head(self) -> Head:
        """The last entry, to anchor outside."""
        sequence, digest = ctypes.c_uint64(), (ctypes.c_uint8 * _raw.HASH_SIZE)()
        self._call(library.tocsin_desk_head, ctypes.byref(sequence), digest)
        return Head(sequence.value, bytes(digest))

    def entry(self, sequence: int) -> dict[str, Any]:
        """One entry of the journal: its command, its events, its hash."""
        found: dict[str, Any] = decode(self._read(library.tocsin_desk_entry, sequence))
        return found

    def entry_json(self, sequence: int) -> str:
        """The same as JSON text."""
        return self._read(library.tocsin_desk_entry, sequence).decode("utf-8")

    def memory(self) -> dict[str, Any]:
        """How much memory the desk takes, by what for: {"records": {"count": ..., "bytes": ...}, ..., "bytes": ...}."""
        figures: dict[str, Any] = decode(self._read(library.tocsin_desk_memory))
        return figures

    def verify(self) -> dict[str, Any]:
        """Reads the whole journal and every record again; Corrupt names the first that is damaged."""
        report: dict[str, Any] = decode(self._read(library.tocsin_desk_verify))
        return report

    def read_entries(self, from_sequence: int = 1, *, bytes_max: int = 1 << 20) -> bytes:
        """Entries from that one on as bytes, for `apply_entries` of a standby; none at the end of the journal."""
        return self._read(library.tocsin_desk_read_entries, from_sequence, bytes_max)

    def apply_entries(self, entries: bytes) -> int:
        """Takes up entries that continue this journal; answers how many were new. What does not follow is Conflict."""
        applied = ctypes.c_uint64()
        try:
            self._call(library.tocsin_desk_apply_entries, bytes(entries), len(entries), ctypes.byref(applied))
        finally:
            self._tell()
        return applied.value

    def follow(self, leader: Desk) -> int:
        """Takes up everything that `leader` has beyond this desk; answers how many entries were new."""
        taken = 0
        while self.head().sequence < leader.head().sequence:
            taken += self.apply_entries(leader.read_entries(self.head().sequence + 1))
        return taken

    def backup(self, path: str | os.PathLike[str]) -> None:
        """A copy of a desk in a file as it is now, in a new file, while the desk goes on."""
        where = _path(path)
        self._call(library.tocsin_desk_backup, where, len(where))

    # ------------------------------------------------------------ who wants to know

    def listen(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Calls `changed` after each call that may have changed the desk, on its thread; answers what ends that.

        For drivers of timers, which have to look at `next_due` again (see tocsin.aio).
        """
        self._listeners.append(changed)
        return lambda: self._listeners.remove(changed) if changed in self._listeners else None

    def _tell(self) -> None:
        for changed in tuple(self._listeners):
            changed()


class Batch(Commands[int]):
    """Commands that are executed together: see Desk.batch. A method answers the place of its command in `results`."""

    def __init__(self, desk: Desk, at: Instant | None, actor: str) -> None:
        self._desk = desk
        self._at = at
        self._actor = actor
        self.commands: list[dict[str, Any]] = []
        """What has been collected."""
        self.results: list[Result] = []
        """What came of it, once the block has ended."""

    def _take(self, tag: str, document: dict[str, Any]) -> int:
        document.setdefault("actor", self._actor)
        self.commands.append(document)
        return len(self.commands) - 1

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and self.commands:
            self.results = self._desk.execute(self.commands, at=self._at)


class Documents(Commands["dict[str, Any]"]):
    """Commands as dicts, for Desk.execute: command.log_incident(title=...) executes nothing."""

    def _take(self, tag: str, document: dict[str, Any]) -> dict[str, Any]:
        document.setdefault("actor", "host")
        return document
