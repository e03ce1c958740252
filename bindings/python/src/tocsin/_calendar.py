"""Business time, and what local clocks show; with a desk or without one."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Any, Callable, NamedTuple, Optional, overload

from . import _raw
from ._convert import EPOCH, Text, decode, encode, from_us, parse_instant, span_from_us, span_to_us, text_in, to_us
from ._error import Closed
from ._library import call, library, read

Instants = Sequence[datetime]
Spans = Sequence[timedelta]
Counts = Sequence[int]


class OpenTime(NamedTuple):
    """A stretch of open time."""

    start: datetime
    end: datetime


class Calendar:
    """A business calendar: when a place is open, and arithmetic that counts only then.

    Made of a definition (schema "business_calendar") and those that it combines. It never changes, and any number of
    threads may ask it at once. Each question takes one instant, or a list of them and answers a list: many at once cost
    one call. What can never be answered is None.
    """

    def __init__(self, definition: Mapping[str, Any], others: Iterable[Mapping[str, Any]] = ()) -> None:
        self._handle: Optional[ctypes.c_void_p] = None
        text, parts = encode(definition), encode(list(others))
        handle = ctypes.c_void_p()
        call(library.tocsin_calendar_new, text, len(text), parts, len(parts), ctypes.byref(handle))
        self._handle = handle

    def close(self) -> None:
        """Frees it at once; a second time it does nothing. No other thread may be asking it. Else it goes by itself."""
        handle, self._handle = self._handle, None
        if handle is not None:
            library.tocsin_calendar_free(handle)

    def __enter__(self) -> Calendar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _open_handle(self) -> ctypes.c_void_p:
        if self._handle is None:
            raise Closed("calendar")
        return self._handle

    def _answer(self, function: Any, read_back: Callable[[int], Any], *asked: tuple[Any, Callable[[Any], int]]) -> Any:
        """One answer for single values, a list for lists."""
        many = isinstance(asked[0][0], Sequence)
        columns = [array("q", map(convert, values if many else [values])) for values, convert in asked]
        if len({len(column) for column in columns}) != 1:
            raise ValueError(f"lists of {' and '.join(str(len(column)) for column in columns)} items do not go together")
        answers = array("q", bytes(8 * len(columns[0])))
        addresses = [column.buffer_info()[0] for column in (*columns, answers)]
        call(function, self._open_handle(), *addresses, len(answers))
        return [read_back(answer) for answer in answers] if many else read_back(answers[0])

    @overload
    def elapsed(self, start: datetime, end: datetime) -> timedelta: ...
    @overload
    def elapsed(self, start: Instants, end: Instants) -> list[timedelta]: ...
    def elapsed(self, start: Any, end: Any) -> Any:
        """Open time from one instant to another; negative if it goes back."""
        return self._answer(library.tocsin_calendar_elapsed, span_from_us, (start, to_us), (end, to_us))

    @overload
    def add(self, at: datetime, span: timedelta) -> datetime | None: ...
    @overload
    def add(self, at: Instants, span: Spans) -> list[datetime | None]: ...
    def add(self, at: Any, span: Any) -> Any:
        """The earliest instant with that much open time since `at`."""
        return self._answer(library.tocsin_calendar_add, from_us, (at, to_us), (span, span_to_us))

    @overload
    def subtract(self, at: datetime, span: timedelta) -> datetime | None: ...
    @overload
    def subtract(self, at: Instants, span: Spans) -> list[datetime | None]: ...
    def subtract(self, at: Any, span: Any) -> Any:
        """The latest instant with that much open time until `at`."""
        return self._answer(library.tocsin_calendar_subtract, from_us, (at, to_us), (span, span_to_us))

    @overload
    def next_open(self, at: datetime) -> datetime | None: ...
    @overload
    def next_open(self, at: Instants) -> list[datetime | None]: ...
    def next_open(self, at: Any) -> Any:
        """`at` itself if it is open, else the next opening."""
        return self._answer(library.tocsin_calendar_next_open, from_us, (at, to_us))

    @overload
    def next_close(self, at: datetime) -> datetime | None: ...
    @overload
    def next_close(self, at: Instants) -> list[datetime | None]: ...
    def next_close(self, at: Any) -> Any:
        """The end of the current or next open run, after `at`."""
        return self._answer(library.tocsin_calendar_next_close, from_us, (at, to_us))

    @overload
    def previous_close(self, at: datetime) -> datetime | None: ...
    @overload
    def previous_close(self, at: Instants) -> list[datetime | None]: ...
    def previous_close(self, at: Any) -> Any:
        """The latest instant up to `at` with open time just before it."""
        return self._answer(library.tocsin_calendar_previous_close, from_us, (at, to_us))

    @overload
    def add_business_days(self, at: datetime, days: int) -> datetime | None: ...
    @overload
    def add_business_days(self, at: Instants, days: Counts) -> list[datetime | None]: ...
    def add_business_days(self, at: Any, days: Any) -> Any:
        """So many business days on (back, if negative), at the same local time or the next opening."""
        return self._answer(library.tocsin_calendar_add_business_days, from_us, (at, to_us), (days, int))

    @overload
    def end_of_business_day(self, at: datetime, days: int) -> datetime | None: ...
    @overload
    def end_of_business_day(self, at: Instants, days: Counts) -> list[datetime | None]: ...
    def end_of_business_day(self, at: Any, days: Any) -> Any:
        """The last closing of the day that `add_business_days` counts to."""
        return self._answer(library.tocsin_calendar_end_of_business_day, from_us, (at, to_us), (days, int))

    def is_open(self, at: datetime) -> bool:
        return bool(self.ask({"operation": "is_open", "at": at})["answer"])

    def is_business_day(self, day: date) -> bool:
        """Whether the date, in the calendar's zone, has open time."""
        if isinstance(day, datetime):
            raise TypeError("a date is wanted, not a datetime: which day an instant is on depends on the zone")
        return bool(self.ask({"operation": "is_business_day", "date": day})["answer"])

    def open_times(self, start: datetime, end: datetime) -> list[OpenTime]:
        """The stretches of open time between two instants."""
        found = self.ask({"operation": "explain", "from": start, "to": end})["answer"]
        return [OpenTime(parse_instant(one["start"]), parse_instant(one["end"])) for one in found]

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """One question as a document, schema "calendar_question"."""
        text = encode(question)
        answer: dict[str, Any] = decode(read(library.tocsin_calendar_ask, self._open_handle(), text, len(text)))
        return answer


