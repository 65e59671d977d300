"""Matches in order of the primary date from a position on: documents are numbered so, and nothing is sorted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import ldexp
from typing import TYPE_CHECKING

from searchkit.kernels.execution import first_by_date
from searchkit.search.ages import UNDATED, age
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import Plan
from searchkit.search.snapshot import Snapshot
from searchkit.search.sorting.choosing import Placed

if TYPE_CHECKING:
    from searchkit.search.factors import Multiplier

__all__ = ["walk"]


def walk(
    snapshot: Snapshot,
    plan: Plan,
    wanted: int,
    multiplied: Multiplier | None,
    *,
    descending: bool,
    after: tuple[int, int] | None,
) -> list[Placed]:
    """The first documents that match, undated last, of those after a document of that date and sequence number."""
    dated, undated = [], []
    for part in snapshot.parts:
        slices = _slices(snapshot, part, descending, after)
        dated.append((part, *slices[0]))
        undated.append((part, *slices[1]))
    chosen = first_by_date(plan, dated, undated, wanted, descending, age)
    if multiplied is not None:
        chosen = [(multiplied(part, document, units), part, document) for units, part, document in chosen]
    return [(ldexp(score, -plan.shift), part, document) for score, part, document in chosen]


def _slices(
    snapshot: Snapshot, part: SegmentPart, descending: bool, after: tuple[int, int] | None
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The slices of the dated documents and of the undated ones that come after an age."""
    documents = part.segment.documents
    first = part.undated
    dated, undated = (first, documents), (0, first)
    if after is None:
        return dated, undated
    find = bisect_left if descending else bisect_right
    place = find(range(documents), after, key=lambda number: age(part, number))
    if descending:
        return (first, place), (0, min(first, place))
    if place < first or after[0] == UNDATED:
        return (first, first), (place, first)
    return (place, documents), undated
