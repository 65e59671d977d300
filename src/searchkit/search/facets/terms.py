"""Counts by the values of a keyword or bool field: one pass over the ordinals of the documents that match."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from searchkit.deadlines import check
from searchkit.kernels.ordinals import count_several, count_single, most_frequent
from searchkit.query.nodes import Term
from searchkit.search.facets.facet import Bucket, Facet
from searchkit.search.facets.requests import TermFacet
from searchkit.search.matching import MatchedPart
from searchkit.segment.columns import BoolColumn, KeywordColumn
from searchkit.segment.columns_of import Column

__all__ = ["count_terms"]

Value = str | bool
Counted = tuple[Value, int]


def count_terms(parts: Sequence[MatchedPart], request: TermFacet, selected: Collection[Value]) -> Facet:
    """The facet of a field over what matches. Values that are selected are listed even where they are not among the
    first.
    """
    field = request.field
    tallies = [_Tally(matched, field) for matched in parts if matched.count]
    missing = sum([tally.missing for tally in tallies])
    tallies = [tally for tally in tallies if tally.values]
    listed, total, distinct = _listed(tallies, request)
    if selected:
        shown = {value for value, _ in listed}
        listed += [(value, sum(tally.of(value) for tally in tallies)) for value in selected if value not in shown]
    buckets = [
        Bucket(value, count, Term(field, _as_typed(value)), None, None, value in selected) for value, count in listed
    ]
    other = total - sum([count for _, count in listed])
    return Facet(field, buckets, missing=missing, other=other, distinct=distinct)


class _Tally:
    """The counts of a field's values in one segment.

    counts: ordinal → count, at the end how many have none. total: of the others.
    """

    def __init__(self, matched: MatchedPart, field: str) -> None:
        check()
        column = matched.part.segment.column(field)
        self.values: Sequence[Value | None] = _values(column)
        self.counts = memoryview(bytearray(4 * len(self.values) + 4)).cast("I")
        self.total = _count(matched.bitmap, column, self.counts) if self.values else 0
        if self.total < 0:
            raise matched.part.segment.container.corrupt(f"the values of field {field!r} are damaged")
        self.missing: int = self.counts[len(self.values)] if self.values else matched.count

    def top(self, count: int) -> tuple[list[Counted], int]:
        """The most frequent values, and how many values occur."""
        ranked, distinct = most_frequent(self.counts, min(count, len(self.values)))
        values: Sequence[Any] = self.values
        return [(values[ordinal], found) for ordinal, found in ranked], distinct

    def all(self) -> list[Counted]:
        """All values that occur, in their order."""
        counts = self.counts.tolist()
        counts.pop()
        values: Sequence[Any] = self.values
        return [(values[ordinal], count) for ordinal, count in enumerate(counts) if count]

    def of(self, value: Value) -> int:
        """How often a value occurs."""
        if isinstance(self.values, tuple):
            return self.counts[self.values.index(value)] if value in self.values else 0
        place = bisect_left(self.values, value)  # type: ignore[type-var]
        return self.counts[place] if place < len(self.values) and self.values[place] == value else 0


def _values(column: Any) -> Sequence[Value | None]:
    # Not `isinstance`, which takes longer for what is a sequence.
    kind = type(column)
    if kind is KeywordColumn:
        values: Sequence[str | None] = column.values
        return values
    return (False, True) if kind is BoolColumn else ()


def _count(bitmap: memoryview, column: Column | None, counts: memoryview) -> int:
    """Counts the values of a column in a bitmap's documents; returns how many, or -1 where they are damaged."""
    found: int
    if type(column) is BoolColumn:
        found = count_single(bitmap, column.values, 1, counts)
        return found
    assert isinstance(column, KeywordColumn)
    numbers, width = column.numbers.cast("B"), column.numbers.itemsize
    starts = column.starts
    if starts is None:
        found = count_single(bitmap, numbers, width, counts)
    else:
        wide = starts.itemsize == 8
        found = count_several(bitmap, starts.cast("B").cast("I") if wide else starts, wide, numbers, width, counts)
    return found


def _listed(tallies: Sequence[_Tally], request: TermFacet) -> tuple[list[Counted], int, int]:
    """The values to list, the sum of all counts, and how many values occur."""
    total = sum(tally.total for tally in tallies)
    if len(tallies) == 1 and request.order == "count" and request.top is not None:
        listed, distinct = tallies[0].top(request.top)
        return listed, total, distinct
    merged = _merged([tally.all() for tally in tallies])
    order: Callable[[Counted], Any] = itemgetter(0) if request.order == "value" else _by_count
    if request.top is None:
        return sorted(merged, key=order), total, len(merged)
    return nsmallest(request.top, merged, key=order), total, len(merged)


def _merged(found: Sequence[list[Counted]]) -> list[Counted]:
    if len(found) == 1:
        return found[0]
    sums: dict[Value, int] = {}
    for one in found:
        for value, count in one:
            sums[value] = sums.get(value, 0) + count
    return list(sums.items())


def _by_count(counted: Counted) -> tuple[int, Value]:
    return -counted[1], counted[0]


def _as_typed(value: Value) -> str:
    return value if isinstance(value, str) else str(value).lower()