def import_holidays(icalendar: Text) -> dict[str, Any]:
    """The holidays of an iCalendar feed, what was passed over, and warnings: for a person to review."""
    feed = text_in(icalendar)
    found: dict[str, Any] = decode(read(library.tocsin_import_holidays, feed, len(feed)))
    return found


# ---------------------------------------------------------------- zones

_KINDS = {_raw.LOCAL_UNIQUE: "unique", _raw.LOCAL_SKIPPED: "skipped", _raw.LOCAL_REPEATED: "repeated"}


class LocalInstant(NamedTuple):
    """The instant at which a clock shows something, and how often it does: "unique", "skipped" or "repeated"."""

    instant: datetime
    kind: str


def local_to_instant(zone: str, local: datetime) -> LocalInstant:
    """When clocks in `zone` (an IANA name) show `local`, a datetime without tzinfo.

    "skipped": the clock jumped over it, and the instant of the jump is given. "repeated": it came twice; the first is.
    """
    if local.tzinfo is not None:
        raise ValueError(f"{local.isoformat(sep=' ')} has a zone already; what a clock shows is a datetime without one")
    name, instant, kind = text_in(zone), ctypes.c_int64(), ctypes.c_int32()
    shown = to_us(local.replace(tzinfo=EPOCH.tzinfo))
    call(library.tocsin_local_to_instant, name, len(name), shown, ctypes.byref(instant), ctypes.byref(kind))
    return LocalInstant(EPOCH + span_from_us(instant.value), _KINDS.get(kind.value, "unknown"))


def instant_to_local(zone: str, instant: datetime) -> datetime:
    """What clocks in `zone` show: a datetime without tzinfo."""
    name, shown = text_in(zone), ctypes.c_int64()
    call(library.tocsin_instant_to_local, name, len(name), to_us(instant), ctypes.byref(shown))
    return (EPOCH + span_from_us(shown.value)).replace(tzinfo=None)
