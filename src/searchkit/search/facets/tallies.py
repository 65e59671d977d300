"""The counts of a keyword or bool field's values among the documents of one segment that match.

The memory for them is kept from one search to the next, as that of searches is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

from searchkit.deadlines import check
from searchkit.kernels.execution import Execution
from searchkit.kernels.tallies import Tally
from searchkit.search.matching import MatchedPart
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import Plan
from searchkit.segment.columns import BoolColumn, KeywordColumn

__all__ = ["Count", "SegmentTally", "Value"]

Value = str | bool
Count = tuple[Value, int]

_KEPT = 4
_MOST_VALUES = 100_000
"""Memory for more values is not kept."""


class SegmentTally:
    """matches: how many documents were counted. Nobody else has the memory until it is given back."""

    __slots__ = ("_field", "_part", "_read", "_tally", "_values", "matches")

    def __init__(self, part: SegmentPart, field: str) -> None:
        check()
        self._part, self._field, self.matches = part, field, 0
        column = part.segment.column(field)
        self._values, self._read = _values(column)
        self._tally = _borrowed(part, field, column) if self._values else None

    def add_plan(self, plan: Plan) -> int:
        """Counts what a plan matches, without more of a bitmap than a range of documents has; returns how many."""
        execution, tally = Execution(plan, self._part, scoring=False), self._tally
        self.matches = execution.count() if tally is None else execution.tally(tally)
        self._check()
        return self.matches

    def add_matches(self, matched: MatchedPart) -> None:
        """Counts what is in a bitmap."""
        self.matches = matched.count
        if self._tally is not None:
            self._tally.add(matched.bitmap)
        self._check()

    @property
    def missing(self) -> int:
        """How many of the documents have no value."""
        tally = self._tally
        return self.matches if tally is None else tally.count(len(self._values))

    def sums(self) -> tuple[int, int]:
        """How many values occur, and their counts added up."""
        return (0, 0) if self._tally is None else self._tally.sums()

    def top(self, count: int) -> list[Count]:
        """The most frequent values."""
        tally, read = self._tally, self._read
        if tally is None:
            return []
        return [(read(number), found) for number, found in tally.most_frequent(min(count, len(self._values)))]

    def all(self) -> list[Count]:
        """All values that occur, in their order."""
        tally, read = self._tally, self._read
        return [] if tally is None else [(read(number), found) for number, found in tally.occurring()]

    def of(self, value: Value) -> int:
        """How often a value occurs."""
        tally, values = self._tally, self._values
        place = bisect_left(values, value)
        return 0 if tally is None or place == len(values) or values[place] != value else tally.count(place)

    def give_back(self) -> None:
        """Keeps the memory for the next search, unless it is large."""
        tally = self._tally
        if tally is None or len(self._values) > _MOST_VALUES:
            return
        tally.clear()
        kept = self._part.tallies.setdefault(self._field, [])
        if len(kept) < _KEPT:
            kept.append(tally)

    def _check(self) -> None:
        if self._tally is not None and self._tally.damaged:
            raise self._part.segment.container.corrupt(f"the values of field {self._field!r} are damaged")


def _values(column: Any) -> tuple[Sequence[Any], Callable[[int], Any]]:
    """The values of a column, and what reads one of them."""
    # Not `isinstance`, which takes longer for what is a sequence.
    kind = type(column)
    if kind is KeywordColumn:
        return column.values, column.values.read
    return ((False, True), bool) if kind is BoolColumn else ((), bool)


def _borrowed(part: SegmentPart, field: str, column: Any) -> Tally:
    kept = part.tallies.get(field)
    if kept:
        try:
            return kept.pop()
        except IndexError:
            # Another thread took the last one.
            pass
    if type(column) is BoolColumn:
        return Tally(column.values, 1, 2, None, False)
    numbers, starts = column.numbers.cast("B"), column.starts
    wide = starts is not None and starts.itemsize == 8
    places = starts.cast("B").cast("I") if wide else starts
    return Tally(numbers, column.numbers.itemsize, len(column.values), places, wide)
