"""The best document of each value of a field, with how many match that have it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from searchkit.arguments import instance
from searchkit.deadlines import watched
from searchkit.errors import QueryError
from searchkit.kernels.ordering import best_of_groups
from searchkit.kernels.ordinals import numbers_of
from searchkit.schema import Keyword, Schema
from searchkit.search.matching import Matched
from searchkit.search.sorting.choosing import Placed, Position, SortedPart, in_order
from searchkit.search.sorting.keys import SortKey
from searchkit.segment.columns import KeywordColumn

__all__ = ["check_collapse", "collapsed"]


def check_collapse(field: str, schema: Schema) -> None:
    """Raises `QueryError` for a field that has no single values to collapse by."""
    instance("collapse", field, str, "the name of a field")
    kind = schema.fields.get(field)
    if kind is None:
        near = schema.nearest(field)
        raise QueryError(f"there is no field {field!r} to collapse by" + (f"; did you mean {near!r}?" if near else ""))
    if not isinstance(kind, Keyword) or kind.many:
        raise QueryError(f"field {field!r} cannot be collapsed by: only keywords of one value can")


def collapsed(
    matched: Matched, keys: Sequence[SortKey], schema: Schema, field: str, wanted: int, after: Position | None
) -> tuple[list[Placed], list[int]]:
    """The best documents of the first `wanted` values, of those after a position; and how many match of each value.

    Documents without a value stand for themselves.
    """
    groups = [_Groups(SortedPart(one, matched.plan.shift, keys, schema), field) for one in matched.parts if one.count]
    taken = wanted
    while True:
        found, is_whole = _first(groups, wanted, taken, after)
        if is_whole or len(found) >= wanted:
            break
        # Values whose best document lies in another segment, before the position, were passed over.
        taken *= 4
    sizes = [1 if value is None else sum(one.size(value) for one in groups) for value, _ in found]
    return [ranked for _, ranked in found], sizes


class _Groups:
    """The groups of the documents that match in one segment."""

    def __init__(self, rows: SortedPart, field: str) -> None:
        self.rows = rows
        count = rows.matched.count
        column = rows.matched.part.segment.column(field)
        self._column = column if isinstance(column, KeywordColumn) and len(column.values) else None
        none = 0 if self._column is None else len(self._column.values)
        self._numbers = memoryview(array("I", [none]) * count)
        if self._column is not None:
            numbers = self._column.numbers
            numbers_of(numbers.cast("B"), numbers.itemsize, rows.documents, self._numbers)
        self._best = memoryview(bytearray(4 * none + 4)).cast("I")
        self._counts = memoryview(bytearray(4 * none + 4)).cast("I")
        chosen = memoryview(bytearray(4 * count)).cast("I")
        arguments = (rows.table, rows.documents, rows.newest, self._numbers, self._best, self._counts, chosen)
        self.chosen = chosen[: best_of_groups(*arguments)]

    def value(self, row: int) -> str | None:
        """The value that a row stands for."""
        number = self._numbers[row]
        return None if self._column is None or number >= len(self._column.values) else self._column.values[number]

    def size(self, value: str) -> int:
        """How many documents have a value."""
        number = None if self._column is None else self._column.find(value)
        return 0 if number is None else self._counts[number]

    def best(self, value: str) -> int | None:
        """The row of the best document of a value."""
        number = None if self._column is None else self._column.find(value)
        return None if number is None or not self._counts[number] else self._best[number]


def _first(
    groups: Sequence[_Groups], wanted: int, taken: int, after: Position | None
) -> tuple[list[tuple[str | None, Placed]], bool]:
    """The first values and their best documents, from the best `taken` of each segment; and whether those were all."""
    rows = [one.rows.best(taken, after, one.chosen) for one in groups]
    of_part = {id(one.rows): one for one in groups}
    # Behind the last row of a segment that has more, the order of what follows is not known.
    ends = {(id(one.rows), chosen[-1]) for one, chosen in zip(groups, rows, strict=True) if len(chosen) == taken}
    found: list[tuple[str | None, Placed]] = []
    seen: set[str] = set()
    is_known = True
    for part, row in watched(in_order([one.rows for one in groups], rows)):
        if len(found) == wanted or not is_known:
            break
        is_known = (id(part), row) not in ends
        value = of_part[id(part)].value(row)
        if value is not None:
            if value in seen:
                continue
            seen.add(value)
            if len(groups) > 1 and _is_beaten(groups, value, part, row):
                continue
        found.append((value, part.ranked(row)))
    return found, all(len(one) < taken for one in rows)


def _is_beaten(groups: Sequence[_Groups], value: str, part: SortedPart, row: int) -> bool:
    """Whether a document of another segment stands for the value."""
    place = part.place(row)
    others = [(one.rows, best) for one in groups if (best := one.best(value)) is not None and one.rows is not part]
    return any(rows.place(best) < place for rows, best in others)
