"""What a call fails with."""

from __future__ import annotations

from typing import Any


class Error(Exception):
    """Why the library refused, or could not. There is a class below it for each status.

    str(error) is one line for a person: what, where, what was allowed. Decide by the class and by `reason`.
    """

    def __init__(self, status: str, reason: str, message: str, detail: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        """What to do about it: "not_found", "conflict"."""
        self.reason = reason
        """What it was, in a stable dotted word: "workflow.transition_not_allowed"."""
        self.message = message
        """One line for a person."""
        self.detail: dict[str, Any] = detail or {}
        """Where and what: the path in the document, ids, what was allowed."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.status, self.reason, self.message, self.detail)


class Closed(Error, ValueError):
    """A desk or calendar was used after it was closed."""

    def __init__(self, what: str) -> None:
        super().__init__("failed_precondition", "binding.closed", f"the {what} is closed")
        self.what = what

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.what,)
