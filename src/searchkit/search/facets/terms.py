"""Counts by the values of a keyword or bool field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from searchkit.kernels.buckets import buckets_of
from searchkit.search.facets.facet import Bucket, Facet
from searchkit.search.facets.requests import TermFacet
from searchkit.search.facets.tallies import Count, SegmentTally, Value

__all__ = ["term_facet"]


def term_facet(tallies: Sequence[SegmentTally], request: TermFacet, selected: Collection[Value]) -> Facet:
    """The facet of a field, from its counts in every segment, which are given back. Values that are selected are listed
    even where they are not among the first.
    """
    listed, total, distinct = _listed(tallies, request)
    missing = 0
    for tally in tallies:
        missing += tally.missing
    if selected:
        shown = {value for value, _ in listed}
        listed += [(value, sum(tally.of(value) for tally in tallies)) for value in selected if value not in shown]
    other = total
    for _, count in listed:
        other -= count
    for tally in tallies:
        tally.give_back()
    buckets: list[Bucket] = buckets_of(Bucket, request.field, listed, selected)
    return Facet(request.field, buckets, missing=missing, other=other, distinct=distinct)


def _listed(tallies: Sequence[SegmentTally], request: TermFacet) -> tuple[list[Count], int, int]:
    """The values to list, the sum of all counts, and how many values occur."""
    if len(tallies) == 1 and request.order == "count" and request.top is not None:
        distinct, total = tallies[0].sums()
        return tallies[0].top(request.top), total, distinct
    merged = _merged([tally.all() for tally in tallies])
    total = sum([count for _, count in merged])
    order: Callable[[Count], Any] = itemgetter(0) if request.order == "value" else _by_count
    if request.top is None:
        return sorted(merged, key=order), total, len(merged)
    return nsmallest(request.top, merged, key=order), total, len(merged)


def _merged(found: Sequence[list[Count]]) -> list[Count]:
    if len(found) == 1:
        return found[0]
    sums: dict[Value, int] = {}
    for one in found:
        for value, count in one:
            sums[value] = sums.get(value, 0) + count
    return list(sums.items())


def _by_count(counted: Count) -> tuple[int, Value]:
    return -counted[1], counted[0]
