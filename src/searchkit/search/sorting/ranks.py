"""Ranks of a segment's short texts or ids, which have no dictionary: sorted once, when somebody first sorts by them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from searchkit.search.parts import SegmentPart
from searchkit.search.sorting.ranking import Ranked, steps
from searchkit.search.sorting.resumable import Resumable
from searchkit.segment.columns import StringColumn
from searchkit.segment.segment import Segment

__all__ = ["Ranks", "ranks_of"]

_KNOWN: WeakKeyDictionary[Segment, dict[str, Resumable[Ranked]]] = WeakKeyDictionary()


class Ranks(Sequence[str]):
    """The distinct strings of a column in order.

    order: rank → a document that has that string. numbers: document → rank, an array "I"; how many ranks there are
    where it has none.
    """

    def __init__(self, column: StringColumn, numbers: array[int], order: array[int]) -> None:
        self._column, self.numbers, self.order = column, numbers, order

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, rank: int) -> str:  # type: ignore[override]
        return self._column[self.order[rank]] or ""


def ranks_of(part: SegmentPart, field: str, column: StringColumn) -> Ranks:
    """The ranks of a column, kept as long as the segment is open: it never changes. Where a search runs out of time
    while they are made, the next one goes on with them.
    """
    known = _KNOWN.setdefault(part.segment, {})
    making = known.get(field)
    if making is None:
        making = known.setdefault(field, Resumable(lambda: steps(column)))
    return Ranks(column, *making.finish())
