from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

import tocsin

sys.path.insert(0, str(pathlib.Path(__file__).parent))

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture
def desk() -> Iterator[tocsin.Desk]:
    with tocsin.open() as opened:
        yield opened
