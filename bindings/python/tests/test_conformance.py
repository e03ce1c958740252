"""Every conformance case holds through the binding, as text and as Python says it, in memory and in a file."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest

import conformance

CASES = conformance.cases()


def needs_file(file: dict[str, Any]) -> bool:
    return any("reopen" in step for step in file["steps"])


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_case_holds(case: pathlib.Path, tmp_path: pathlib.Path) -> None:
    file = conformance.read_json(case)
    heads = []
    for kind in (conformance.TextDesk, conformance.NativeDesk):
        place = tmp_path / f"{kind.__name__}.desk" if needs_file(file) else None
        desk = kind(file.get("options", {}), place)
        try:
            heads.append(conformance.run_case(file, desk))
        finally:
            desk.desk.close()
    assert heads[0].sequence == heads[1].sequence


def test_there_are_cases() -> None:
    assert len(CASES) >= 200
