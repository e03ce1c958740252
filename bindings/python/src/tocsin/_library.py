"""Finds the library, calls it, and turns what it fails with into exceptions."""

from __future__ import annotations

import ctypes
import json
import os
import pathlib
from typing import Any

from . import _raw
from ._error import Error
from ._errors import BY_STATUS

BUNDLE = pathlib.Path(__file__).resolve().parent / "_bundle"


def _candidates() -> list[str]:
    """Where the library may be: what the environment names, what came with this package, what the system has."""
    named = os.environ.get("TOCSIN_LIBRARY")
    if named:
        return [named]
    bundled = [str(path) for path in sorted(BUNDLE.glob("libtocsin.*"))]
    return bundled or [f"libtocsin.so.{_raw.ABI_VERSION}", f"libtocsin.{_raw.ABI_VERSION}.dylib", "tocsin.dll"]


def _load() -> ctypes.CDLL:
    problems = []
    for name in _candidates():
        try:
            loaded = ctypes.CDLL(name)
        except OSError as problem:
            problems.append(str(problem))
            continue
        try:
            _raw.declare(loaded)
        except AttributeError as problem:
            raise ImportError(f"{name} is older than this package: {problem}") from None
        found = loaded.tocsin_abi_version()
        if found != _raw.ABI_VERSION:
            raise ImportError(f"{name} has ABI {found}, this package needs {_raw.ABI_VERSION}")
        return loaded
    raise ImportError("no library of Tocsin: " + "; ".join(problems))


library = _load()


def _failure(status: int, error: ctypes.c_void_p) -> Error:
    try:
        reason, message, detail = (
            function(error).decode("utf-8", "replace")
            for function in (library.tocsin_error_reason, library.tocsin_error_message, library.tocsin_error_detail)
        )
    finally:
        library.tocsin_error_free(error)
    name = library.tocsin_status_name(status).decode()
    return BY_STATUS.get(status, Error)(name, reason, message, json.loads(detail or "{}"))


def call(function: Any, *arguments: Any) -> None:
    """function(..., &error), and what it fails with as an exception."""
    error = ctypes.c_void_p()
    status = function(*arguments, ctypes.byref(error))
    if status != _raw.OK:
        raise _failure(status, error)


def read(function: Any, *arguments: Any) -> bytes:
    """function(..., &buffer, &error), and the bytes that it gives."""
    buffer = _raw.tocsin_buf()
    try:
        call(function, *arguments, ctypes.byref(buffer))
        return ctypes.string_at(buffer.data, buffer.size)
    finally:
        library.tocsin_buf_dispose(ctypes.byref(buffer))
