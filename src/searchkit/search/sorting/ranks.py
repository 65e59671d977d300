"""Ranks of a segment's short texts or ids, which have no dictionary: sorted once, when somebody first sorts by them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from searchkit.search.parts import SegmentPart
from searchkit.segment.columns import StringColumn
from searchkit.segment.segment import Segment

__all__ = ["Ranks", "ranks_of"]

_KNOWN: WeakKeyDictionary[Segment, dict[str, Ranks]] = WeakKeyDictionary()


class Ranks(Sequence[str]):
    """The distinct strings of a column in order.

    order: rank → a document that has that string. numbers: document → rank, an array "I"; how many ranks there are
    where it has none.
    """

    def __init__(self, column: StringColumn) -> None:
        values = list(column)
        present = sorted({value for value in values if value is not None})
        ranks: dict[str | None, int] = {value: rank for rank, value in enumerate(present)}
        ranks[None] = len(present)
        self.numbers = array("I", [ranks[value] for value in values])
        self.order = array("I", bytes(4 * len(present)))
        for document, rank in enumerate(self.numbers):
            if rank < len(present):
                self.order[rank] = document
        self._column = column

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, rank: int) -> str:  # type: ignore[override]
        return self._column[self.order[rank]] or ""


def ranks_of(part: SegmentPart, field: str, column: StringColumn) -> Ranks:
    """The ranks of a column, kept as long as the segment is open: it never changes."""
    known = _KNOWN.setdefault(part.segment, {})
    if field not in known:
        known[field] = Ranks(column)
    return known[field]
