"""Documents in and out: what Python has for instants and durations, and what stands in JSON."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Callable, Union

from ._raw import NEVER, UNSET
from ._vocabulary import DURATIONS, INSTANTS

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
# As the library writes them: in UTC, with milliseconds or microseconds where there are any.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3}|\.\d{6})?Z", re.ASCII)
_DURATION = re.compile(r"(-?)P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?", re.ASCII)


# ---------------------------------------------------------------- instants and durations


def aware(instant: datetime) -> datetime:
    """The instant itself, if it says which it is."""
    if not isinstance(instant, datetime):
        raise TypeError(f"an instant is a datetime with tzinfo, not a {type(instant).__name__}: {instant!r}")
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError(
            f"{instant.isoformat(sep=' ')} has no time zone, so it is no instant: give a datetime with tzinfo"
        )
    return instant


def to_us(instant: datetime) -> int:
    """Microseconds since 1970."""
    return (aware(instant) - EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime | None:
    """The instant, in UTC; None for never and for not set."""
    return None if us in (NEVER, UNSET) else EPOCH + timedelta(microseconds=us)


def span_to_us(span: timedelta) -> int:
    return span // _MICROSECOND


def span_from_us(us: int) -> timedelta:
    return timedelta(microseconds=us)


def instant_text(instant: datetime) -> str:
    """RFC 3339 in UTC, as the library writes it."""
    at = aware(instant).astimezone(timezone.utc)
    fraction = f".{at.microsecond:06}" if at.microsecond % 1000 else f".{at.microsecond // 1000:03}"
    fraction = fraction if at.microsecond else ""
    return f"{at.year:04}-{at.month:02}-{at.day:02}T{at.hour:02}:{at.minute:02}:{at.second:02}{fraction}Z"


def duration_text(span: timedelta) -> str:
    """ISO 8601, with days of 24 hours, as the library writes it."""
    sign = "-" if span < timedelta(0) else ""
    span = abs(span)
    hours, seconds = divmod(span.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    fraction = f".{span.microseconds:06}".rstrip("0") if span.microseconds else ""
    days = f"{span.days}D" if span.days else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction or not (days or clock) else ""
    return f"{sign}P{days}" + (f"T{clock}" if clock else "")


def parse_instant(text: str) -> datetime:
    """What `instant_text` wrote; ValueError if it is anything else."""
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"{text!r} is no instant in UTC")
    return datetime.fromisoformat(text[:-1] + "+00:00")


def parse_duration(text: str) -> timedelta:
    """What `duration_text` wrote; ValueError if it is anything else."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no duration of days and less")
    sign, days, hours, minutes, seconds, fraction = match.groups()
    span = timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int((fraction or "0").ljust(6, "0")),
    )
    return -span if sign else span


# ---------------------------------------------------------------- documents

_Reader = tuple["re.Pattern[str]", Callable[[str], Any]]


def _plain(value: Any) -> Any:
    """What json cannot write by itself."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        if value.tzinfo is not None:
            raise ValueError(f"{value.isoformat()} is a time of day in a zone of its own; the definition names the zone")
        return value.isoformat() if value.second or value.microsecond else value.strftime("%H:%M")
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "__index__"):  # an integer of NumPy
        return operator.index(value)
    if isinstance(value, (Sequence, Set)) and not isinstance(value, (bytes, bytearray, memoryview)):
        return list(value)
    raise TypeError(f"a document cannot hold a {type(value).__name__}: {value!r}")


_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)


def encode(document: Any) -> bytes:
    """JSON of a document that may hold datetimes, timedeltas, dates and times of day."""
    return _encoder.encode(document).encode("utf-8")


def _native(found: dict[str, Any]) -> dict[str, Any]:
    for name in found.keys() & _TIMES.keys():
        value = found[name]
        if isinstance(value, str):
            found[name] = _converted(value, _TIMES[name])
        elif isinstance(value, list):
            found[name] = [_converted(item, _TIMES[name]) for item in value]
    if "custom" in found and isinstance(found["custom"], dict):
        # Fields of the host's own, which may have any name and any text.
        found["custom"] = {name: _text_again(value) for name, value in found["custom"].items()}
    return found


def _converted(value: Any, readers: tuple[_Reader, ...]) -> Any:
    for form, parse in readers:
        if isinstance(value, str) and form.fullmatch(value):
            try:
                return parse(value)
            except (ValueError, OverflowError):  # a leap second, a duration of millennia
                pass
    return value


def _text_again(value: Any) -> Any:
    if isinstance(value, list):
        return [_text_again(item) for item in value]
    return _plain(value) if isinstance(value, (datetime, timedelta)) else value


_TIMES: dict[str, tuple[_Reader, ...]] = {
    name: tuple(
        reader
        for names, reader in ((INSTANTS, (_INSTANT, parse_instant)), (DURATIONS, (_DURATION, parse_duration)))
        if name in names
    )
    for name in INSTANTS | DURATIONS
}
_decoder = json.JSONDecoder(object_hook=_native)


def decode(document: bytes) -> Any:
    """A document of the library, its instants and durations as Python has them."""
    return _decoder.decode(document.decode("utf-8"))


Text = Union[str, bytes]


def text_in(text: Text) -> bytes:
    return text.encode("utf-8") if isinstance(text, str) else bytes(text)
