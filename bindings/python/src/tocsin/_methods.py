"""Commands and questions as methods with keywords, made from what `_vocabulary` says; `_methods.pyi` has their types."""

from __future__ import annotations

import inspect
import keyword
import textwrap
from typing import Any, Callable, Generic, TypeVar

from ._vocabulary import COMMANDS, QUERIES, Form

R = TypeVar("R")


def _method(tag: str, name: str, form: Form) -> Callable[..., Any]:
    fields = {field + "_" if keyword.iskeyword(field) else field: field for field in form.fields}
    required = [given for given, field in fields.items() if field in form.required]

    def method(self: Any, **given: Any) -> Any:
        document: dict[str, Any] = {tag: name}
        for key, value in given.items():
            if key not in fields:
                raise TypeError(f"{name}() got an unexpected keyword argument {key!r}; it takes {', '.join(fields)}")
            if value is not None:
                document[fields[key]] = value
        missing = [key for key in required if given.get(key) is None]
        if missing:
            raise TypeError(f"{name}() needs {' and '.join(missing)}")
        return self._take(tag, document)

    method.__name__ = name
    method.__qualname__ = f"Desk.{name}"
    lines = [f"{given}: {meaning}" for given, meaning in zip(fields, form.fields.values())]
    method.__doc__ = f"{form.meaning}.\n\n" + textwrap.indent("\n".join(lines), "    ")
    parameters = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for given, field in fields.items():
        default = "host" if tag == "command" and field == "actor" else None
        parameters.append(
            inspect.Parameter(
                given,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if given in required else default,
            )
        )
    method.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return method


class Commands(Generic[R]):
    """Commands, each a method; what becomes of its document, `_take` says."""


class Questions:
    """Questions, each a method."""


for _name, _form in COMMANDS.items():
    setattr(Commands, _name, _method("command", _name, _form))
for _name, _form in QUERIES.items():
    setattr(Questions, _name, _method("query", _name, _form))
