"""Typed lists: rows as the library fills them, readable by row, by column, and by whatever reads buffers."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from ._convert import from_us
from ._rows import Column

R = TypeVar("R", bound="tuple[Any, ...]")


class Rows(Sequence[R], Generic[R]):
    """The rows of a list. An item is a named tuple; `column` is a view of one member of all rows, without a copy.

    A column reads as its number in the C interface: instants are microseconds since 1970 in UTC, states and levels
    their numbers. It is a memoryview, so `numpy.asarray(rows.column("opened_at_us"))` copies nothing, either.
    """

    def __init__(self, row: type[R], columns: tuple[Column, ...], size: int, data: bytes | bytearray, cursor: str = ""):
        self._row = row
        self._columns = {column.name: column for column in columns}
        self._size = size
        self._data = data
        self._count = len(data) // size
        self._format = struct.Struct(_format(columns, size))
        self._readers = [_reader(column) for column in columns]
        self.cursor = cursor
        """What to give as `cursor` for the rows that follow; empty at the end."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that `column` takes."""
        return tuple(self._columns)

    def column(self, name: str) -> memoryview:
        """One member of all rows."""
        found = self._columns.get(name)
        if found is None:
            raise KeyError(f"{name!r} is no column; there are {', '.join(self._columns)}")
        width = struct.calcsize(found.format)
        whole = memoryview(self._data).cast("B").cast(found.format)  # type: ignore[call-overload]
        view: memoryview = whole[found.offset // width :: self._size // width]
        return view

    def to_columns(self) -> dict[str, memoryview]:
        """Every column by name, for pandas.DataFrame, polars.DataFrame or pyarrow.table (by numpy.asarray of each)."""
        return {name: self.column(name) for name in self._columns}

    def numbers(self) -> Iterator[tuple[Any, ...]]:
        """The rows as plain tuples of the numbers in the columns: the fastest way through them in Python itself."""
        return self._format.iter_unpack(self._data)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[R]:
        for values in self.numbers():
            yield self._made(values)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> list[R]: ...
    def __getitem__(self, index: int | slice) -> R | list[R]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError(f"row {index} of {self._count}")
        return self._made(self._format.unpack_from(self._data, place * self._size))

    def _made(self, values: tuple[Any, ...]) -> R:
        return self._row(*[read(value) if read else value for read, value in zip(self._readers, values)])

    def __repr__(self) -> str:
        return f"<{self._count} rows of {', '.join(self._columns)}>"


def _format(columns: tuple[Column, ...], size: int) -> str:
    """What `struct` reads a row by, the bytes between its members passed over."""
    parts, place = ["="], 0
    for column in columns:
        parts.append(f"{column.offset - place}x{column.format}")
        place = column.offset + struct.calcsize("=" + column.format)
    return "".join(parts) + f"{size - place}x"


def _reader(column: Column) -> Any:
    if column.name.endswith("_us"):
        return from_us
    return column.words.get if column.words else None
