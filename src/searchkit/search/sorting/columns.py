"""Columns as keys to sort by: one for each key and segment.

Each gives the kernel the 64-bit keys of documents, the key at which a value from a page token stands among them, and
the value itself, by which the documents of several segments are brought into one order.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from math import floor, ldexp
from struct import pack, unpack
from typing import Protocol

from searchkit.kernels.ordering import integer_keys
from searchkit.kernels.ordinals import extreme_keys, ordinal_keys
from searchkit.schema import Schema
from searchkit.search.matching import MatchedPart
from searchkit.search.sorting.keys import SortKey, is_score
from searchkit.search.sorting.ranks import ranks_of
from searchkit.search.sorting.values import SortValue, keyword_value
from searchkit.segment.columns import MISSING_BOOL, BoolColumn, FloatColumn, IntegerColumn, KeywordColumn, StringColumn

__all__ = ["SortColumn", "column_of"]

_MOST = (1 << 64) - 1
_SIGN = 1 << 63
_NO_SCORE = (1 << 32) - 1


class SortColumn(Protocol):
    """A column of one segment to sort by."""

    def fill(self, documents: memoryview, keys: memoryview) -> None:
        """Writes the keys of documents."""

    def bound(self, value: SortValue) -> int:
        """The key of a value, or between two, where no document of the segment has it."""

    def value(self, document: int) -> SortValue:
        """The value of a document; None where it has none."""


def column_of(matched: MatchedPart, shift: int, key: SortKey, schema: Schema) -> SortColumn:
    """The column of a key. shift: of the scores."""
    segment = matched.part.segment
    if is_score(key, schema):
        return _Scores(matched, shift, key)
    column = segment.identity.ids if key.field == schema.key else segment.column(key.field)
    if isinstance(column, IntegerColumn | FloatColumn):
        return _Numbers(column, key)
    if isinstance(column, BoolColumn):
        return _Bools(column, key)
    if isinstance(column, KeywordColumn):
        return _Keywords(column, key)
    if isinstance(column, StringColumn):
        return _Strings(matched, column, key)
    return _Nothing(key)


def _missing(key: SortKey) -> int:
    return 0 if key.missing == "first" else _MOST


def _doubled(number: int, none: int, descending: bool) -> int:
    return 2 * (none - number) if descending else 2 * (number + 1)


def _between(place: int, none: int, descending: bool) -> int:
    """The key between those of the numbers before a place and from it on."""
    return 2 * (none - place) + 1 if descending else 2 * place + 1


class _Nothing:
    """A column that the segment is older than."""

    def __init__(self, key: SortKey) -> None:
        self._missing = _missing(key)

    def fill(self, documents: memoryview, keys: memoryview) -> None:
        keys[:] = memoryview(array("Q", [self._missing]) * len(documents))

    def bound(self, value: SortValue) -> int:
        # Any value stands before those that are missing, or after.
        return self._missing if value is None else 1

    def value(self, document: int) -> SortValue:
        return None


class _Numbers:
    """Integers or floats."""

    def __init__(self, column: IntegerColumn | FloatColumn, key: SortKey) -> None:
        self._column, self._key, self._floats = column, key, isinstance(column, FloatColumn)

    def fill(self, documents: memoryview, keys: memoryview) -> None:
        bits = self._column.values.cast("B").cast("Q")
        integer_keys(bits, documents, self._floats, self._key.descending, _missing(self._key), keys)

    def bound(self, value: SortValue) -> int:
        if value is None:
            return _missing(self._key)
        if self._floats:
            bits: int = unpack("<Q", pack("<d", value))[0]
            bits = 0 if bits == _SIGN else bits
            found = bits ^ (_MOST if bits & _SIGN else _SIGN)
        else:
            found = int(value) + _SIGN
        return found ^ _MOST if self._key.descending else found

    def value(self, document: int) -> SortValue:
        return self._column[document]


class _Bools:
    def __init__(self, column: BoolColumn, key: SortKey) -> None:
        self._column, self._key = column, key

    def fill(self, documents: memoryview, keys: memoryview) -> None:
        ordinal_keys(self._column.values, 1, MISSING_BOOL, documents, self._key.descending, _missing(self._key), keys)

    def bound(self, value: SortValue) -> int:
        return _missing(self._key) if value is None else _doubled(int(value), MISSING_BOOL, self._key.descending)

    def value(self, document: int) -> SortValue:
        return self._column[document]


class _Scores:
    """Scores of documents, in units of 2**-shift; a token may have been made with others."""

    def __init__(self, matched: MatchedPart, shift: int, key: SortKey) -> None:
        self._scores, self._shift, self._key = matched.scores, shift, key

    def fill(self, documents: memoryview, keys: memoryview) -> None:
        numbers = self._scores.cast("B")
        ordinal_keys(numbers, 4, _NO_SCORE, documents, self._key.descending, _missing(self._key), keys)

    def bound(self, value: SortValue) -> int:
        assert isinstance(value, int | float)
        units = min(max(ldexp(value, self._shift), 0.0), float(_NO_SCORE - 1))
        whole = floor(units)
        if whole == units:
            return _doubled(whole, _NO_SCORE, self._key.descending)
        return _between(whole + 1, _NO_SCORE, self._key.descending)

    def value(self, document: int) -> SortValue:
        return ldexp(self._scores[document], -self._shift)


class _Keywords:
    """Keywords by their ordinals; of several values the first in the order asked for."""

    def __init__(self, column: KeywordColumn, key: SortKey) -> None:
        self._column, self._key = column, key

    def fill(self, documents: memoryview, keys: memoryview) -> None:
        column, key = self._column, self._key
        if not len(column.numbers):
            _Nothing(key).fill(documents, keys)
            return
        numbers, width, none = column.numbers.cast("B"), column.numbers.itemsize, len(column.values)
        starts = column.starts
        if starts is None:
            ordinal_keys(numbers, width, none, documents, key.descending, _missing(key), keys)
            return
        wide = starts.itemsize == 8
        words = starts.cast("B").cast("I") if wide else starts
        if extreme_keys(words, wide, numbers, width, none, documents, key.descending, _missing(key), keys) < 0:
            raise column.damaged()

    def bound(self, value: SortValue) -> int:
        return _missing(self._key) if value is None else _place(self._column.values, value, self._key)

    def value(self, document: int) -> SortValue:
        return keyword_value(self._column, document, self._key)


class _Strings:
    """Short texts and ids, by their ranks among those of the segment."""

    def __init__(self, matched: MatchedPart, column: StringColumn, key: SortKey) -> None:
        self._column, self._key = column, key
        self._ranks = ranks_of(matched.part, key.field, column)

    def fill(self, documents: memoryview, keys: memoryview) -> None:
        ranks, key = self._ranks, self._key
        numbers = memoryview(ranks.numbers).cast("B")
        ordinal_keys(numbers, 4, len(ranks.order), documents, key.descending, _missing(key), keys)

    def bound(self, value: SortValue) -> int:
        return _missing(self._key) if value is None else _place(self._ranks, value, self._key)

    def value(self, document: int) -> SortValue:
        return self._column[document]


def _place(values: Sequence[str | None], value: SortValue, key: SortKey) -> int:
    """The key of a value among sorted ones."""
    place = bisect_left(values, value)  # type: ignore[type-var]
    if place < len(values) and values[place] == value:
        return _doubled(place, len(values), key.descending)
    return _between(place, len(values), key.descending)
