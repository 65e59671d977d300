"""Columns of numbers: one integer, float or truth value a document, or none.

A missing value is kept as one that cannot occur, so that an array can be searched and scanned as it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import nan

from searchkit.segment.columns.packed import Packed
from searchkit.segment.container import Container

__all__ = [
    "MISSING_BOOL",
    "MISSING_INTEGER",
    "BoolColumn",
    "FloatColumn",
    "IntegerColumn",
    "merge_bools",
    "merge_floats",
    "merge_integers",
    "pack_bools",
    "pack_floats",
    "pack_integers",
]

MISSING_INTEGER = -(2**63)
MISSING_BOOL = 2


class IntegerColumn(Sequence[int | None]):
    """A column of integers, read in place: `column[document]`.

    values: the array "q"; `MISSING_INTEGER`, the smallest of all, where a document has none.
    """

    __slots__ = ("values",)

    def __init__(self, container: Container, name: str, documents: int) -> None:
        self.values = container.typed(f"{name}.integers", "q", documents)

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, document: int) -> int | None:  # type: ignore[override]
        value: int = self.values[document]
        return None if value == MISSING_INTEGER else value


class FloatColumn(Sequence[float | None]):
    """A column of 64-bit floats, read in place: `column[document]`.

    values: the array "d"; not-a-number where a document has none.
    """

    __slots__ = ("values",)

    def __init__(self, container: Container, name: str, documents: int) -> None:
        self.values = container.typed(f"{name}.floats", "d", documents)

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, document: int) -> float | None:  # type: ignore[override]
        value: float = self.values[document]
        return value if value == value else None


class BoolColumn(Sequence[bool | None]):
    """A column of truth values, read in place: `column[document]`.

    values: the array "B": 0, 1, or `MISSING_BOOL` where a document has none.
    """

    __slots__ = ("_container", "_name", "values")

    def __init__(self, container: Container, name: str, documents: int) -> None:
        self._container, self._name = container, name
        self.values = container.typed(f"{name}.bools", "B", documents)

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, document: int) -> bool | None:  # type: ignore[override]
        value = self.values[document]
        if value > MISSING_BOOL:
            raise self._container.corrupt(f"column {self._name!r}: document {document} has the truth value {value}")
        return None if value == MISSING_BOOL else bool(value)


def pack_integers(values: Sequence[int | None]) -> Packed:
    """A column of these integers, in document order; None: missing.

    Raises `OverflowError` for one outside -2**63 + 1 to 2**63 - 1.
    """
    if MISSING_INTEGER in values:
        raise OverflowError(f"{MISSING_INTEGER} stands for no value")
    return Packed({"integers": array("q", _filled(values, MISSING_INTEGER))})


def pack_floats(values: Sequence[float | None]) -> Packed:
    """A column of these floats, in document order; None, or not a number: missing."""
    return Packed({"floats": array("d", _filled(values, nan))})


def pack_bools(values: Sequence[bool | None]) -> Packed:
    """A column of these truth values, in document order; None: missing."""
    return Packed({"bools": array("B", _filled(values, MISSING_BOOL))})


def merge_integers(
    columns: Sequence[IntegerColumn | None], segments: Sequence[int], documents: Sequence[int]
) -> Packed:
    """A column for a merged segment; arguments as for `merge_strings`."""
    return Packed({"integers": array("q", _gathered(columns, segments, documents, MISSING_INTEGER))})


def merge_floats(columns: Sequence[FloatColumn | None], segments: Sequence[int], documents: Sequence[int]) -> Packed:
    """A column for a merged segment; arguments as for `merge_strings`."""
    return Packed({"floats": array("d", _gathered(columns, segments, documents, nan))})


def merge_bools(columns: Sequence[BoolColumn | None], segments: Sequence[int], documents: Sequence[int]) -> Packed:
    """A column for a merged segment; arguments as for `merge_strings`."""
    return Packed({"bools": array("B", _gathered(columns, segments, documents, MISSING_BOOL))})


class _Nothing:
    """Stands for the values of a column that a segment does not have."""

    def __init__(self, missing: float) -> None:
        self._missing = missing

    def __getitem__(self, _document: int) -> float:
        return self._missing


def _filled(values: Sequence[float | None], missing: float) -> Sequence[float]:
    return [missing if value is None else value for value in values]


def _gathered(
    columns: Sequence[IntegerColumn | FloatColumn | BoolColumn | None],
    segments: Sequence[int],
    documents: Sequence[int],
    missing: float,
) -> list[float]:
    values = [_Nothing(missing) if column is None else column.values for column in columns]
    return [values[segment][document] for segment, document in zip(segments, documents, strict=True)]
