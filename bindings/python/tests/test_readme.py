"""The snippets of the README run, one after the other, as somebody would paste them."""

from __future__ import annotations

import pathlib
import re
from typing import Any

import pytest

README = pathlib.Path(__file__).resolve().parents[1] / "README.md"


def test_every_snippet_runs(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(snippets) >= 8
    known: dict[str, Any] = {}
    for snippet in snippets:
        exec(compile(snippet, README.name, "exec"), known)
