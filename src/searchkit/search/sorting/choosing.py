"""The best of all matches by several keys: chosen in each segment by a kernel, then brought into one order.

Documents that are equal by all keys come in the order of answers: newest first, undated last, then the last added
first; where the primary date is a key of its own and ascends, the other way round.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import total_ordering
from heapq import merge
from itertools import repeat
from math import ldexp
from typing import Any, NamedTuple

from searchkit.deadlines import check
from searchkit.kernels.ordering import members, select
from searchkit.schema import Schema
from searchkit.search.ages import age
from searchkit.search.matching import Matched, MatchedPart
from searchkit.search.parts import SegmentPart
from searchkit.search.sorting.columns import SortColumn, column_of
from searchkit.search.sorting.keys import SortKey, is_primary
from searchkit.search.sorting.values import SortValue

__all__ = ["Placed", "Position", "SortedPart", "best_of", "newest_first"]

_NOTHING = memoryview(array("I"))


Placed = tuple[float, SegmentPart, int]
"""A document of an answer: its score, its segment, its number there."""


class Position(NamedTuple):
    """Where a document stands in an answer.

    values: of each key, None where it is missing. age: the primary date, the undated before all, and the sequence
        number.
    """

    values: tuple[SortValue, ...]
    age: tuple[int, int]


def newest_first(keys: Sequence[SortKey], schema: Schema) -> bool:
    """Whether of equal documents the newest comes first."""
    return not any(is_primary(key, schema) and not key.descending for key in keys)


def best_of(
    matched: Matched, keys: Sequence[SortKey], schema: Schema, wanted: int, after: Position | None
) -> list[Placed]:
    """The first `wanted` documents, of those that come after a position."""
    parts = [SortedPart(one, matched.plan.shift, keys, schema) for one in matched.parts if one.count]
    if len(parts) == 1:
        return [parts[0].ranked(row) for row in parts[0].best(wanted, after)]
    found: list[Placed] = []
    for part, row in in_order(parts, [part.best(wanted, after) for part in parts]):
        if len(found) == wanted:
            break
        found.append(part.ranked(row))
    return found


def in_order(parts: Sequence[SortedPart], rows: Sequence[Sequence[int]]) -> Iterator[tuple[SortedPart, int]]:
    """The chosen rows of all segments in one order."""
    streams = [zip(repeat(part), chosen) for part, chosen in zip(parts, rows, strict=True)]
    return merge(*streams, key=lambda one: one[0].place(one[1]))


class SortedPart:
    """What matches in one segment, with its keys. A row is a place in the list of documents that match."""

    def __init__(self, matched: MatchedPart, shift: int, keys: Sequence[SortKey], schema: Schema) -> None:
        self.matched, self._shift, self._keys = matched, shift, keys
        self.newest = newest_first(keys, schema)
        self.documents = memoryview(bytearray(4 * matched.count)).cast("I")
        members(matched.bitmap, self.documents)
        self._columns: list[SortColumn] = [column_of(matched, shift, key, schema) for key in keys]
        self.table = memoryview(bytearray(8 * matched.count * len(keys))).cast("Q")
        for number, column in enumerate(self._columns):
            check()
            column.fill(self.documents, self.table[number * matched.count : (number + 1) * matched.count])

    def best(self, wanted: int, after: Position | None, chosen: memoryview = _NOTHING) -> list[int]:
        """The best rows, in order; with `chosen`, of those."""
        check()
        best = memoryview(bytearray(4 * min(wanted, self.matched.count))).cast("I")
        bounds, document = self._bounds(after)
        found = select(self.table, self.documents, self.newest, bounds, document, chosen, best)
        return best[:found].tolist()

    def ranked(self, row: int) -> Placed:
        """A row as a document of an answer."""
        document = self.documents[row]
        return ldexp(self.matched.scores[document], -self._shift), self.matched.part, document

    def place(self, row: int) -> tuple[Any, ...]:
        """What rows of different segments are compared by."""
        document = self.documents[row]
        values = [
            _comparable(column.value(document), key) for column, key in zip(self._columns, self._keys, strict=True)
        ]
        date, sequence = age(self.matched.part, document)
        return (*values, -date, -sequence) if self.newest else (*values, date, sequence)

    def _bounds(self, after: Position | None) -> tuple[memoryview, int]:
        if after is None:
            return memoryview(array("Q")), 0
        bounds = array("Q", [column.bound(value) for column, value in zip(self._columns, after.values, strict=True)])
        part = self.matched.part
        find = bisect_left if self.newest else bisect_right
        document = find(range(part.segment.documents), after.age, key=lambda number: age(part, number))
        return memoryview(bounds), document


@total_ordering
class _Backwards:
    """A string that is compared the other way round."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Backwards) and self.text == other.text

    def __lt__(self, other: _Backwards) -> bool:
        return self.text > other.text

    __hash__ = None  # type: ignore[assignment]


def _comparable(value: SortValue, key: SortKey) -> tuple[Any, ...]:
    if value is None:
        return (0 if key.missing == "first" else 2, 0)
    if not key.descending:
        return (1, value)
    return (1, _Backwards(value) if isinstance(value, str) else -value)
