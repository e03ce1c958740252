"""Tocsin: a service desk as a library. Incidents, agreements, on-call, escalation; no server, no hidden clock.

    with tocsin.open("support.desk", clock=tocsin.utc_now) as desk:
        desk.log_incident(title="VPN is down", impact="high", urgency="high")
        for incident in desk.find(where={"open": True})["records"]:
            print(incident["number"], incident["title"])

Commands and questions are methods of a desk, documents are dicts, instants are datetimes that know their zone, durations
are timedeltas. What is refused raises a tocsin.Error of the class of its status.
"""

from . import _errors, _raw
from ._calendar import Calendar, LocalInstant, OpenTime, import_holidays, instant_to_local, local_to_instant
from ._desk import Advanced, Batch, Desk, Documents, Head, open
from ._error import Closed, Error
from ._errors import (
    AlreadyExists,
    Busy,
    Cancelled,
    Conflict,
    Corrupt,
    FailedPrecondition,
    Internal,
    InvalidArgument,
    Io,
    NotFound,
    OutOfMemory,
    PermissionDenied,
    ResourceExhausted,
    Unsupported,
)
from ._lists import Rows
from ._rows import ClockRow, EffectRow, IncidentRow, ShiftRow, TimerRow
from ._tools import (
    catalogue,
    condition_answer,
    escalation_answer,
    impact_answer,
    intake_commands,
    json_logic,
    library_version,
    oncall_answer,
    recurrence_answer,
    schema,
    utc_now,
)

__version__ = f"{_raw.VERSION_MAJOR}.{_raw.VERSION_MINOR}.{_raw.VERSION_PATCH}"

command = Documents()
"""Commands as dicts, for Desk.execute: tocsin.command.log_incident(title=..., at=...)."""

__all__ = [
    "Advanced",
    "AlreadyExists",
    "Batch",
    "Busy",
    "Calendar",
    "Cancelled",
    "ClockRow",
    "Closed",
    "Conflict",
    "Corrupt",
    "Desk",
    "EffectRow",
    "Error",
    "FailedPrecondition",
    "Head",
    "IncidentRow",
    "Internal",
    "InvalidArgument",
    "Io",
    "LocalInstant",
    "NotFound",
    "OpenTime",
    "OutOfMemory",
    "PermissionDenied",
    "ResourceExhausted",
    "Rows",
    "ShiftRow",
    "TimerRow",
    "Unsupported",
    "catalogue",
    "command",
    "condition_answer",
    "escalation_answer",
    "impact_answer",
    "import_holidays",
    "instant_to_local",
    "intake_commands",
    "json_logic",
    "library_version",
    "local_to_instant",
    "oncall_answer",
    "open",
    "recurrence_answer",
    "schema",
    "utc_now",
]

for _name in __all__ + _errors.__all__:
    _found = globals()[_name]
    if isinstance(_found, type):
        _found.__module__ = "tocsin"
del _name, _found
