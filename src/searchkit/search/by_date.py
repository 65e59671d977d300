"""The first matches in order of the primary date: documents are numbered so, and within a segment nothing is sorted."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.kernels.execution import Execution
from searchkit.search.ages import age
from searchkit.search.parts import Ranked, SegmentPart
from searchkit.search.plan import Plan

__all__ = ["Slice", "first_by_date"]

Slice = tuple[SegmentPart, int, int]
"""Documents of a segment, from one number up to, not including, another."""


def first_by_date(
    plan: Plan, dated: Sequence[Slice], undated: Sequence[Slice], wanted: int, *, descending: bool
) -> list[Ranked]:
    """The first `wanted` documents that match, from a slice of each segment for the dated and one for the undated."""
    found = _first(plan, dated, wanted, descending)
    # The undated come last, and mostly nobody needs them: to look there is to build the query's tree once more.
    if len(found) < wanted:
        found += _first(plan, undated, wanted - len(found), descending)
    return found


def _first(plan: Plan, slices: Sequence[Slice], wanted: int, descending: bool) -> list[Ranked]:
    found: list[Ranked] = []
    for part, low, high in slices:
        if low < high:
            found += Execution(plan, part).in_order(wanted, low, high, descending)
    if len(slices) > 1:
        found.sort(key=lambda one: age(one[1], one[2]), reverse=descending)
        del found[wanted:]
    return found
